import Glibc
import Testing

@testable import TelexSpool

@Suite("What a restart finds, and what clocks, indexes and results may do meanwhile")
struct RestartTests {
  /// A rig with five done inputs, old enough for the index.
  private func settled() throws -> (SpoolRig, [String: String]) {
    let rig = try SpoolRig()
    var inputs: [String: String] = [:]
    for number in 0..<5 {
      inputs["d\(number)"] = "dépêche \(number)"
      try rig.folder.write("dépêche \(number)", to: "d\(number)")
    }
    try rig.start()
    // Long enough for the files' change times to be trusted, and for a rescan to enter them.
    rig.pass(.seconds(700))
    return (rig, inputs)
  }

  private func reads(_ rig: SpoolRig) -> Int { rig.system.counts[.probeLease, default: 0] }

  @Test("a restart neither reads nor analyses what the index knows")
  func indexed() throws {
    let (rig, inputs) = try settled()
    let before = reads(rig)
    try rig.restart()
    rig.pass(.seconds(1))
    try expectOracle(rig, inputs)
    #expect(reads(rig) == before)
    #expect(rig.handler.begun.count == 5)
  }

  @Test("F56 the index lost, cut, filled with noise, or another folder's: hashed again, never analysed again")
  func indexDamaged() throws {
    let damages: [(SpoolRig) throws -> Void] = [
      { try $0.state.remove("index") }, { try $0.state.truncate("index", to: 40) },
      { try $0.state.write("bruit", to: "index") },
      { rig in
        var bytes = try #require(rig.state.read("index"))
        bytes[bytes.count / 2] ^= 0x40
        try rig.state.write(bytes, to: Array("index".utf8))
      },
    ]
    for damage in damages {
      let (rig, inputs) = try settled()
      rig.spool.stop()
      try damage(rig)
      let before = reads(rig)
      try rig.restart()
      rig.pass(.seconds(1))
      try expectOracle(rig, inputs)
      #expect(reads(rig) == before + 5)
      #expect(rig.handler.begun.count == 5)
    }
  }

  @Test("F57 a result deleted is made again, soon; one deleted while we were down, at start")
  func resultDeleted() throws {
    let (rig, inputs) = try settled()
    try rig.folder.remove("d0.telex.json")
    rig.pass(.seconds(1))
    #expect(rig.handler.begun.count == 6)
    try expectOracle(rig, inputs)
    rig.spool.stop()
    try rig.folder.remove("d1.telex.json")
    try rig.restart()
    #expect(rig.handler.begun.count == 7)
    try expectOracle(rig, inputs)
  }

  @Test("F57 a result of ours that was cut is replaced; one that was edited and still answers stays")
  func resultDamaged() throws {
    let (rig, inputs) = try settled()
    try rig.folder.truncate("d0.telex.json", to: 20)
    let edited = try #require(rig.folder.text("d1.telex.json")) + "note\n"
    try rig.folder.write(edited, to: "d1.telex.json")
    rig.pass(.seconds(400))
    #expect(rig.result("d0") == inputs["d0"])
    #expect(rig.folder.text("d1.telex.json") == edited)
    #expect(rig.handler.begun.count == 6)
  }

  @Test("F57 results of an older version are renewed in the background, after fresh work; or not at all")
  func versions() throws {
    let (rig, inputs) = try settled()
    rig.handler.current.version = "2"
    rig.handler.workers = 1
    rig.spool.stop()
    try rig.folder.write("fraîche", to: "z")
    try rig.restart()
    #expect(rig.handler.begun[5].name == Array("z".utf8))
    #expect(rig.handler.begun.count == 11)
    try expectOracle(rig, inputs.merging(["z": "fraîche"]) { $1 })

    rig.configuration.renewsOldResults = false
    rig.handler.current.version = "3"
    try rig.restart()
    rig.pass(.seconds(400))
    #expect(rig.handler.begun.count == 11)
  }

  @Test("F55 the wall clock jumps an hour, to 1970, to 2100; files come from the future: no stall, no storm")
  func clocks() throws {
    let (rig, first) = try settled()
    var inputs = first
    for (number, jump) in [3600, -3600, -1_700_000_000, 4_100_000_000].enumerated() {
      rig.clock.jumpWall(by: .seconds(jump))
      inputs["s\(number)"] = "saut \(number)"
      try rig.folder.write("saut \(number)", to: "s\(number)")
      rig.settle()
      #expect(rig.result("s\(number)") == "saut \(number)")
      rig.pass(.seconds(400))
    }
    try rig.folder.write("futur", to: "f")
    try run("/bin/sh", "-c", "touch -d 2090-01-01 \(rig.folder.path("f"))")
    inputs["f"] = "futur"
    rig.pass(.seconds(400))
    try expectOracle(rig, inputs)
    #expect(rig.handler.begun.count == 10)
    try rig.restart()
    #expect(rig.handler.begun.count == 10)
  }

