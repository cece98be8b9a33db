import ArgumentParser
import Glibc
import TelexModel
import TelexService

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says how the service is doing.",
    discussion: """
      The first line is a verdict, in the manner of monitoring plug-ins; what is wrong follows, then the numbers. \
      The service writes them every few seconds to status.json in its runtime directory.

      EXAMPLES
        telex status
        telex status --json | jq .service.queue.waiting
        telex status --warning 30 --critical 120      for a newsroom in a hurry

      EXIT STATUS
        0 well; 1 warning; 2 critical, or not running.
      """)

  @Flag(help: "Print JSON.") var json = false

  @Option(help: ArgumentHelp("Seconds a dispatch may wait before it is a warning.", valueName: "seconds"))
  var warning = 60.0

  @Option(help: ArgumentHelp("Seconds a dispatch may wait before it is critical.", valueName: "seconds"))
  var critical = 600.0

  @OptionGroup var service: ServiceOptions

  func run() throws {
    let limits = ServiceHealth.Limits(warning: warning, critical: critical)
    let report: ServiceReport?
    let health: ServiceHealth
    do throws(ServiceReport.Failure) {
      let found = try ServiceReport(in: service.runtimeDirectory)
      health = ServiceHealth(found.json, isAlive: found.isAlive, now: time(nil), limits: limits)
      report = found
    } catch {
      health = ServiceHealth(error)
      report = nil
    }
    if json { printJSON(health, report) } else { printText(health, report) }
    if health.level != .ok { throw Exit(health.level.rawValue) }
  }

  private func printJSON(_ health: ServiceHealth, _ report: ServiceReport?) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("level")
      writer.string(health.level.word.lowercased())
      writer.key("findings")
      writer.array(health.findings) { writer, finding in
        writer.object { writer in
          writer.key("level")
          writer.string(finding.level.word.lowercased())
          writer.key("message")
          writer.string(finding.message)
        }
      }
      writer.key("service")
      if let report { writer.value(report.json) } else { writer.null() }
    }
    Terminal.write(writer.finished(), to: STDOUT_FILENO)
  }

  private func printText(_ health: ServiceHealth, _ report: ServiceReport?) {
    let json = report?.json
    Terminal.print("TELEX \(health.level.word) - \(health.findings.first?.message ?? json?["status"]?.string ?? "")")
    for finding in health.findings.dropFirst() { Terminal.print("\(finding.level.word): \(finding.message)") }
    guard let json else { return }
    func line(_ name: String, _ text: String) {
      Terminal.print(name + String(repeating: " ", count: max(1, 12 - name.utf8.count)) + text)
    }
    func number(_ value: JSONValue?) -> String { value?.int.map(String.init) ?? "?" }
    let (folder, queue, totals) = (json["folder"], json["queue"], json["totals"])
    line("version", "\(json["version"]?.string ?? "?"), pid \(number(json["pid"]))")
    line(
      "folder",
      "\(folder?["path"]?.string ?? "?") (\(folder?["fileSystem"]?.string ?? "?"), \(folder?["mode"]?.string ?? "?"))")
    line(
      "waiting",
      "\(number(queue?["waiting"])), \(number(queue?["inHand"])) in hand\(Self.reasons(queue?["waitingByReason"]))")
    line("results", "\(number(totals?["results"])) since the start\(Self.last(json["last"]))")
    line("refused", Self.counts(totals?["rejections"]) + ", \(number(totals?["quarantined"])) in quarantine")
    if let latency = json["latency"], let median = latency["p50Seconds"]?.double,
      let slow = latency["p99Seconds"]?.double
    {
      line("latency", "half within \(Self.milliseconds(median)), 99 % within \(Self.milliseconds(slow))")
    }
    line("workers", "\(number(json["workers"]?["busy"])) busy, \(number(json["workers"]?["idle"])) idle")
    line("config", json["configuration"]?["file"]?.string ?? "defaults")
  }

  private static func reasons(_ counts: JSONValue?) -> String {
    let named = (counts?.members ?? []).map { "\($0.value.int ?? 0) \($0.name)" }
    return named.isEmpty ? "" : " (\(named.joined(separator: ", ")))"
  }

  private static func counts(_ counts: JSONValue?) -> String {
    let members = counts?.members ?? []
    let sum = members.reduce(0) { $0 + ($1.value.int ?? 0) }
    return "\(sum)\(reasons(counts))"
  }

  private static func last(_ last: JSONValue?) -> String {
    guard let name = last?["file"]?.string, let at = last?["at"]?.int else { return "" }
    return ", the last \(name) at \(Moment.text(Int64(at)))"
  }

  private static func milliseconds(_ seconds: Double) -> String {
    let tenths = (seconds * 10_000).rounded() / 10
    return "\(tenths) ms"
  }
}
