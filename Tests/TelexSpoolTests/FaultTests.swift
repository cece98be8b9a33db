import Glibc
import Testing

@testable import TelexSpool

@Suite("System calls that fail")
struct FaultTests {
  private func isResult(_ name: String) -> Bool { Int(name.prefix { $0 != "." }) != nil }

  private func episodes(_ rig: SpoolRig) -> [String] {
    rig.events.compactMap {
      switch $0 {
      case .transientOpened(let transient): "opened \(transient.errno.name)"
      case .transientClosed(let transient): "closed \(transient.errno.name)"
      default: nil
      }
    }
  }

  @Test("F35 a full disk, then room again: paused, one entry, nothing partial, and everything done in the end")
  func fullDisk() throws {
    try #require(geteuid() == 0, "mounting a small filesystem takes root")
    let mount = try TemporaryMount(options: "size=64k")
    defer { mount.unmount() }
    let filler = mount.path + "/.plein"
    let rig = try SpoolRig { $0.folder = Array(mount.path.utf8) }
    try rig.start()
    try run("/bin/sh", "-c", "dd if=/dev/zero of=\(filler) bs=4k count=9 2>/dev/null")
    // Room for the inputs, not for the results.
    let long = String(repeating: "x", count: 9_000)
    for name in ["a", "b"] { try mount.write(long + name, to: name) }
    rig.pass(.seconds(60))
    #expect(rig.spool.snapshot.breaker == Errno(ENOSPC))
    #expect(episodes(rig) == ["opened ENOSPC"])
    #expect(mount.names.allSatisfy { !$0.contains("telex.json") })
    #expect(rig.spool.snapshot.waiting == 2)
    // Paused: one attempt every five seconds and no more.
    #expect(rig.spool.snapshot.retries["ENOSPC", default: 0] <= 14)

    try run("/bin/rm", filler)
    rig.pass(.seconds(6))
    #expect(rig.spool.snapshot.breaker == nil)
    #expect(episodes(rig) == ["opened ENOSPC", "closed ENOSPC"])
    #expect(rig.spool.snapshot.results == 2)
    #expect(mount.names.filter { $0.hasSuffix("telex.json") } == ["a.telex.json", "b.telex.json"])
    rig.spool.stop()
  }

