import Testing

@testable import TelexService

@Suite struct ProcessedThrottleTests {
  @Test func aBurstIsFoldedAndCounted() {
    var throttle = ProcessedThrottle(rate: 3)
    let admitted = (0..<10).count { throttle.admits([UInt8(ascii: "a") + UInt8($0)], now: 5_000) }
    #expect(admitted == 3)
    let early = throttle.summary(now: 5_900)
    #expect(early == nil)
    let entry = throttle.summary(now: 6_000)
    let expected = JournalEntry(.processedMany, "7 more dispatches analysed, j the last of them").with(.count, 7)
      .with(.file, [UInt8(ascii: "j")])
    #expect(entry == expected)
    let second = throttle.summary(now: 7_000)
    #expect(second == nil)
    let admitsAgain = throttle.admits([], now: 7_000)
    #expect(admitsAgain)
  }

  @Test func aRateOfNothingFoldsAll() {
    var throttle = ProcessedThrottle(rate: 0)
    let admits = throttle.admits([], now: 0)
    #expect(!admits)
    #expect(throttle.folded == 1)
  }
}
