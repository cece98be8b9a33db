import Testing

@testable import TelexSpool

@Suite("From a file to its result")
struct MainPathTests {
  @Test("a file dropped while the spool runs gets its result")
  func arrival() throws {
    let rig = try SpoolRig()
    try rig.start()
    try rig.folder.write("dépêche", to: "a.txt")
    rig.settle()
    #expect(rig.result("a.txt") == "dépêche")
    #expect(rig.folder.names(in: ".telex/tmp").isEmpty)
    #expect(rig.spool.snapshot.waiting == 0)
  }

  @Test("a file that was there before the start gets its result, once")
  func backlog() throws {
    let rig = try SpoolRig()
    try rig.folder.write("un", to: "a.txt")
    try rig.folder.write("deux", to: "b.txt")
    try rig.start()
    #expect(rig.result("a.txt") == "un")
    #expect(rig.result("b.txt") == "deux")
    #expect(rig.handler.begun.count == 2)
    try rig.restart()
    #expect(rig.handler.begun.count == 2)
  }
}
