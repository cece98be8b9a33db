import Glibc

/// The service's voice: entries to systemd's journal with all their fields, or lines on standard error where there is
/// no journal.
///
/// It never makes the service wait. What neither the journal nor standard error takes is counted, and the count is said
/// when one of them takes entries again.
package final class Journal {
  /// Where the journal listens.
  package static let socketPath = "/run/systemd/journal/socket"

  private let socket: Datagram?
  private let errorOutput: ErrorOutput
  private var lost = 0

  /// - Parameters:
  ///   - socketPath: the journal's socket; nil for plain lines on standard error, as a person at a terminal wants.
  ///   - errorOutput: the descriptor of standard error.
  package init(socketPath: String?, errorOutput: Int32 = STDERR_FILENO) {
    socket = socketPath.flatMap { Datagram(to: $0) }
    self.errorOutput = ErrorOutput(descriptor: errorOutput, prefixed: socketPath != nil)
  }

  /// The journal where standard error leads to it, as systemd says in `JOURNAL_STREAM`; else plain lines.
  ///
  /// - Parameter foreground: plain lines in any case.
  package convenience init(environment: [String: String], foreground: Bool) {
    var information = stat()
    let isStream =
      if let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &information) == 0 {
        stream == "\(information.st_dev):\(information.st_ino)"
      } else { false }
    let named = environment[Self.socketVariable]
    self.init(socketPath: foreground ? nil : named ?? (isStream ? Self.socketPath : nil))
  }

  /// Names another socket than the journal's, for tests.
  package static let socketVariable = "TELEX_JOURNAL_SOCKET"

  package func write(
    _ entry: JournalEntry, file: StaticString = #fileID, line: Int = #line, function: StaticString = #function
  ) {
    if lost > 0 {
      let note = JournalEntry(
        .entriesLost, "\(lost) entries were lost: neither the journal nor standard error took them"
      ).with(.count, lost)
      if deliver(note, CodeOrigin(file: #fileID, line: #line, function: #function)) { lost = 0 }
    }
    if !deliver(entry, CodeOrigin(file: file, line: line, function: function)) { lost += 1 }
  }

  private func deliver(_ entry: JournalEntry, _ origin: CodeOrigin) -> Bool {
    if socket?.send(entry.native(from: origin)) == 0 { return true }
    return errorOutput.write(entry)
  }
}

/// Lines on standard error, as far as it takes them at once.
private struct ErrorOutput {
  let descriptor: Int32
  /// Whether lines carry the priority that systemd reads off what a service prints.
  let prefixed: Bool

  func write(_ entry: JournalEntry) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // Writable means room for PIPE_BUF bytes, and no line is longer.
    guard poll(&ready, 1, 0) == 1, ready.revents & Int16(POLLOUT) != 0 else { return false }
    let line = entry.line(prefixed: prefixed)
    return Glibc.write(descriptor, line, line.count) == line.count
  }
}
