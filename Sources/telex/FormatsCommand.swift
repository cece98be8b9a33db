import ArgumentParser
import TelexModel
import TelexService
import TelexWire

struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "Says what files are taken for, and why.",
    discussion: """
      Formats are told by content, never by name. Nothing is analysed and nothing is written.

      EXAMPLES
        telex formats depeche.xml
        telex formats --json /srv/depeches/* | jq 'select(.confidence < 1)'

      EXIT STATUS
        0 all have a format; 65 one is no text; 66 one could not be read.
      """)

  @Flag(help: "Print a line of JSON for each file.") var json = false

  @Option(help: ArgumentHelp("Configuration file, for the limits and data files.", valueName: "file"))
  var config: String?

  @Argument(help: ArgumentHelp("Files to look at.", valueName: "file"), completion: .file())
  var files: [String]

  func run() throws {
    let configuration = try CommandSettings.configuration(file: config)
    let reader = try DispatchReader(resources: try CommandSettings.resources(of: configuration))
    var worst = Exit.success
    for file in files {
      let path = Arguments.bytes(of: file)
      let name = PrintableText.name(path)
      do throws(InputFile.Failure) {
        let finding = reader.finding(in: try InputFile(path: path, limit: configuration.sizeLimit).bytes)
        show(name, finding)
        if case .failure = finding, worst == Exit.success { worst = Exit.refused }
      } catch {
        switch error {
        case .unreadable(let words): Terminal.complain("\(name): \(words)")
        case .tooLarge(let size):
          Terminal.complain("\(name): \(size) bytes are more than the limit of \(configuration.sizeLimit)")
        }
        worst = Exit.unreadable
      }
    }
    if worst != Exit.success { throw worst }
  }

  private func show(_ name: String, _ finding: Result<FormatFinding, Reason>) {
    guard json else {
      switch finding {
      case .success(let finding):
        Terminal.print("\(name): \(finding.format.rawValue) (\(finding.confidence)): \(finding.evidence)")
      case .failure(let reason): Terminal.print("\(name): none: \(reason.message)")
      }
      return
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("file")
      writer.string(name)
      switch finding {
      case .success(let finding):
        writer.key("format")
        writer.string(finding.format.rawValue)
        writer.key("mediaType")
        writer.string(finding.format.mediaType)
        writer.key("confidence")
        writer.fraction(finding.confidence)
        writer.key("evidence")
        writer.string(finding.evidence)
      case .failure(let reason):
        writer.key("reason")
        writer.string(reason.message)
      }
    }
    Terminal.print(String(decoding: writer.finished().dropLast(), as: UTF8.self))
  }
}
