import Glibc
import TelexSpool

/// How a worker ended.
package struct WorkerDeath: Equatable, Sendable {
  /// The signal that ended it; nil where it ended by itself.
  package var signal: Int32?
  /// Its exit status, where it ended by itself.
  package var status: Int32?
  /// The first line that it printed at its end, escaped. Swift says there what it trapped on.
  package var lastWords: String

  /// - Parameter status: as waitpid(2) gives it.
  init(status: Int32, lastWords: String) {
    let signal = status & 0x7F
    self.signal = signal == 0 ? nil : signal
    self.status = signal == 0 ? (status >> 8) & 0xFF : nil
    self.lastWords = lastWords
  }

  /// What it means for the dispatch in hand. The daemon's own killing at the deadline is not seen here.
  var failure: Outcome.Failure {
    // The kernel's killer of last resort sends SIGKILL; Swift says itself when memory was refused, and aborts.
    if signal == SIGKILL || lastWords.contains("failed to allocate") || lastWords.contains("bad_alloc") {
      return .resource
    }
    return .crash
  }

  /// For the journal: "was ended by signal 4 (Illegal instruction)".
  package var sentence: String {
    let end =
      if let signal {
        "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
      } else {
        "ended with status \(status ?? 0)"
      }
    return lastWords.isEmpty ? end : end + ", saying: " + lastWords
  }
}
