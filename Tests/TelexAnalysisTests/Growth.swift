import Glibc

/// How the time of reading grows with the text, for tests that reading is linear.
struct Growth: CustomStringConvertible {
  /// Seconds for the short text and for the long one.
  let short: Double
  let long: Double
  private let unit: String
  private let bytes: (Int, Int)

  /// Measures two texts of one unit, again and again.
  init(of unit: String, bytes short: Int, and long: Int, read: (String) throws -> Void) rethrows {
    func text(_ bytes: Int) -> String { String(repeating: unit, count: max(1, bytes / unit.utf8.count)) }
    self.unit = unit
    bytes = (short, long)
    self.short = try Self.seconds { try read(text(short)) }
    self.long = try Self.seconds { try read(text(long)) }
  }

  var description: String {
    "\(short) s for \(bytes.0) bytes, \(long) s for \(bytes.1) bytes of \(unit.debugDescription)"
  }

  /// Seconds of this thread alone, whatever other tests do meanwhile; the best of three.
  static func seconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    var best = Double.infinity
    for _ in 0..<3 {
      let start = now()
      try work()
      best = min(best, now() - start)
    }
    return best
  }
}
