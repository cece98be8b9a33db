import Glibc
import Testing

@testable import TelexSpool

@Suite("Folders that go, come back, or are another")
struct FolderTests {
  private static let needsMounts: Comment = "mounting takes root and CAP_SYS_ADMIN"

  private func result(_ folder: TemporaryFolder, _ name: String) -> Bool { folder.read(name + ".telex.json") != nil }

  @Test("F27 unmounted while idle, then mounted with other content", .enabled(if: mayMount, needsMounts))
  func unmounted() throws {
    let mount = try TemporaryMount()
    let rig = try SpoolRig {
      $0.folder = Array(mount.path.utf8)
      $0.onDelete = .remove
    }
    try mount.write("avant", to: "a.txt")
    try rig.start()
    #expect(result(mount.folder, "drop/a.txt"))
    mount.unmount()
    rig.pass(.seconds(6))
    #expect(rig.spool.snapshot.mode == .suspended)
    #expect(rig.spool.snapshot.folderLoss == .unmounted)
    #expect(rig.events.contains(.folderLost(.unmounted)))
    // The empty mount point is not taken for the folder.
    rig.pass(.seconds(120))
    #expect(mount.names.isEmpty)

    try mount.mount()
    defer { mount.unmount() }
    try mount.write("autre", to: "b.txt")
    rig.pass(.seconds(31))
    #expect(result(mount.folder, "drop/b.txt"))
    #expect(mount.names == [".telex", "b.txt", "b.txt.telex.json"])
    #expect(rig.spool.snapshot.mode == .events)
    rig.spool.stop()
  }

  @Test(
    "F27 unmounted and mounted again before anybody looked: no bare mount point",
    .enabled(if: mayMount, needsMounts))
  func mountedAnew() throws {
    let mount = try TemporaryMount()
    let rig = try SpoolRig { $0.folder = Array(mount.path.utf8) }
    try mount.write("avant", to: "a.txt")
    try rig.start()
    #expect(result(mount.folder, "drop/a.txt"))
    mount.unmount()
    try mount.mount()
    defer { mount.unmount() }
    try mount.write("après", to: "b.txt")
    rig.pass(.seconds(6))
    #expect(result(mount.folder, "drop/b.txt"))
    #expect(rig.spool.snapshot.mode == .events)
    rig.spool.stop()
  }

  @Test("F28 unmounted while a dispatch is in hand", .enabled(if: mayMount, needsMounts))
  func unmountedWhileBusy() throws {
    let mount = try TemporaryMount()
    let rig = try SpoolRig { $0.folder = Array(mount.path.utf8) }
    rig.handler.script = { _ in nil }
    try rig.start()
    try mount.write("en main", to: "a.txt")
    rig.settle()
    let claim = try #require(rig.handler.inHand.first)
    mount.unmount()
    rig.pass(.seconds(6))
    #expect(rig.handler.cancelled == [claim.id])
    rig.handler.finish(claim.id, rig.handler.analysed(claim))
    rig.handler.script = { [unowned handler = rig.handler] in handler.analysed($0) }
    try mount.mount()
    defer { mount.unmount() }
    try mount.write("en main", to: "a.txt")
    rig.pass(.seconds(31))
    #expect(result(mount.folder, "drop/a.txt"))
    rig.spool.stop()
  }

  @Test(
    "F29 another filesystem mounted over it, and unmounted again: noticed both ways",
    .enabled(if: mayMount, needsMounts))
  func mountedOver() throws {
    let rig = try SpoolRig()
    try rig.folder.write("dessous", to: "a.txt")
    try rig.start()
    let mount = try TemporaryMount(at: rig.folder.path)
    try mount.write("dessus", to: "b.txt")
    rig.pass(.seconds(6))
    #expect(rig.result("b.txt") == "dessus")
    mount.unmount()
    try rig.folder.write("dessous encore", to: "c.txt")
    rig.pass(.seconds(6))
    #expect(rig.result("a.txt") == "dessous")
    #expect(rig.result("c.txt") == "dessous encore")
    try expectOracle(rig, ["a.txt": "dessous", "c.txt": "dessous encore"])
  }

  @Test(
    "F30 moved away and made anew; and removed with all its content and made anew; in a chroot too",
    arguments: [false, true])
  func replaced(inChroot: Bool) throws {
    let outer = try TemporaryFolder()
    try outer.makeFolder("drop")
    let system = FaultyFileSystem()
    system.hidesMounts = inChroot
    let rig = try SpoolRig(system: system) { $0.folder = Array(outer.path("drop").utf8) }
    try rig.start()
    try outer.rename("drop", to: "old")
    try outer.makeFolder("drop")
    try outer.write("nouveau", to: "drop/a.txt")
    rig.pass(.seconds(6))
    #expect(result(outer, "drop/a.txt"))
    #expect(outer.names(in: "old") == [Array(".telex".utf8)])

    try run("/bin/rm", "-r", outer.path("drop"))
    rig.pass(.seconds(20))
    #expect(rig.spool.snapshot.mode == .suspended)
    #expect(rig.spool.snapshot.folderLoss == .missing)
    try outer.makeFolder("drop")
    try outer.write("troisième", to: "drop/b.txt")
    rig.pass(.seconds(31))
    #expect(result(outer, "drop/b.txt"))
    // At start, and twice back.
    #expect(rig.events.filter { if case .folderBack = $0 { true } else { false } }.count == 2)
    rig.spool.stop()
  }

