import TelexModel
import Testing

@testable import TelexWire

@Suite struct WireDateTests {
  @Test(arguments: [
    ("2021", "2021"), ("2021-03", "2021-03"), ("20210323", "2021-03-23"), ("2021-03-23", "2021-03-23"),
    ("20210323T141200+0100", "2021-03-23T14:12:00+01:00"), ("20210323T131200Z", "2021-03-23T13:12:00Z"),
    ("2021-03-23T14:12:00.123+01:00", "2021-03-23T14:12:00+01:00"), ("2021-03-23 14:12", "2021-03-23T14:12:00"),
    (" 2021-03-23T14:12-05:30 ", "2021-03-23T14:12:00-05:30"), ("20210323T131200+0000", "2021-03-23T13:12:00Z"),
  ])
  func isoDates(text: String, iso: String) { #expect(WireDate(iso: text)?.iso == iso) }

  @Test(arguments: ["", "x", "21-03-23", "2021-13-01", "2021-02-30", "2021-03-23T25:00", "2021-03-23x", "0000"])
  func whatIsNoDate(text: String) { #expect(WireDate(iso: text) == nil) }

  @Test(arguments: [
    ("Tue, 23 Mar 2021 14:12:00 +0100", "2021-03-23T14:12:00+01:00"), ("23 Mar 2021 14:12 GMT", "2021-03-23T14:12:00Z"),
    ("Tue, 23 Mar 21 14:12:00 EST", "2021-03-23T14:12:00-05:00"), ("23 mar 2021", "2021-03-23"),
  ])
  func mailDates(text: String, iso: String) { #expect(WireDate(mail: text)?.iso == iso) }

  @Test func documentTimesHaveTheGrainThatIsGiven() {
    #expect(
      WireDate(iso: "20210323T141259+0100")?.documentTime()
        == DocumentTime(value: "2021-03-23T14:12+01:00", granularity: .minute, basis: .metadata))
    #expect(
      WireDate(iso: "2021-03")?.documentTime()
        == DocumentTime(value: "2021-03", granularity: .month, basis: .metadata))
  }

  @Test func zonesCountInComparison() throws {
    let early = try #require(WireDate(iso: "2021-03-23T14:00+02:00"))
    let late = try #require(WireDate(iso: "2021-03-23T13:00Z"))
    #expect(late.isAfter(early))
    #expect(!early.isAfter(late))
  }
}
