import Glibc
import Testing

@testable import TelexSpool

@Suite("Inputs that change while they are analysed")
struct SupersededTests {
  /// A rig that keeps claims in hand.
  private func paused() throws -> SpoolRig {
    let rig = try SpoolRig()
    rig.handler.script = { _ in nil }
    try rig.start()
    return rig
  }

  private func finishAll(_ rig: SpoolRig) {
    while let claim = rig.handler.inHand.first {
      rig.handler.finish(claim.id, rig.handler.analysed(claim))
      rig.pass(.seconds(1))
    }
  }

  @Test("F18 replaced: the old analysis is dropped")
  func replaced() throws {
    let rig = try paused()
    try rig.folder.write("ancien", to: "a.txt")
    rig.settle()
    let old = try #require(rig.handler.inHand.first)
    try rig.folder.write("nouveau", to: "a.txt")
    rig.settle()
    #expect(rig.handler.cancelled == [old.id])
    #expect(rig.events.contains(.superseded(name: Array("a.txt".utf8))))
    finishAll(rig)
    try expectOracle(rig, ["a.txt": "nouveau"])
    #expect(rig.spool.snapshot.results == 1)
  }

  @Test("F18 replaced at the last moment, before its event is read: the last look finds out")
  func replacedUnseen() throws {
    let rig = try paused()
    try rig.folder.write("ancien", to: "a.txt")
    rig.settle()
    let old = try #require(rig.handler.inHand.first)
    try rig.folder.write("nouveau", to: "a.txt")
    rig.handler.finish(old.id, rig.handler.analysed(old))
    #expect(rig.folder.read("a.txt.telex.json") == nil)
    rig.pass(.seconds(1))
    finishAll(rig)
    try expectOracle(rig, ["a.txt": "nouveau"])
  }

  @Test("F18 changed between the rename of its result and the fsync: done again")
  func replacedWhilePublishing() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    var isFirst = true
    system.before = { [unowned rig] call, name in
      guard call == .rename, name == "a.txt.telex.json", isFirst else { return }
      isFirst = false
      try? rig.folder.write("nouveau", to: "a.txt")
    }
    try rig.folder.write("ancien", to: "a.txt")
    rig.pass(.seconds(1))
    try expectOracle(rig, ["a.txt": "nouveau"])
  }

  @Test("F19 deleted: no result appears")
  func deleted() throws {
    let rig = try paused()
    try rig.folder.write("éphémère", to: "a.txt")
    rig.settle()
    let claim = try #require(rig.handler.inHand.first)
    try rig.folder.remove("a.txt")
    rig.settle()
    rig.handler.finish(claim.id, rig.handler.analysed(claim))
    rig.pass(.seconds(1))
    #expect(rig.folder.names() == [Array(".telex".utf8)])
    #expect(rig.events.contains(.gone(name: Array("a.txt".utf8))))
    try expectOracle(rig, [:])
  }

  @Test("F19 deleted at the last moment, before its event is read")
  func deletedUnseen() throws {
    let rig = try paused()
    try rig.folder.write("éphémère", to: "a.txt")
    rig.settle()
    let claim = try #require(rig.handler.inHand.first)
    try rig.folder.remove("a.txt")
    rig.handler.finish(claim.id, rig.handler.analysed(claim))
    rig.pass(.seconds(1))
    #expect(rig.folder.names() == [Array(".telex".utf8)])
    try expectOracle(rig, [:])
  }

  @Test("F20 renamed: a result for the new name only")
  func renamed() throws {
    let rig = try paused()
    try rig.folder.write("la même", to: "a.txt")
    rig.settle()
    try rig.folder.rename("a.txt", to: "b.txt")
    rig.settle()
    finishAll(rig)
    try expectOracle(rig, ["b.txt": "la même"])
    #expect(rig.folder.read("a.txt.telex.json") == nil)
  }

  @Test("F21 the same content under two names: two results")
  func twins() throws {
    let rig = try SpoolRig()
    try rig.start()
    try rig.folder.write("identique", to: "a.txt")
    try rig.folder.write("identique", to: "b.txt")
    rig.settle()
    try expectOracle(rig, ["a.txt": "identique", "b.txt": "identique"])
  }

  @Test("F22 a, a.txt, and a foreign a.txt.telex.json: never an input, never overwritten, and told once")
  func foreignResult() throws {
    let rig = try SpoolRig()
    try rig.folder.write("A", to: "a")
    try rig.folder.write("AT", to: "a.txt")
    try rig.folder.write("pas de nous", to: "a.txt.telex.json")
    try rig.start()
    rig.pass(.seconds(700))
    #expect(rig.result("a") == "A")
    #expect(rig.folder.text("a.txt.telex.json") == "pas de nous")
    #expect(rig.handler.begun.map(\.name) == [Array("a".utf8)])
    let conflict = SpoolEvent.nameConflict(name: Array("a.txt".utf8), result: Array("a.txt.telex.json".utf8))
    #expect(rig.events.filter { $0 == conflict }.count == 1)
    #expect(rig.spool.snapshot.waitingByReason == ["name-conflict": 1])

    // Taken away, the conflict is over at once.
    try rig.folder.remove("a.txt.telex.json")
    rig.pass(.seconds(1))
    try expectOracle(rig, ["a": "A", "a.txt": "AT"])
  }

  @Test("a claim of several items has a result for each, and loses those the next version has no more")
  func items() throws {
    let rig = try SpoolRig()
    rig.handler.script = { [unowned handler = rig.handler] claim in
      let parts = claim.bytes.split(separator: UInt8(ascii: "|"))
      return .result(
        main: handler.bytes(for: claim), items: parts.count > 1 ? parts.map { _ in handler.bytes(for: claim) } : [],
        rejection: nil)
    }
    try rig.start()
    try rig.folder.write("un|deux|trois", to: "a.xml")
    rig.settle()
    #expect(rig.folder.names().count == 6)
    try expectOracle(rig, ["a.xml": "un|deux|trois"])
    try rig.folder.write("un|deux", to: "a.xml")
    rig.settle()
    #expect(rig.folder.read("a.xml.2.telex.json") != nil)
    #expect(rig.folder.read("a.xml.3.telex.json") == nil)
    try expectOracle(rig, ["a.xml": "un|deux"])
  }
}
