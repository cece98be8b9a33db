import Glibc
import Testing

@testable import TelexSpool

@Suite("Dispatches that kill")
struct CrashTests {
  @Test("F52 a dispatch that kills its worker is tried three times, alone, and set aside; the others are served first")
  func workerCrash() throws {
    let rig = try SpoolRig()
    rig.handler.script = { [unowned handler = rig.handler] claim in
      claim.name == Array("poison".utf8) ? .failed(.crash) : handler.analysed(claim)
    }
    var inputs: [String: String] = [:]
    try rig.folder.write("poison", to: "poison")
    for number in 0..<99 {
      inputs["d\(number)"] = "\(number)"
      try rig.folder.write("\(number)", to: "d\(number)")
    }
    try rig.start()
    rig.pass(.seconds(1))
    try expectOracle(rig, inputs, rejected: ["poison": "crash"])
    let tries = rig.handler.begun.filter { $0.name == Array("poison".utf8) }
    #expect(tries.map(\.attempt) == [1, 2, 3])
    #expect(rig.handler.begun.count == 102)
    // The later tries came after the fresh work.
    #expect(rig.handler.begun.suffix(2).map(\.attempt) == [2, 3])

    let hash = Digest.hex(of: Array("poison".utf8))
    #expect(rig.folder.text(".telex/quarantine/\(hash)/content") == "poison")
    let reason = try #require(rig.folder.text(".telex/quarantine/\(hash)/reason.json"))
    #expect(reason.contains("\"code\": \"crash\""))
    #expect(rig.spool.snapshot.quarantined == 1)
    #expect(rig.state.names(in: "attempts").isEmpty)

    // Condemned for good, as long as neither content nor engine changes.
    try rig.restart()
    #expect(rig.handler.begun.count == 102)
    try rig.folder.write("guéri", to: "poison")
    rig.handler.script = { [unowned handler = rig.handler] in handler.analysed($0) }
    rig.settle()
    try expectOracle(rig, inputs.merging(["poison": "guéri"]) { $1 })
  }

  @Test("deaths of workers are remembered over a restart")
  func remembered() throws {
    let rig = try SpoolRig()
    var limit = 1
    rig.handler.script = { [unowned rig] _ in
      limit -= 1
      return limit >= 0
        ? .failed(.timeout)
        : {
          _ = rig; return nil
        }()
    }
    try rig.folder.write("poison", to: "poison")
    try rig.start()
    #expect(rig.handler.begun.map(\.attempt) == [1, 2])
    limit = 2
    try rig.restart()
    #expect(rig.handler.begun.map(\.attempt) == [1, 2, 2, 3])
    try expectOracle(rig, [:], rejected: ["poison": "timeout"])
  }

  @Test("F53 the daemon dies with dispatches in hand: condemned after three deaths, innocents go free")
  func daemonCrash() throws {
    let rig = try SpoolRig()
    let poison = Array("poison".utf8)
    var inputs: [String: String] = [:]
    for number in 0..<6 {
      inputs["d\(number)"] = "\(number)"
      try rig.folder.write("\(number)", to: "d\(number)")
    }
    try rig.folder.write("poison", to: "poison")
    // In hand for ever: the daemon dies before it can answer. What else is in hand dies with it.
    var isDead = false
    rig.handler.script = { [unowned handler = rig.handler] claim in
      if claim.name == poison { isDead = true }
      return isDead ? nil : handler.analysed(claim)
    }
    try rig.start()
    var deaths = 0
    while isDead, deaths < 10 {
      deaths += 1
      isDead = false
      try rig.restartAfterKill()
      rig.pass(.seconds(30))
    }
    #expect(deaths == 3)
    try expectOracle(rig, inputs, rejected: ["poison": "crash"])
    // Suspects are tried alone: nothing else was in hand at the last death.
    #expect(rig.events.contains(.suspect(name: poison, attempt: 2)))
    #expect(rig.state.names(in: "attempts").isEmpty)
  }

