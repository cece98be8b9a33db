package import TelexModel

/// Why a reader gives no dispatch.
package enum ReadingFailure: Error, Equatable {
  /// The format ends too early: perhaps its writer has not finished.
  case incomplete(Reason)
  case rejected(Reason)

  static func malformed(_ message: String) -> ReadingFailure { .rejected(Reason(.malformed, message)) }
  static func limit(_ message: String) -> ReadingFailure { .rejected(Reason(.limit, message)) }
  static func truncated(_ message: String) -> ReadingFailure { .incomplete(Reason(.truncated, message)) }

  package var reading: WireReading {
    switch self {
    case .incomplete(let reason): .incomplete(reason)
    case .rejected(let reason): .rejected(reason)
    }
  }
}