  @Test("F30 our own folder removed while we work: made again, nothing lost")
  func workspaceRemoved() throws {
    let rig = try SpoolRig()
    try rig.start()
    try run("/bin/rm", "-r", rig.folder.path(".telex"))
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(6))
    #expect(rig.result("a.txt") == "dépêche")
    #expect(rig.folder.names(in: ".telex").count >= 3)
  }

  @Test("F31 a symbolic link to the folder is followed, and its switching noticed")
  func symbolicLink() throws {
    let outer = try TemporaryFolder()
    for name in ["un", "deux"] { try outer.makeFolder(name) }
    try outer.symlink(to: "un", at: "drop")
    let rig = try SpoolRig { $0.folder = Array(outer.path("drop").utf8) }
    try rig.start()
    try outer.write("premier", to: "un/a.txt")
    rig.settle()
    #expect(result(outer, "un/a.txt"))
    try outer.remove("drop")
    try outer.symlink(to: "deux", at: "drop")
    try outer.write("second", to: "deux/b.txt")
    rig.pass(.seconds(6))
    #expect(result(outer, "deux/b.txt"))
    rig.spool.stop()
  }

  @Test(
    "F32 written behind an overlay's back, into its upper folder: found by the rescan",
    .enabled(if: mayMount, needsMounts))
  func overlay() throws {
    let outer = try TemporaryFolder()
    for name in ["lower", "upper", "work", "drop"] { try outer.makeFolder(name) }
    let layers = ["lower", "upper", "work"].map { "\($0)dir=\(outer.path($0))" }.joined(separator: ",")
    do {
      try run("/bin/mount", "-t", "overlay", "-o", layers, "overlay", outer.path("drop"))
    } catch {
      // The folder for temporaries may be on an overlay itself, which can't be another's upper layer.
      return print("skipped: no overlay can be mounted on \(outer.path)")
    }
    defer { try? run("/bin/umount", "-l", outer.path("drop")) }
    let rig = try SpoolRig { $0.folder = Array(outer.path("drop").utf8) }
    try rig.start()
    try outer.write("par-dessous", to: "upper/a.txt")
    rig.pass(.seconds(10))
    #expect(!result(outer, "drop/a.txt"), "no event tells of it")
    rig.pass(.seconds(400))
    #expect(result(outer, "drop/a.txt"))
    #expect(rig.spool.snapshot.foundOnlyByRescan == 1)
    rig.spool.stop()
  }

  @Test("a folder missing at start is waited for")
  func missingAtStart() throws {
    let outer = try TemporaryFolder()
    let rig = try SpoolRig { $0.folder = Array(outer.path("drop").utf8) }
    try rig.start()
    #expect(rig.events == [.folderLost(.missing), .ready(backlog: 0)])
    try outer.makeFolder("drop")
    try outer.write("dépêche", to: "drop/a.txt")
    rig.pass(.seconds(31))
    #expect(result(outer, "drop/a.txt"))
    rig.spool.stop()
  }

  @Test("or refused, where the configuration is strict")
  func strict() throws {
    let outer = try TemporaryFolder()
    let rig = try SpoolRig {
      $0.folder = Array(outer.path("drop").utf8)
      $0.requiresFolderAtStart = true
    }
    let error = #expect(throws: SpoolError.self) { try rig.spool.start() }
    #expect(error?.code == .folderMissing)
  }

  @Test("F58 a second daemon on the folder is told so, and the first goes on")
  func locked() throws {
    let rig = try SpoolRig()
    try rig.start()
    let second = try SpoolRig(folder: rig.folder)
    let error = #expect(throws: SpoolError.self) { try second.spool.start() }
    #expect(error?.code == .locked)
    try rig.folder.write("dépêche", to: "a.txt")
    rig.settle()
    try expectOracle(rig, ["a.txt": "dépêche"])
    // The lock dies with its holder.
    rig.spool.stop()
    let third = try SpoolRig(folder: rig.folder)
    try third.start()
  }

  @Test("a .telex that is a link, or a file, is refused with a remedy")
  func foreignWorkspace() throws {
    for make in [
      { (folder: TemporaryFolder) in try folder.symlink(to: "/tmp", at: ".telex") },
      { (folder: TemporaryFolder) in try folder.write("", to: ".telex") },
    ] {
      let rig = try SpoolRig()
      try make(rig.folder)
      let error = #expect(throws: SpoolError.self) { try rig.spool.start() }
      #expect(error?.code == .workspace)
    }
  }
}