  @Test("ordinary operation writes nothing to the crash counters; after a kill the backlog is recorded, then no more")
  func recording() throws {
    let rig = try SpoolRig()
    try rig.start()
    var written: [String] = []
    rig.system.before = { call, name in
      if call == .rename, name.utf8.count == 64 { written.append(name) }
    }
    try rig.folder.write("un", to: "a")
    rig.settle()
    #expect(written.isEmpty)
    rig.handler.script = { _ in nil }
    try rig.folder.write("deux", to: "b")
    rig.settle()
    rig.handler.script = { [unowned handler = rig.handler] in handler.analysed($0) }
    try rig.restartAfterKill()
    rig.pass(.seconds(1))
    #expect(written == [Digest.hex(of: Array("b".utf8))])
    try rig.folder.write("trois", to: "c")
    rig.settle()
    #expect(written.count == 1)
    try expectOracle(rig, ["a": "un", "b": "deux", "c": "trois"])
  }

  @Test("a suspect does not wait for ever for a quiet moment")
  func suspectUnderLoad() throws {
    let rig = try SpoolRig()
    rig.handler.script = { [unowned handler = rig.handler] claim in
      if claim.name != Array("poison".utf8) { return nil }
      return claim.attempt == 1 ? .failed(.crash) : handler.analysed(claim)
    }
    try rig.start()
    try rig.folder.write("poison", to: "poison")
    rig.settle()
    rig.forgetEvents()
    try rig.folder.write("lente", to: "lente")
    for number in 0..<30 {
      try rig.folder.write("\(number)", to: "d\(number)")
      rig.pass(.seconds(1))
      // One hand is always busy, the other always has fresh work.
      for claim in rig.handler.inHand where claim.name != Array("lente".utf8) {
        rig.handler.finish(claim.id, rig.handler.analysed(claim))
      }
    }
    #expect(rig.result("poison") == "poison")
  }

  @Test("one that may have killed the daemon gets its turn under load, and has it alone")
  func isolatedUnderLoad() throws {
    let rig = try SpoolRig()
    let suspect = Array("suspect".utf8)
    try rig.state.makeFolder("attempts")
    let directory = try rig.state.open("attempts", O_RDONLY)
    try Attempts(directory: directory, fileSystem: LinuxFileSystem()).begun(suspect, sha256: Digest.hex(of: suspect))
    close(directory)
    try rig.folder.write("suspect", to: "suspect")
    try rig.folder.write("x", to: "x")
    var others: Int?
    rig.handler.script = { [unowned handler = rig.handler] claim in
      guard claim.name == suspect else { return nil }
      others = handler.inHand.count - 1
      return handler.analysed(claim)
    }
    try rig.start()
    for number in 0..<30 where others == nil {
      // More comes than is finished, and no moment is quiet.
      for letter in ["a", "b"] { try rig.folder.write("\(number)", to: "\(letter)\(number)") }
      rig.pass(.seconds(1))
      if let claim = rig.handler.inHand.first { rig.handler.finish(claim.id, rig.handler.analysed(claim)) }
    }
    #expect(others == 0)
    #expect(rig.result("suspect") == "suspect")
  }

  @Test("a state directory that can't be written stops nothing")
  func stateUnwritable() throws {
    let rig = try SpoolRig()
    rig.handler.script = { _ in .failed(.crash) }
    try rig.start()
    rig.system.fail(.rename, ENOSPC) { $0.utf8.count == 64 }
    try rig.folder.write("poison", to: "poison")
    rig.pass(.seconds(1))
    #expect(rig.handler.begun.map(\.attempt) == [1, 2, 3])
    try expectOracle(rig, [:], rejected: ["poison": "crash"])
    #expect(rig.events.contains(.stateFailed(file: "attempts", errno: Errno(ENOSPC))))
  }
}
