import Testing

@testable import TelexService

@Suite struct BackoffTests {
  @Test func itDoublesUpToHalfAMinuteAndStartsAnew() {
    var backoff = Backoff()
    let delays = (0..<12).map { _ in backoff.failed() }
    #expect(delays.prefix(4) == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)])
    #expect(delays.suffix(2) == [.seconds(30), .seconds(30)])
    backoff.succeeded()
    let delay = backoff.failed()
    #expect(delay == .milliseconds(100))
  }
}
