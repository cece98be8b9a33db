import ArgumentParser
import Glibc
import TelexService

struct ReloadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Has the service read its configuration again, and waits until it has.",
    discussion: """
      Where the new configuration is wrong, the service keeps the one it has, and this command says what is wrong. \
      'systemctl reload telexd' runs this command.

      EXIT STATUS
        0 the new configuration is in force; 78 it was refused; 69 the service is not running; 75 it did not answer in \
      time; 77 you may not signal it.
      """)

  @Option(help: ArgumentHelp("Seconds to wait for the service's answer.", valueName: "seconds"))
  var timeout = 30.0

  @OptionGroup var service: ServiceOptions

  func run() throws {
    let folder = service.runtimeDirectory
    // The watch comes before the signal: no answer can be missed.
    let events = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    if events >= 0 { inotify_add_watch(events, folder, UInt32(IN_MOVED_TO)) }
    let before = try running(in: folder)
    guard kill(before.pid, SIGHUP) == 0 else {
      let reason = String(cString: strerror(errno))
      Terminal.complain("telexd (pid \(before.pid)) cannot be signalled: \(reason); try: sudo telex reload")
      throw Exit.forbidden
    }
    let start = Moment.now
    while Moment.now - start < timeout {
      let after = try running(in: folder)
      guard after.reloads == before.reloads && after.pid == before.pid else {
        return try conclude(after)
      }
      wait(events)
    }
    Terminal.complain("telexd (pid \(before.pid)) did not answer within \(timeout) s; see: journalctl -u telexd")
    throw Exit.late
  }

  private func running(in folder: String) throws -> ServiceReport {
    do throws(ServiceReport.Failure) {
      let report = try ServiceReport(in: folder)
      if report.isAlive { return report }
      Terminal.complain("telexd is not running (pid \(report.pid) is not telexd); start it: systemctl start telexd")
    } catch {
      Terminal.complain(error.description)
    }
    throw Exit.unavailable
  }

  private func conclude(_ report: ServiceReport) throws {
    let message = report.reloadMessage
    if report.reloadWasRefused {
      Terminal.complain("the new configuration was refused, telexd keeps the old one:\n\(message)")
      throw Exit.misconfigured
    }
    if !message.isEmpty { Terminal.complain(message) }
  }

  /// Until something is renamed into the folder, or a tenth of a second: so it works without notifications as well.
  private func wait(_ events: Int32) {
    var entry = pollfd(fd: events, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 100) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 4096)
    while read(events, &buffer, buffer.count) > 0 {}
  }
}
