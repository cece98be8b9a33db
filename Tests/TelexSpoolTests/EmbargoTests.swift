import Glibc
import Testing

@testable import TelexSpool

@Suite("Inputs under embargo")
struct EmbargoTests {
  /// A rig whose handler withholds every claim until an hour from now, in seconds since 1970.
  private func rig(until: (ManualClock) -> Int64) throws -> (SpoolRig, Int64) {
    let rig = try SpoolRig()
    let until = until(rig.clock)
    rig.handler.script = { [unowned rig] claim in
      rig.clock.wall / 1_000_000_000 < until
        ? rig.handler.withheld(claim, until: until) : rig.handler.analysed(claim)
    }
    try rig.start()
    return (rig, until)
  }

  private func isWithheld(_ rig: SpoolRig) -> Bool {
    rig.folder.read("a.txt.telex.json").map { String(decoding: $0, as: UTF8.self).contains("withheld") } ?? false
  }

  @Test("a notice stands until the hour, the result from then on")
  func theHourIsAwaited() throws {
    let (rig, _) = try rig { $0.wall / 1_000_000_000 + 3600 }
    try rig.folder.write("sous embargo", to: "a.txt")
    rig.pass(.seconds(60))
    #expect(isWithheld(rig))
    rig.pass(.seconds(3480))
    #expect(isWithheld(rig))
    #expect(rig.handler.begun.count == 1, "nobody asks again before the hour")
    rig.pass(.seconds(120))
    try expectOracle(rig, ["a.txt": "sous embargo"])
  }

  @Test("a restart waits on")
  func aRestartWaitsOn() throws {
    let (rig, _) = try rig { $0.wall / 1_000_000_000 + 3600 }
    try rig.folder.write("sous embargo", to: "a.txt")
    rig.pass(.seconds(60))
    try rig.restartAfterKill()
    rig.pass(.seconds(60))
    #expect(isWithheld(rig))
    rig.pass(.seconds(3600))
    try expectOracle(rig, ["a.txt": "sous embargo"])
  }

  @Test("a restart after the hour publishes at once")
  func aRestartAfterTheHour() throws {
    let (rig, _) = try rig { $0.wall / 1_000_000_000 + 3600 }
    try rig.folder.write("sous embargo", to: "a.txt")
    rig.pass(.seconds(60))
    rig.clock.jumpWall(by: .seconds(7200))
    try rig.restart()
    rig.pass(.seconds(5))
    try expectOracle(rig, ["a.txt": "sous embargo"])
  }

  @Test("what counts is the wall clock, set forward or back")
  func theWallClockCounts() throws {
    let (rig, _) = try rig { $0.wall / 1_000_000_000 + 3600 }
    try rig.folder.write("sous embargo", to: "a.txt")
    rig.pass(.seconds(60))
    rig.clock.jumpWall(by: .seconds(-7200))
    rig.pass(.seconds(3700))
    #expect(isWithheld(rig))
    rig.clock.jumpWall(by: .seconds(7200))
    rig.pass(.seconds(60))
    try expectOracle(rig, ["a.txt": "sous embargo"])
  }
}
