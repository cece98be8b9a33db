/// How long to wait after failures in a row: a tenth of a second, doubled each time, half a minute at most.
struct Backoff {
  private static let first = Duration.milliseconds(100)
  private static let longest = Duration.seconds(30)
  private var failures = 0

  /// - Returns: how long to wait before the next try.
  mutating func failed() -> Duration {
    defer { failures += 1 }
    return min(Self.first * (1 << min(failures, 16)), Self.longest)
  }

  mutating func succeeded() { failures = 0 }
}
