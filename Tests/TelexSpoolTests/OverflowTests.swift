import Glibc
import Testing

@testable import TelexSpool

@Suite("More events than the kernel keeps, more files than memory holds")
struct OverflowTests {
  private func burst(_ count: Int, into rig: SpoolRig, from first: Int = 0) throws -> [String: String] {
    var inputs: [String: String] = [:]
    for number in first..<(first + count) {
      inputs["d\(number).txt"] = "dépêche \(number)"
      try rig.folder.write("dépêche \(number)", to: "d\(number).txt")
    }
    return inputs
  }

  @Test("F23 overflow: one entry and one scan an episode, and nothing is lost")
  func overflow() throws {
    let rig = try SpoolRig(folder: TemporaryFolder(in: "/dev/shm"))
    try rig.start()
    // Three events a file, 16,384 are kept.
    var inputs = try burst(6_000, into: rig)
    rig.settle()
    #expect(rig.spool.snapshot.overflows >= 1)
    inputs.merge(try burst(500, into: rig, from: 6_000)) { $1 }
    rig.settle()
    rig.pass(.seconds(2))
    #expect(rig.events.filter { $0 == .overflow }.count == 1)
    #expect(rescans(rig, .overflow) == 1)
    for (name, content) in inputs where rig.result(name) != content {
      Issue.record("no result, or a wrong one, for \(name)")
    }
    #expect(rig.handler.begun.count == inputs.count)
    #expect(rig.spool.snapshot.foundOnlyByRescan == 0)
    #expect(rig.spool.snapshot.waiting == 0)
  }

  @Test("F24 5,000 files and room for 256 names: bounded memory, nothing lost, nothing twice")
  func bounded() throws {
    let rig = try SpoolRig(folder: TemporaryFolder(in: "/dev/shm")) { $0.backlogLimit = 256 }
    let inputs = try burst(5_000, into: rig)
    var largest = 0
    rig.handler.script = { [unowned rig] claim in
      if claim.id.isMultiple(of: 500) { largest = max(largest, rig.spool.heldNames) }
      return rig.handler.analysed(claim)
    }
    try rig.start()
    #expect(largest > 0)
    #expect(largest <= 256)
    for (name, content) in inputs where rig.result(name) != content {
      Issue.record("no result, or a wrong one, for \(name)")
    }
    #expect(rig.handler.begun.count == inputs.count)
    #expect(rig.spool.snapshot.waiting == 0)
    #expect(rig.spool.snapshot.unaccounted == 0)
  }

  @Test("F24 the gauges count what waits in the folder beyond memory, and its age")
  func gauges() throws {
    let rig = try SpoolRig { $0.backlogLimit = 16 }
    rig.handler.script = { _ in nil }
    _ = try burst(100, into: rig)
    try rig.start()
    #expect(rig.spool.snapshot.waiting + rig.spool.snapshot.inHand == 100)
    #expect(rig.events.contains(.ready(backlog: 100)))
    rig.pass(.seconds(50))
    #expect(try #require(rig.spool.snapshot.oldestWaiting) >= .seconds(50))
  }

  @Test("F25 an overflow during the recovery scan causes one more scan, not an endless row")
  func overflowWhileScanning() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system, folder: TemporaryFolder(in: "/dev/shm"))
    rig.handler.script = { _ in nil }
    try rig.start()
    _ = try burst(6_000, into: rig)
    rig.settle()
    // While the recovery scan reads the folder, the next burst comes.
    var isFirst = true
    system.before = { [unowned rig] call, _ in
      guard call == .entries, isFirst else { return }
      isFirst = false
      for number in 0..<6_000 { try? rig.folder.write("autre", to: "e\(number).txt") }
    }
    rig.pass(.seconds(20))
    #expect(!isFirst)
    #expect(rescans(rig, .overflow) <= 3)
    #expect(rig.spool.snapshot.waiting + rig.spool.snapshot.inHand == 12_000)
  }

  @Test("one newest, one oldest: neither a backlog nor a flood of arrivals starves the other")
  func fairness() throws {
    let rig = try SpoolRig()
    rig.handler.workers = 1
    rig.handler.script = { _ in nil }
    try rig.start()
    for number in 1...6 {
      try rig.folder.write("\(number)", to: "\(number)")
      rig.settle()
    }
    var order: [String] = []
    while let claim = rig.handler.inHand.first {
      order.append(String(decoding: claim.name, as: UTF8.self))
      rig.handler.finish(claim.id, rig.handler.analysed(claim))
      rig.settle()
    }
    #expect(order.first == "1")
    #expect(order.dropFirst() == ["2", "6", "3", "5", "4"] || order.dropFirst() == ["6", "2", "5", "3", "4"])
  }

  @Test("files that can't go on do not keep out those that can")
  func crowd() throws {
    let system = FaultyFileSystem()
    system.fail(.open, EACCES) { $0.hasPrefix("interdit") }
    let rig = try SpoolRig(system: system, folder: TemporaryFolder(in: "/dev/shm")) { $0.backlogLimit = 32 }
    for number in 0..<200 { try rig.folder.write("x", to: "interdit\(number)") }
    try rig.start()
    rig.pass(.seconds(2))
    try rig.folder.write("bon", to: "bon.txt")
    rig.pass(.seconds(2))
    #expect(rig.result("bon.txt") == "bon")
    #expect(rig.spool.heldNames <= 32)
    #expect(rig.spool.snapshot.waiting == 200, "\(rig.spool.snapshot.waitingByReason) \(rig.folder.names().count)")
    // One entry for the whole episode.
    let openings = rig.events.filter { if case .transientOpened = $0 { true } else { false } }
    #expect(openings.count == 1)
    system.heal()
    rig.pass(.seconds(700))
    #expect(rig.spool.snapshot.waiting == 0)
    #expect(rig.spool.snapshot.results == 201)
  }

  private func rescans(_ rig: SpoolRig, _ cause: SpoolEvent.Rescan.Cause) -> Int {
    rig.events.filter { if case .rescanned(let rescan) = $0 { rescan.cause == cause } else { false } }.count
  }
}
