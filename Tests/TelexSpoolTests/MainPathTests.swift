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

  @Test("the file for a result is made while the handler is at work, and nothing is left of it")
  func preparedFile() throws {
    let rig = try SpoolRig()
    rig.handler.script = { _ in nil }
    try rig.start()
    var temporaries: [Int] = []
    func note() { temporaries.append(rig.folder.names(in: ".telex/tmp").count) }
    try rig.folder.write("un", to: "a.txt")
    try rig.folder.write("deux", to: "b.txt")
    rig.settle()
    note()
    let (first, second) = (rig.handler.begun[0], rig.handler.begun[1])
    // No result at all, then one.
    rig.handler.finish(first.id, .incomplete(code: "truncated", message: "half"))
    rig.settle()
    note()
    rig.handler.finish(second.id, rig.handler.analysed(second))
    rig.settle()
    note()
    #expect(temporaries == [1, 1, 0])
    #expect(rig.result(String(decoding: second.name, as: UTF8.self)) != nil)
    try rig.folder.write("trois", to: "c.txt")
    rig.settle()
    #expect(rig.folder.names(in: ".telex/tmp").count == 1)
    rig.spool.stop()
    #expect(rig.folder.names(in: ".telex/tmp").isEmpty)
  }
}