  @Test("F35, F36 nothing can be written, for whatever reason", arguments: [ENOSPC, EDQUOT, EROFS, EACCES])
  func nothingCanBeWritten(error: Int32) throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.open, error, where: isResult)
    var inputs: [String: String] = [:]
    for number in 0..<10 {
      inputs["d\(number)"] = "dépêche \(number)"
      try rig.folder.write("dépêche \(number)", to: "d\(number)")
      rig.settle()
    }
    rig.pass(.seconds(60))
    #expect(rig.spool.snapshot.breaker == Errno(error))
    // What had been analysed is kept, nothing else is taken.
    #expect(rig.handler.begun.count <= 2)
    system.heal()
    rig.pass(.seconds(6))
    try expectOracle(rig, inputs)
    let name = Errno(error).name
    #expect(episodes(rig) == ["opened \(name)", "closed \(name)"])
    #expect(rig.handler.begun.count == 10)
  }

  @Test("F36 an input that goes while its result waits for room leaves nothing behind")
  func goneWhilePaused() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.write, ENOSPC, where: isResult)
    try rig.folder.write("éphémère", to: "a")
    rig.settle()
    try rig.folder.remove("a")
    rig.pass(.seconds(20))
    #expect(rig.spool.snapshot.breaker == Errno(ENOSPC))
    system.heal()
    rig.pass(.seconds(6))
    #expect(rig.spool.snapshot.breaker == nil)
    try rig.folder.write("stable", to: "b")
    rig.settle()
    try expectOracle(rig, ["b": "stable"])
    #expect(rig.folder.read("a.telex.json") == nil)
  }

  @Test("F37 fsync, write, close or rename of a result fails once: written anew from the start")
  func onceFailed() throws {
    for call in [FaultyFileSystem.Call.synchronize, .write, .close, .rename] {
      let system = FaultyFileSystem()
      let rig = try SpoolRig(system: system)
      try rig.start()
      if call == .rename {
        system.fail(call, EIO, times: 1) { $0 == "a.txt.telex.json" }
      } else {
        system.fail(call, EIO, times: 1, where: isResult)
      }
      var synchronised: [String] = []
      system.before = { call, name in if call == .synchronize { synchronised.append(name) } }
      try rig.folder.write("dépêche", to: "a.txt")
      rig.settle()
      #expect(rig.folder.read("a.txt.telex.json") == nil, "\(call)")
      rig.pass(.seconds(3))
      try expectOracle(rig, ["a.txt": "dépêche"])
      // Never a second fsync on the same file.
      #expect(Set(synchronised).count == synchronised.count, "\(call): \(synchronised)")
      #expect(episodes(rig) == ["opened EIO", "closed EIO"], "\(call)")
    }
  }

  @Test("F37 fsync of the folder fails: nothing is announced, and the results are made again")
  func folderNotSynchronised() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.synchronize, EIO, times: 1) { [path = rig.folder.path] in $0 == path }
    try rig.folder.write("dépêche", to: "a.txt")
    rig.settle()
    #expect(rig.spool.snapshot.results == 0)
    #expect(rig.folder.read("a.txt.telex.json") == nil)
    rig.pass(.seconds(3))
    try expectOracle(rig, ["a.txt": "dépêche"])
    #expect(rig.spool.snapshot.results == 1)
  }

  @Test("F37 fsync of the folder keeps failing: tried ever more slowly, one entry, and nothing is left behind")
  func folderNeverSynchronised() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.synchronize, EIO) { [path = rig.folder.path] in $0 == path }
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(60))
    #expect((4...8).contains(rig.handler.begun.count))
    #expect(episodes(rig) == ["opened EIO"])
    #expect(rig.folder.read("a.txt.telex.json") == nil)
    system.heal()
    rig.pass(.seconds(100))
    try expectOracle(rig, ["a.txt": "dépêche"])
  }

  @Test("a result's name that is refused to us concerns that file alone")
  func refusedName() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.rename, EPERM) { $0 == "a.txt.telex.json" }
    try rig.folder.write("A", to: "a.txt")
    try rig.folder.write("B", to: "b.txt")
    rig.pass(.seconds(1))
    #expect(rig.result("b.txt") == "B")
    #expect(rig.spool.snapshot.breaker == nil)
    #expect(rig.spool.snapshot.waitingByReason == ["permission": 1])
    system.heal()
    rig.pass(.seconds(400))
    try expectOracle(rig, ["a.txt": "A", "b.txt": "B"])
  }

  @Test("F37 reading the input fails for a while: tried ever more slowly, one entry an episode")
  func unreadableSectors() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.read, EIO) { $0 == "a.txt" }
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(600))
    #expect((8...14).contains(rig.spool.snapshot.retries["EIO", default: 0]))
    system.heal()
    rig.pass(.seconds(400))
    try expectOracle(rig, ["a.txt": "dépêche"])
    #expect(episodes(rig) == ["opened EIO", "closed EIO"])
  }

  @Test("F38 short counts and interruptions everywhere")
  func shortCounts() throws {
    let system = FaultyFileSystem()
    system.transferLimit = 3
    for call in [FaultyFileSystem.Call.read, .write, .synchronize, .entries] {
      for skipping in [0, 1, 5, 20] { system.fail(call, EINTR, skipping: skipping, times: 2) }
    }
    let rig = try SpoolRig(system: system)
    var inputs: [String: String] = [:]
    for number in 0..<5 {
      inputs["d\(number)"] = "une dépêche assez longue, numéro \(number)"
      try rig.folder.write("une dépêche assez longue, numéro \(number)", to: "d\(number)")
    }
    try rig.start()
    rig.pass(.seconds(2))
    try expectOracle(rig, inputs)
    #expect(rig.handler.begun.count == 5)
  }

  @Test("F39 descriptors run out at once, or are never more than just enough")
  func descriptors() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    // One beyond what is open all the time: a claim needs two.
    system.descriptorLimit = system.openDescriptors + 1
    var inputs: [String: String] = [:]
    for number in 0..<20 {
      inputs["d\(number)"] = "\(number)"
      try rig.folder.write("\(number)", to: "d\(number)")
    }
    rig.settle()
    rig.pass(.seconds(30))
    try expectOracle(rig, inputs)

    // None at all: nothing goes, and comes back by itself.
    system.descriptorLimit = system.openDescriptors - 1
    try rig.folder.write("après", to: "z")
    rig.pass(.seconds(30))
    #expect(rig.result("z") == nil)
    system.descriptorLimit = .max
    rig.pass(.seconds(5))
    inputs["z"] = "après"
    try expectOracle(rig, inputs)
  }

  @Test("F39 the machine's file table is full for a moment")
  func fileTable() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    system.fail(.open, ENFILE, times: 5)
    system.fail(.openBeneath, ENFILE, times: 5)
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(10))
    try expectOracle(rig, ["a.txt": "dépêche"])
    #expect(episodes(rig).first == "opened ENFILE")
    #expect(episodes(rig).last == "closed ENFILE")
  }

  @Test("F41 a file that may not be read waits, with one entry, and is taken when its rights come back")
  func permission() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.start()
    // As root nothing is refused: the refusal is the seam's.
    system.fail(.open, EACCES) { $0 == "a.txt" }
    try rig.folder.write("secret", to: "a.txt")
    try rig.folder.setMode(0, of: "a.txt")
    rig.pass(.seconds(1_000))
    #expect(rig.spool.snapshot.waitingByReason == ["permission": 1])
    #expect(episodes(rig) == ["opened EACCES"])
    #expect(rig.spool.snapshot.breaker == nil)
    system.heal()
    try rig.folder.setMode(0o644, of: "a.txt")
    rig.settle()
    try expectOracle(rig, ["a.txt": "secret"])
    #expect(episodes(rig) == ["opened EACCES", "closed EACCES"])
  }

  @Test("F41 a folder that may not be read is waited for, and its loss has a name")
  func unreadableFolder() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    try rig.folder.write("dépêche", to: "a.txt")
    system.fail(.open, EACCES) { [path = rig.folder.path] in $0 == path }
    try rig.start()
    #expect(rig.events == [.folderLost(.unreadable), .ready(backlog: 0)])
    #expect(rig.spool.snapshot.mode == .suspended)
    system.heal()
    rig.pass(.seconds(40))
    #expect(rig.result("a.txt") == "dépêche")
  }

  @Test("error numbers become decisions in one place")
  func decisions() {
    let reading: [(Int32, Fault)] = [
      (ENOENT, .gone), (EACCES, .permission), (EMFILE, .descriptors), (ENFILE, .descriptors), (EIO, .passing),
      (ESTALE, .passing), (ENOMEM, .passing),
    ]
    for (code, fault) in reading { #expect(Fault(reading: Errno(code)) == fault) }
    let writing: [(Int32, Fault)] = [
      (ENOSPC, .exhausted), (EDQUOT, .exhausted), (EROFS, .exhausted), (EACCES, .exhausted), (EPERM, .exhausted),
      (EMFILE, .descriptors), (ENOENT, .folder), (EIO, .passing), (ESTALE, .passing),
    ]
    for (code, fault) in writing { #expect(Fault(writing: Errno(code)) == fault) }
    #expect(Fault(placing: Errno(EPERM)) == .permission)
    #expect(Fault(placing: Errno(ENOSPC)) == .exhausted)
  }
}
