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
        curl -s https://example.org/depeche.txt | telex analyse - | jq .item.headline

      EXIT STATUS
        0 all were analysed; 65 one was refused or is under embargo (its result says why); 66 one could not be read; 73 a result could \
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
    let configuration = try CommandSettings.configuration(file: config)
    let resources = try CommandSettings.resources(of: configuration)
    let isPiped = files == ["-"]
    let inputs: [AnalysisBatch.Input] =
      isPiped
      ? [.descriptor(STDIN_FILENO, name: Array("-".utf8))]
      : files.map(Arguments.bytes(of:)).filter { !AnalysisBatch.isResult(path: $0) }.map { .file($0) }
    guard !inputs.isEmpty else { return }
    var progress = Progress(count: inputs.count)
    var worst = Exit.success
    var isPrinted = true
    let destination: AnalysisBatch.Destination =
      if isPiped {
        .function { isPrinted = Terminal.write($0, to: STDOUT_FILENO) }
      } else if let output {
        .folder(Arguments.bytes(of: output))
      } else {
        .beside
      }
    let batch = AnalysisBatch(
      inputs, configuration: configuration, resources: resources, created: created ?? "", destination: destination
    ) { path, ending in
      progress.count(path, ending)
      if let complaint = complaint(about: path, ending) {
        progress.clear()
        Terminal.complain(complaint)
      }
      worst = Self.worse(worst, Self.exitCode(of: ending))
    }
    do throws(BatchError) {
      try batch.run()
    } catch {
      progress.clear()
      Terminal.complain("no dispatch can be read: \(error.message)")
      throw error.isConfiguration ? Exit.misconfigured : Exit.software
    }
    progress.finish()
    if !isPrinted {
      Terminal.complain("standard output: \(String(cString: strerror(errno)))")
      worst = .unwritten
    }
    if worst != .success { throw worst }
  }

  private func complaint(about path: [UInt8], _ ending: AnalysisBatch.Ending) -> String? {
    let name = path == Array("-".utf8) ? "standard input" : PrintableText.name(path)
    let folder = output.map { " into \(PrintableText.name(Arguments.bytes(of: $0)))" } ?? ""
    return switch ending {
    case .analysed: nil
    case .withheld(let until): "\(name): under embargo until \(Moment.text(until)); its result is a notice"
    case .refused(let code, let message): "\(name): refused (\(code)): \(message)"
    case .unreadable(let reason): "\(name): cannot be read: \(reason)"
    case .unwritten(let reason): "\(name): its result cannot be written\(folder): \(reason)"
    }
  }

  private static func exitCode(of ending: AnalysisBatch.Ending) -> Exit {
    switch ending {
    case .analysed: .success
    case .withheld, .refused: .refused
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

  mutating func count(_ path: [UInt8], _ ending: AnalysisBatch.Ending) {
    if ending == .analysed { analysed += 1 } else { others += 1 }
    guard isShown else { return }
    Terminal.progress("\(analysed + others)/\(total)  \(PrintableText.name(path).prefix(60))")
  }

  func clear() { if isShown { Terminal.progress("") } }

  func finish() {
    guard isShown else { return }
    clear()
    Terminal.write(Array("\(analysed) analysed\(others > 0 ? ", \(others) not" : "")\n".utf8), to: STDERR_FILENO)
  }
}
