import Testing

@testable import TelexSpool

@Suite("Results that a kill notice takes back")
struct WithdrawalsTests {
  /// A body "kill X" takes back the result whose body is "X".
  private func rig() throws -> SpoolRig {
    let rig = try SpoolRig()
    rig.handler.knowsKills = true
    try rig.start()
    return rig
  }

  @Test("a notice marks the result that stands")
  func theResultThatStands() throws {
    let rig = try rig()
    try rig.folder.write("port", to: "a.txt")
    try rig.folder.write("gare", to: "b.txt")
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "analysed")
    try rig.folder.write("kill port", to: "k.txt")
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "withdrawn")
    #expect(rig.status("b.txt") == "analysed")
    #expect(rig.events.contains(.withdrawn(result: Array("a.txt.telex.json".utf8))))
    #expect(rig.spool.snapshot.withdrawn == 1)
    try expectOracle(rig, ["a.txt": "port", "b.txt": "gare", "k.txt": "kill port"])
  }

  @Test("a notice marks what comes after it")
  func whatComesAfterIt() throws {
    let rig = try rig()
    try rig.folder.write("kill port", to: "k.txt")
    rig.pass(.seconds(5))
    try rig.folder.write("port", to: "a.txt")
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "withdrawn")
    try expectOracle(rig, ["a.txt": "port", "k.txt": "kill port"])
  }

  @Test("a restart forgets no notice, though its file be gone")
  func aRestart() throws {
    let rig = try rig()
    try rig.folder.write("kill port", to: "k.txt")
    rig.pass(.seconds(5))
    try rig.folder.remove("k.txt")
    try rig.folder.remove("k.txt.telex.json")
    try rig.restartAfterKill()
    try rig.folder.write("port", to: "a.txt")
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "withdrawn")
  }

  @Test("a start goes on with what a crash left unmarked")
  func aCrashBeforeTheMark() throws {
    let rig = try rig()
    try rig.folder.write("port", to: "a.txt")
    rig.pass(.seconds(5))
    // As a crash leaves it between the notice and the marks.
    try rig.folder.write("kill port", to: "k.txt")
    rig.pass(.seconds(5))
    let (name, body) = (Array("a.txt".utf8), Array("port".utf8))
    let claim = Claim(id: 0, name: name, bytes: body, sha256: Digest.hex(of: body), attempt: 1)
    try rig.folder.write(rig.handler.bytes(for: claim), to: ResultName.of(name))
    try rig.folder.write("", to: ".telex/withdrawals/pending")
    try rig.restartAfterKill()
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "withdrawn")
    #expect(!rig.folder.names(in: ".telex/withdrawals").contains(Array("pending".utf8)))
  }

  @Test("without its memory the folder is asked again")
  func lostMemory() throws {
    let rig = try rig()
    try rig.folder.write("kill port", to: "k.txt")
    rig.pass(.seconds(5))
    try run("/bin/rm", "-r", rig.folder.path(".telex/withdrawals"))
    try rig.restart()
    rig.pass(.seconds(5))
    try rig.folder.write("port", to: "a.txt")
    rig.pass(.seconds(5))
    #expect(rig.status("a.txt") == "withdrawn")
  }
}
