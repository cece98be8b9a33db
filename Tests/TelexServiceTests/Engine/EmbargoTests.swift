import TelexModel
import TelexSpool
import TelexText
import Testing

@testable import TelexService

@Suite struct EngineEmbargoTests {
  private static let dispatch = """
    Titre: Un rapport
    Date: 2021-03-23T09:00:00+01:00
    Embargo: 2021-03-23T18:00:00+01:00

    Le rapport annuel paraîtra mardi, a annoncé Claire Dumont.
    """
  /// 2021-03-23T17:00:00Z.
  private static let hour: Int64 = 1_616_518_800

  private func outcome(_ text: String, now: Int64?) throws -> Outcome {
    let engine = try Engine(resources: try #require(ResourceDirectory.located()), configuration: "test")
    return engine.analyse(
      Array(text.utf8), name: Array("a.txt".utf8), sha256: String(repeating: "0a", count: 32),
      options: Engine.Options(now: now))
  }

  @Test func beforeTheHourNothingOfItIsTold() throws {
    guard case .withheld(let main, let items, let until) = try outcome(Self.dispatch, now: Self.hour - 1) else {
      Issue.record("not withheld")
      return
    }
    #expect(items.isEmpty)
    #expect(until == Self.hour)
    #expect(try ResultSchema().faults(in: main) == [])
    let result = try JSONReader.value(of: main)
    #expect(result["status"]?.string == "withheld")
    #expect(result["withheldUntil"]?.string == "2021-03-23T17:00:00Z")
    #expect(result["text"]?.string == "")
    let words = String(decoding: main, as: UTF8.self)
    #expect(!words.contains("rapport") && !words.contains("Dumont"))
    #expect(Engine.identity(ofResult: main)?.until == Self.hour)
    let analysis = try ResultDecoder().decode(main)
    #expect(ResultEncoder(analysis).encoded() == main)
  }

  @Test(arguments: [1_616_518_800, nil] as [Int64?]) func afterItEverythingIs(now: Int64?) throws {
    guard case .result(let main, _, nil) = try outcome(Self.dispatch, now: now) else {
      Issue.record("no result")
      return
    }
    #expect(try JSONReader.value(of: main)["status"]?.string == "analysed")
    #expect(Engine.identity(ofResult: main)?.until == nil)
  }

  @Test func anHourWithoutZoneIsReadLateRatherThanEarly() throws {
    let dated = Self.dispatch.replacing("T18:00:00+01:00", with: "T18:00:00")
    guard case .withheld(_, _, let until) = try outcome(dated, now: 0) else {
      Issue.record("not withheld")
      return
    }
    #expect(until == Self.hour, "the zone of the dispatch's own time")
    let bare = dated.replacing("T09:00:00+01:00", with: "")
    guard case .withheld(_, _, let latest) = try outcome(bare, now: 0) else {
      Issue.record("not withheld")
      return
    }
    #expect(latest == Self.hour + 13 * 3600, "18:00 in the westernmost zone")
  }
}
