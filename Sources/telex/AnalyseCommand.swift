import ArgumentParser
import Glibc
import TelexModel
import TelexService
import TelexText

struct AnalyseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyse",
    abstract: "Analyses dispatches and writes NAME.telex.json for each.",
    discussion: """
      Results stand beside the files, or in the folder given with --output. A result that is there already is \
      replaced; a file of that name which is no result is not. Results among the names are left out, so that \
      'telex analyse *' may be repeated.

      EXAMPLES
        telex analyse depeche.txt
        telex analyse --output resultats archives/2021/*.xml
        telex analyse --created 2021-03-23 depeche-sans-date.txt
        curl -s https://example.org/depeche.txt | telex analyse - | jq .headline

      EXIT STATUS
        0 all were analysed; 65 one was refused (its result says why); 66 one could not be read; 73 a result could \
      not be written; 64 wrong usage; 78 wrong configuration or missing data.
      """)

  @Option(help: ArgumentHelp("Write results into this folder.", valueName: "folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The dispatches' own date, where they don't say: YYYY, YYYY-MM or YYYY-MM-DD.", valueName: "date"))
  var created: String?

  @Option(help: ArgumentHelp("Configuration file, for the settings that change results.", valueName: "file"))
  var config: String?

  @Argument(
    help: ArgumentHelp("Dispatches; - reads one from standard input and prints its result.", valueName: "file"),
    completion: .file())
  var files: [String]

  func validate() throws {
    if let created, CreationDate.documentTime(created) == nil {
      throw ValidationError("“\(created)” is no date: write it like 2021, 2021-03 or 2021-03-23.")
    }
    if files.contains("-"), files.count > 1 || output != nil {
      throw ValidationError("- stands alone: its result is printed.")
    }
  }

  func run() throws {
    let batch = try batch()
    if files == ["-"] { return try analyseStandardInput(with: batch) }
    let paths = files.map(Arguments.bytes(of:)).filter { !AnalysisBatch.isResult(path: $0) }
    var progress = Progress(count: paths.count)
    var worst = Exit.success
    for path in paths {
      progress.show(path)
      let ending = batch.analyse(file: path, into: output.map(Arguments.bytes(of:)))
      progress.count(ending)
      if let complaint = Self.complaint(about: path, ending) {
        progress.clear()
        Terminal.complain(complaint)
      }
      worst = Self.worse(worst, Self.exitCode(of: ending))
    }
    progress.finish()
    if worst != .success { throw worst }
  }

  private func analyseStandardInput(with batch: AnalysisBatch) throws {
    let name = Array("-".utf8)
    let (result, ending) = batch.analyse(descriptor: STDIN_FILENO, name: name)
    if let complaint = Self.complaint(about: Array("standard input".utf8), ending) { Terminal.complain(complaint) }
    if let result, !Terminal.write(result, to: STDOUT_FILENO) {
      Terminal.complain("standard output: \(String(cString: strerror(errno)))")
      throw Exit.unwritten
    }
    let code = Self.exitCode(of: ending)
    if code != .success { throw code }
  }

  private func batch() throws -> AnalysisBatch {
    let configuration = try CommandSettings.configuration(file: config)
    do {
      return try AnalysisBatch(
        configuration: configuration, resources: try CommandSettings.resources(of: configuration),
        created: created.flatMap(CreationDate.documentTime))
    } catch let error as ResourceError {
      Terminal.complain(error.description)
      throw Exit.misconfigured
    }
  }

  private static func complaint(about path: [UInt8], _ ending: AnalysisBatch.Ending) -> String? {
    let name = Printable.name(path)
    return switch ending {
    case .analysed: nil
    case .refused(let code, let message): "\(name): refused (\(code)): \(message)"
    case .unreadable(let reason): "\(name): cannot be read: \(reason)"
    case .unwritten(let reason): "\(name): its result cannot be written: \(reason)"
    }
  }

  private static func exitCode(of ending: AnalysisBatch.Ending) -> Exit {
    switch ending {
    case .analysed: .success
    case .refused: .refused
    case .unreadable: .unreadable
    case .unwritten: Exit.unwritten
    }
  }

  /// What lies with the dispatch weighs least, what lies with the results most.
  private static func worse(_ one: Exit, _ other: Exit) -> Exit {
    one.rawValue >= other.rawValue ? one : other
  }
}

/// A line on the terminal that says how far a long run has come; silent where nobody watches or there is little to do.
private struct Progress {
  let total: Int
  let isShown: Bool
  var analysed = 0
  var others = 0

  init(count: Int) {
    total = count
    isShown = count > 1 && Terminal.isWatched
  }

  func show(_ path: [UInt8]) {
    guard isShown else { return }
    Terminal.progress("\(analysed + others + 1)/\(total)  \(Printable.name(path).prefix(60))")
  }

  mutating func count(_ ending: AnalysisBatch.Ending) {
    if ending == .analysed { analysed += 1 } else { others += 1 }
  }

  func clear() { if isShown { Terminal.progress("") } }

  func finish() {
    guard isShown else { return }
    clear()
    Terminal.write(Array("\(analysed) analysed\(others > 0 ? ", \(others) not" : "")\n".utf8), to: STDERR_FILENO)
  }
}