  @Test("killed at each call that changes something: after the restart all is well, and nothing partial was ever seen")
  func killedAnywhere() throws {
    for call in [FaultyFileSystem.Call.open, .write, .synchronize, .close, .rename] {
      for skipping in 0..<4 {
        let system = FaultyFileSystem()
        let rig = try SpoolRig(system: system, folder: TemporaryFolder(in: "/dev/shm"))
        try rig.start()
        // From the n-th call on nothing works any more: as good as dead.
        let isOurs = { (name: String) in name.contains("telex.json") || Int(name.prefix { $0 != "." }) != nil }
        system.fail(call, EIO, skipping: skipping, where: isOurs)
        for number in 0..<4 { try rig.folder.write("dépêche \(number)", to: "d\(number)") }
        rig.settle()
        for number in 0..<4 {
          let bytes = rig.folder.read("d\(number).telex.json")
          #expect(bytes == nil || rig.handler.identity(ofResult: bytes ?? []) != nil)
        }
        system.heal()
        try rig.restartAfterKill()
        rig.pass(.seconds(5))
        var inputs: [String: String] = [:]
        for number in 0..<4 { inputs["d\(number)"] = "dépêche \(number)" }
        try expectOracle(rig, inputs)
      }
    }
  }

  @Test("temporaries of a killed daemon are swept out at start")
  func sweep() throws {
    let rig = try SpoolRig()
    try rig.start()
    rig.spool.stop()
    try rig.folder.write("moitié", to: ".telex/tmp/99.1")
    try rig.restart()
    #expect(rig.folder.names(in: ".telex/tmp").isEmpty)
  }

  @Test("F63 results have the configured mode and the folder's group, whatever the umask", arguments: [0o077, 0o000])
  func modes(mask: UInt32) throws {
    let rig = try SpoolRig { $0.resultMode = 0o644 }
    if geteuid() == 0 { #expect(chown(rig.folder.path, uid_t.max, 4242) == 0) }
    #expect(chmod(rig.folder.path, 0o2770) == 0)
    try rig.start()
    let old = umask(mask)
    try rig.folder.write("dépêche", to: "a.txt")
    rig.settle()
    umask(old)
    let status = try #require(rig.folder.status("a.txt.telex.json"))
    #expect(status.mode & 0o7777 == 0o644)
    if geteuid() == 0 { #expect(status.group == 4242) }
  }

  @Test("a drain finishes what is in hand and takes nothing more")
  func drain() throws {
    let rig = try SpoolRig()
    rig.handler.script = { _ in nil }
    try rig.start()
    try rig.folder.write("en main", to: "a.txt")
    rig.settle()
    let claim = try #require(rig.handler.inHand.first)
    var isDrained = false
    rig.spool.beginDraining { isDrained = true }
    try rig.folder.write("trop tard", to: "b.txt")
    rig.settle()
    #expect(!isDrained)
    #expect(rig.spool.snapshot.isDraining)
    rig.handler.finish(claim.id, rig.handler.analysed(claim))
    rig.settle()
    #expect(isDrained)
    #expect(rig.events.last == .drained)
    #expect(rig.result("a.txt") == "en main")
    #expect(rig.folder.read("b.txt.telex.json") == nil)
    #expect(rig.state.read("running") == nil)
  }

  @Test("a reload takes over patterns and policies at once, and refuses another folder")
  func reload() throws {
    let rig = try SpoolRig { $0.ignoredPatterns = [Array("*.bak".utf8)] }
    try rig.folder.write("écarté", to: "a.bak")
    try rig.start()
    #expect(rig.handler.begun.isEmpty)
    var configuration = rig.configuration
    configuration.ignoredPatterns = []
    try rig.spool.reconfigure(configuration)
    rig.settle()
    #expect(rig.result("a.bak") == "écarté")
    configuration.folder = Array("/tmp".utf8)
    let error = #expect(throws: SpoolError.self) { try rig.spool.reconfigure(configuration) }
    #expect(error?.code == .unchangeable)
  }
}
