import TelexModel
import TelexSpool
import TelexText
import Testing

@testable import TelexService

/// A file with several dispatches: a result for each, and a list in the place of the one.
@Suite struct SeveralDispatchesTests {
  private static let feed = """
    <rss version="2.0"><channel><title>EXA</title><language>fr</language>
    <item><title>Liège: le pont rouvre</title><guid>exa-1</guid>
    <description>Le pont de Liège a rouvert mardi, a annoncé la Ville.</description></item>
    <item><title>Mons: le musée ferme</title><guid>exa-2</guid>
    <description>Le musée de Mons fermera ses portes en mai, a annoncé la Ville.</description></item>
    </channel></rss>
    """

  @Test func eachHasItsResultAndTheListNamesThem() throws {
    let engine = try Engine(resources: try #require(ResourceDirectory.located()), configuration: "test")
    let digest = String(repeating: "0a", count: 32)
    let outcome = engine.analyse(Array(Self.feed.utf8), name: Array("fil.xml".utf8), sha256: digest)
    guard case .result(let main, let items, nil) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(try ResultSchema("list").faults(in: main) == [])
    let list = try JSONReader.value(of: main)
    let entries = try #require(list["items"]?.array)
    #expect(entries.compactMap { $0["file"]?.string } == ["fil.xml.1.telex.json", "fil.xml.2.telex.json"])
    #expect(entries.compactMap { $0["uri"]?.string } == ["exa-1", "exa-2"])
    #expect(entries.compactMap { $0["headline"]?.string } == ["Liège: le pont rouvre", "Mons: le musée ferme"])
    #expect(items.count == 2)
    for (entry, item) in zip(entries, items) {
      #expect(try ResultSchema().faults(in: item) == [])
      #expect(try JSONReader.value(of: item)["id"] == entry["id"])
    }
    #expect(Engine.identity(ofResult: main)?.sha256 == digest)
  }
}
