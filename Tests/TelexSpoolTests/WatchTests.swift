import Glibc
import Testing

@testable import TelexSpool

@Suite("Where notifications don't come")
struct WatchTests {
  private func polled(_ rig: SpoolRig) throws {
    #expect(rig.spool.snapshot.mode == .polling)
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(12))
    try expectOracle(rig, ["a.txt": "dépêche"])
    // Nothing is amiss with what polling finds.
    #expect(rig.spool.snapshot.foundOnlyByRescan == 0)
  }

  @Test("F26 no inotify instance left: polling, and the sysctl is named")
  func noInstance() throws {
    let system = FaultyFileSystem()
    system.fail(.makeWatchInstance, EMFILE)
    let rig = try SpoolRig(system: system)
    try rig.start()
    #expect(rig.events.contains(.inotifyLimit(sysctl: "fs.inotify.max_user_instances", errno: Errno(EMFILE))))
    try polled(rig)

    system.heal()
    rig.pass(.seconds(600))
    #expect(rig.events.contains(.eventsBack))
    #expect(rig.spool.snapshot.mode == .events)
    try rig.folder.write("suite", to: "b.txt")
    rig.settle()
    #expect(rig.result("b.txt") == "suite")
  }

  @Test("F26 no watch left: polling, and the sysctl is named")
  func noWatch() throws {
    let system = FaultyFileSystem()
    system.fail(.addWatch, ENOSPC)
    let rig = try SpoolRig(system: system)
    try rig.start()
    #expect(rig.events.contains(.inotifyLimit(sysctl: "fs.inotify.max_user_watches", errno: Errno(ENOSPC))))
    try polled(rig)
  }

  @Test("F33 a network filesystem is polled from the start", arguments: [0x6969, 0xFF53_4D42, 0x0102_1997] as [UInt64])
  func network(magic: UInt64) throws {
    let system = FaultyFileSystem()
    system.fileSystemMagic = magic
    system.swallowsEvents = true
    let rig = try SpoolRig(system: system)
    try rig.start()
    #expect(rig.events.contains(.polling(.fileSystem(FileSystemType(magic: magic).name))))
    try polled(rig)
  }

  @Test("F34 events are swallowed: the cookie test notices, and files are found by polling")
  func blind() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    system.swallowsEvents = true
    try rig.start()
    #expect(rig.spool.snapshot.mode == .events)
    rig.pass(.seconds(11))
    #expect(rig.events.contains(.polling(.blind)))
    try polled(rig)

    system.swallowsEvents = false
    rig.pass(.seconds(2 * 3600))
    #expect(rig.events.contains(.eventsBack))
    #expect(rig.spool.snapshot.mode == .events)
    #expect(rig.spool.snapshot.pollingReason == nil)
  }

  @Test("a file whose event was lost is found by the periodic rescan, and counted as such")
  func foundOnlyByRescan() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    rig.pass(.seconds(20))
    system.swallowsEvents = true
    try rig.folder.write("muette", to: "a.txt")
    rig.settle()
    system.swallowsEvents = false
    #expect(rig.result("a.txt") == nil)
    rig.pass(.seconds(400))
    try expectOracle(rig, ["a.txt": "muette"])
    #expect(rig.spool.snapshot.foundOnlyByRescan == 1)
  }

  @Test("on a sound system rescans find nothing, and the cookie's round trip is known")
  func sound() throws {
    let rig = try SpoolRig()
    try rig.start()
    for number in 0..<20 {
      try rig.folder.write("\(number)", to: "\(number).txt")
      rig.pass(.seconds(60))
    }
    #expect(rig.spool.snapshot.foundOnlyByRescan == 0)
    #expect(rig.spool.snapshot.cookieRoundTrip != nil)
    #expect(rig.spool.snapshot.rescans >= 4)
    #expect(rig.handler.begun.count == 20)
  }
}
