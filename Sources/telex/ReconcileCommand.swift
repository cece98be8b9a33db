import ArgumentParser
import Glibc
import TelexModel
import TelexService
import TelexSpool

struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Says what became of every file in the folder.",
    discussion: """
      Every entry has exactly one standing:
        done         its result is beside it
        failed       it was refused; its result says why
        pending      it waits: new, changed, writing, permission, marker, name-conflict
        stale        its result is of an older version or of other settings
        ignored      it is no dispatch: a hidden or temporary name, a link, a folder
        orphan       a result whose input has gone
        foreign      a file with a result's name that Telex did not make
        unaccounted  none of these can be said; the reason is shown

      Only what calls for attention is listed, and the number of each; --all lists everything. Nothing is changed, and \
      the service need not run.

      EXAMPLES
        telex reconcile
        telex reconcile --json | jq -r '.entries[] | select(.standing == "failed").file'

      EXIT STATUS
        0 everything is accounted for; 1 something is not; 66 the folder cannot be read; 78 wrong configuration.
      """)

  @Flag(help: "List every entry, not only those that call for attention.") var all = false

  @Flag(help: "Print JSON.") var json = false

  @Option(help: ArgumentHelp("The drop folder, if it is not the configured one.", valueName: "path"))
  var folder: String?

  @Option(help: ArgumentHelp("Configuration file of the service.", valueName: "file"), completion: .file())
  var config: String?

  func run() throws {
    let configuration = try settings()
    let reconciliation = Reconciliation(
      configuration: configuration.spool, reader: ResultLedger(fingerprint: configuration.fingerprint))
    let summary: Reconciliation.Summary
    do throws(SpoolError) {
      summary = try json ? printJSON(reconciliation, configuration) : printText(reconciliation, configuration)
    } catch {
      Terminal.complain("\(configuration.folder): \(error.message)")
      throw Exit.unreadable
    }
    if summary.unaccounted > 0 { throw Exit.failure }
  }

  private func settings() throws -> Configuration {
    let environment = ConfigurationLoader.processEnvironment
    let loader = ConfigurationLoader(
      file: config ?? ConfigurationLoader.standardFile(environment: environment), environment: environment,
      flags: folder.map { ["folder": Self.absolute($0)] } ?? [:])
    do throws(ConfigurationError) {
      return try loader.load()
    } catch {
      for issue in error.issues { Terminal.complain(issue.description) }
      throw Exit.misconfigured
    }
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
    defer { free(current) }
    return String(cString: current) + "/" + path
  }

  private func printText(
    _ reconciliation: Reconciliation, _ configuration: Configuration
  ) throws(SpoolError) -> Reconciliation.Summary {
    let summary = try reconciliation.run { entry in
      guard all || entry.standing.callsForAttention else { return }
      let kind = entry.standing.kind + String(repeating: " ", count: max(1, 13 - entry.standing.kind.utf8.count))
      Terminal.print(kind + PrintableText.name(entry.name) + (entry.standing.detail.map { "  (\($0))" } ?? ""))
    }
    let counts = summary.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    Terminal.print("\(configuration.folder): \(counts.isEmpty ? "empty" : counts.joined(separator: ", "))")
    return summary
  }

  private func printJSON(
    _ reconciliation: Reconciliation, _ configuration: Configuration
  ) throws(SpoolError) -> Reconciliation.Summary {
    var entries: [Reconciliation.Entry] = []
    let summary = try reconciliation.run { entries.append($0) }
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("folder")
      writer.string(configuration.folder)
      writer.key("counts")
      writer.object { writer in
        for (kind, count) in summary.counts.sorted(by: { $0.key < $1.key }) {
          writer.key(escaping: kind)
          writer.number(count)
        }
      }
      writer.key("entries")
      writer.array(entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }) { $0.reconciled($1) }
    }
    Terminal.write(writer.finished(), to: STDOUT_FILENO)
    return summary
  }
}

extension JSONWriter {
  fileprivate mutating func reconciled(_ entry: Reconciliation.Entry) {
    object { writer in
      writer.key("file")
      writer.string(PrintableText.name(entry.name))
      writer.key("standing")
      writer.string(entry.standing.kind)
      if let detail = entry.standing.detail {
        writer.key("detail")
        writer.string(detail)
      }
      if let size = entry.size {
        writer.key("bytes")
        writer.number(size)
      }
    }
  }
}

extension Reconciliation.Standing {
  /// What there is to say beside the kind.
  fileprivate var detail: String? {
    switch self {
    case .done, .stale, .orphan, .foreign: nil
    case .failed(let code): code
    case .pending(let reason): reason.rawValue
    case .ignored(let why): why
    case .unaccounted(let error): error.message
    }
  }

  fileprivate var callsForAttention: Bool {
    switch self {
    case .done, .ignored, .orphan, .stale, .pending(.new), .pending(.writing): false
    case .failed, .pending, .foreign, .unaccounted: true
    }
  }
}

/// Reads results as the service does, without its workers.
private final class ResultLedger: ResultReader {
  let current: (version: String, configuration: String)

  init(fingerprint: String) { current = (telexVersion, fingerprint) }

  func identity(ofResult bytes: [UInt8]) -> ResultIdentity? { Engine.identity(ofResult: bytes) }
}
