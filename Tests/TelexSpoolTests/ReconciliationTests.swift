import Glibc
import Testing

@testable import TelexSpool

@Suite("Accounting for every entry")
struct ReconciliationTests {
  @Test("each entry has one standing, and nothing is written")
  func standings() throws {
    let rig = try SpoolRig {
      $0.sizeLimit = 100
      $0.ignoredPatterns = [Array("*.bak".utf8)]
    }
    for name in ["fait", "vieux", "changé"] { try rig.folder.write(name, to: name) }
    try rig.folder.write(String(repeating: "x", count: 101), to: "gros")
    try rig.start()
    rig.handler.current.version = "2"
    try rig.folder.write("fait!", to: "fait")
    rig.settle()
    rig.spool.stop()
    try rig.folder.write("changé depuis", to: "changé")
    try rig.folder.write("neuf", to: "neuf")
    try rig.folder.write("x", to: "a.bak")
    try rig.folder.write("x", to: "b.part")
    try rig.folder.makeFolder("sous")
    try rig.folder.symlink(to: "fait", at: "lien")
    #expect(mkfifo(rig.folder.path("tube"), 0o644) == 0)
    try rig.folder.write("conflit", to: "c")
    try rig.folder.write("pas de nous", to: "c.telex.json")
    try rig.folder.write("pas de nous", to: "d.telex.json")
    try rig.folder.write("orphelin", to: "o")
    try rig.leaveResultOfO()
    let open = try rig.folder.open("ouvert", O_WRONLY | O_CREAT)
    defer { close(open) }
    try rig.folder.remove("o")
    let before = rig.folder.names()

    let system = FaultyFileSystem()
    system.fail(.openBeneath, EIO) { $0 == "neuf" }
    var standings: [String: Reconciliation.Standing] = [:]
    let summary = try Reconciliation(configuration: rig.configuration, reader: rig.handler, fileSystem: system).run {
      standings[String(decoding: $0.name, as: UTF8.self)] = $0.standing
    }
    #expect(
      standings == [
        "fait": .done, "vieux": .stale, "changé": .pending(.changed), "gros": .stale,
        "neuf": .unaccounted(Errno(EIO)), "a.bak": .ignored(why: "pattern"), "b.part": .ignored(why: "pattern"),
        "sous": .ignored(why: "folder"), "lien": .ignored(why: "link"), "tube": .ignored(why: "special"),
        "c": .pending(.nameConflict), "c.telex.json": .foreign, "d.telex.json": .foreign,
        "o.telex.json": .orphan, "ouvert": .pending(.writing),
      ])
    #expect(summary.unaccounted == 1)
    #expect(summary.counts["pending"] == 3)
    #expect(rig.folder.names() == before)
    #expect(system.openDescriptors == 0)
  }

  @Test("a folder that is missing is an error with a remedy, not an empty account")
  func missing() {
    let configuration = SpoolConfiguration(folder: Array("/nulle/part".utf8))
    let error = #expect(throws: SpoolError.self) {
      _ = try Reconciliation(configuration: configuration, reader: ScriptedHandler()).run { _ in }
    }
    #expect(error?.code == .folderMissing)
  }
}

extension SpoolRig {
  /// Makes the result of `o` as an earlier run would have, and nothing else.
  fileprivate func leaveResultOfO() throws {
    let bytes = Array("orphelin".utf8)
    let claim = Claim(id: 0, name: Array("o".utf8), bytes: bytes, sha256: Digest.hex(of: bytes), attempt: 1)
    try folder.write(handler.bytes(for: claim), to: ResultName.of(claim.name))
  }
}
