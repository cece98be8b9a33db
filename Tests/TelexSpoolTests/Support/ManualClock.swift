import Glibc

@testable import TelexSpool

/// A clock that stands still until a test moves it. Its wall clock follows the machine's, which stamps the files, plus
/// whatever a test has moved it by.
final class ManualClock: SpoolClock {
  private(set) var now = Moment(nanoseconds: 1_000_000_000_000)
  private var wallOffset: Int64 = 0

  var wall: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) + wallOffset
  }

  func advance(by duration: Duration) {
    now = now.advanced(by: duration)
    wallOffset += duration.wholeNanoseconds
  }

  /// A jump of the wall clock alone.
  func jumpWall(by duration: Duration) { wallOffset += duration.wholeNanoseconds }
}
