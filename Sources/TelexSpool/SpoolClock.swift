import Glibc

/// A point on the clock that never jumps and counts suspension: nanoseconds since the machine started.
package struct Moment: Comparable, Hashable, Sendable {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package func advanced(by duration: Duration) -> Moment {
    Moment(nanoseconds: nanoseconds &+ duration.wholeNanoseconds)
  }

  /// Time from this moment to a later one; negative where `other` is earlier.
  package func duration(to other: Moment) -> Duration { .nanoseconds(other.nanoseconds &- nanoseconds) }

  package static func < (left: Moment, right: Moment) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Duration {
  /// The duration in nanoseconds, cut at 64 bits (292 years).
  package var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return seconds < 0 ? .min : .max }
    return product &+ attoseconds / 1_000_000_000
  }

  /// The duration in seconds, for display and statistics.
  package var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}

/// The two clocks of the spool. Everything that waits reads `now`; `wall` only tells whether a file's change time is
/// old enough to be trusted, since the kernel stamps files with it.
package protocol SpoolClock: AnyObject {
  var now: Moment { get }
  /// Nanoseconds since 1970, of the clock the kernel stamps files with.
  var wall: Int64 { get }
}

/// The machine's clocks: CLOCK_BOOTTIME, and CLOCK_REALTIME.
package final class MachineClock: SpoolClock {
  package init() {}

  package var now: Moment { Moment(nanoseconds: Self.read(CLOCK_BOOTTIME)) }
  package var wall: Int64 { Self.read(CLOCK_REALTIME) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
