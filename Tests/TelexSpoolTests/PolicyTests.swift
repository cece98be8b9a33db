import Glibc
import Testing

@testable import TelexSpool

@Suite("Markers, and what becomes of inputs and results")
struct PolicyTests {
  @Test("with a marker configured, a file is taken only once its marker is there")
  func marker() throws {
    let rig = try SpoolRig { $0.marker = Array(".done".utf8) }
    try rig.folder.write("avant", to: "a")
    try rig.start()
    try rig.folder.write("pendant", to: "b")
    rig.pass(.seconds(400))
    #expect(rig.handler.begun.isEmpty)
    try rig.folder.write("", to: "a.done")
    try rig.folder.write("", to: "b.done")
    rig.settle()
    try expectOracle(rig, ["a": "avant", "b": "pendant"])
    #expect(rig.folder.read("a.done.telex.json") == nil)
  }

  @Test("moved after success; a name taken there gets the digest's first digits")
  func move() throws {
    let rig = try SpoolRig { $0.onSuccess = .move(to: Array("faits".utf8)) }
    try rig.start()
    try rig.folder.write("un", to: "a.txt")
    rig.settle()
    #expect(rig.folder.text("faits/a.txt") == "un")
    #expect(rig.folder.read("a.txt") == nil)
    #expect(rig.result("a.txt") == "un")
    try rig.folder.write("deux", to: "a.txt")
    rig.settle()
    let digits = Digest.hex(of: Array("deux".utf8)).prefix(8)
    #expect(rig.folder.text("faits/a.txt~\(digits)") == "deux")
    #expect(rig.folder.text("faits/a.txt") == "un")
    #expect(rig.result("a.txt") == "deux")
  }

  @Test("refusals are moved elsewhere, and never deleted")
  func moveFailed() throws {
    let rig = try SpoolRig {
      $0.sizeLimit = 5
      $0.onSuccess = .delete
      $0.onFailure = .move(to: Array("refusés".utf8))
    }
    try rig.start()
    try rig.folder.write("court", to: "a")
    try rig.folder.write("trop long", to: "b")
    rig.settle()
    #expect(rig.folder.read("a") == nil)
    #expect(rig.result("a") == "court")
    #expect(rig.folder.text("refusés/b") == "trop long")
    #expect(rig.status("b") == "rejected too-large")
    #expect(rig.folder.names(in: ".telex/deleting").isEmpty)
  }

  @Test("a move that fails undoes nothing")
  func moveFails() throws {
    let rig = try SpoolRig { $0.onSuccess = .move(to: Array("/nulle/part".utf8)) }
    try rig.start()
    try rig.folder.write("un", to: "a.txt")
    rig.settle()
    try expectOracle(rig, ["a.txt": "un"])
    #expect(
      rig.events.contains(.policyFailed(name: Array("a.txt".utf8), action: "move", errno: Errno(ENOENT))))
  }

  @Test("F59 killed before, or in the midst of, a move or delete: the input is in exactly one place, the result valid")
  func killedWhileMoving() throws {
    for policy in [SpoolConfiguration.SuccessPolicy.move(to: Array("faits".utf8)), .delete] {
      for call in [FaultyFileSystem.Call.rename, .remove] {
        let system = FaultyFileSystem()
        let rig = try SpoolRig(system: system) { $0.onSuccess = policy }
        try rig.start()
        system.fail(call, EIO) { $0 == "a.txt" }
        try rig.folder.write("un", to: "a.txt")
        rig.settle()
        #expect(rig.result("a.txt") == "un")
        system.heal()
        try rig.restartAfterKill()
        rig.pass(.seconds(1))
        let places = [rig.folder.text("a.txt"), rig.folder.text("faits/a.txt")].compactMap { $0 }
        #expect(places == (policy == .delete ? [] : ["un"]))
        #expect(rig.folder.read("a.txt") == nil)
        #expect(rig.folder.names(in: ".telex/deleting").isEmpty)
        #expect(rig.result("a.txt") == "un")
        #expect(rig.handler.begun.count == 1)
      }
    }
  }

  @Test("an input replaced at the moment of its deletion is not lost")
  func replacedWhileDeleting() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system) { $0.onSuccess = .delete }
    try rig.start()
    var isFirst = true
    system.before = { [unowned rig] call, name in
      guard call == .rename, name == "a.txt", isFirst else { return }
      isFirst = false
      try? rig.folder.write("nouveau", to: ".t")
      try? rig.folder.rename(".t", to: "a.txt")
    }
    try rig.folder.write("ancien", to: "a.txt")
    rig.pass(.seconds(2))
    #expect(!isFirst)
    #expect(rig.result("a.txt") == "nouveau")
    #expect(rig.folder.read("a.txt") == nil)
  }

  @Test("results stay when inputs go; or go with them where so configured")
  func deletion() throws {
    for policy in [SpoolConfiguration.DeletionPolicy.keep, .remove] {
      let rig = try SpoolRig { $0.onDelete = policy }
      try rig.start()
      try rig.folder.write("un", to: "a.txt")
      rig.settle()
      try rig.folder.remove("a.txt")
      rig.pass(.seconds(400))
      #expect((rig.folder.read("a.txt.telex.json") == nil) == (policy == .remove))
    }
  }

  @Test("results that lost their inputs unseen go one by one, but never many at once")
  func orphans() throws {
    let rig = try SpoolRig { $0.onDelete = .remove }
    for number in 0..<20 { try rig.folder.write("\(number)", to: "d\(number)") }
    try rig.start()
    rig.spool.stop()
    try rig.folder.remove("d0")
    try rig.folder.remove("d1")
    try rig.restart()
    #expect(rig.folder.read("d0.telex.json") == nil)
    #expect(rig.folder.read("d1.telex.json") == nil)
    #expect(rig.folder.read("d2.telex.json") != nil)
    rig.spool.stop()
    for number in 2..<12 { try rig.folder.remove("d\(number)") }
    try rig.restart()
    #expect(rig.folder.names().count == 1 + 8 + 18)
    #expect(rig.events.contains(.removalRefused(orphans: 10, results: 18)))
  }

  @Test("several results of one turn share one fsync of the folder, before any of them is announced")
  func groupCommit() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system)
    rig.handler.workers = 8
    rig.handler.loop = nil
    var order: [String] = []
    try rig.start()
    system.before = { [path = rig.folder.path] call, name in
      if call == .synchronize { order.append(name == path ? "folder" : "file") }
      if call == .rename { order.append("rename") }
    }
    for number in 0..<8 { try rig.folder.write("\(number)", to: "d\(number)") }
    rig.settle()
    #expect(order.filter { $0 == "folder" }.count == 1)
    #expect(order.last == "folder")
    #expect(order.filter { $0 == "file" }.count == 8)
    #expect(rig.spool.snapshot.results == 8)
  }
}
