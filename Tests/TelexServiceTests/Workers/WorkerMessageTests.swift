import TelexSpool
import Testing

@testable import TelexService

@Suite struct WorkerMessageTests {
  @Test func requestsSurviveTheSocket() throws {
    let requests: [WorkerRequest] = [
      .prepare(WorkerSettings(resources: "/usr/lib/telex/resources", fingerprint: "ab", memory: 1 << 30)),
      .analyse(
        WorkerJob(
          id: .max, name: [0xE9, 0x0A, 0x2E], sha256: "00ff", attempt: 3, now: .max, mayShare: true,
          bytes: Array(0...255))),
      .analyse(WorkerJob(id: 0, name: [], sha256: "", attempt: 1, now: 0, mayShare: false, bytes: [])),
    ]
    for request in requests { #expect(try WorkerRequest(request.frame) == request) }
  }

  @Test func repliesSurviveTheSocket() throws {
    let frame = try #require(
      WorkerReply.outcome(id: 7, .result(main: [1, 2], items: [[3], []], rejection: "empty"), retiring: true).frame)
    guard case .outcome(7, .result([1, 2], [[3], []], "empty"), true) = try WorkerReply(frame) else {
      Issue.record("another outcome")
      return
    }
    let waiting = try #require(
      WorkerReply.outcome(id: 8, .incomplete(code: "truncated", message: "…"), retiring: false).frame)
    guard case .outcome(8, .incomplete("truncated", "…"), false) = try WorkerReply(waiting) else {
      Issue.record("another outcome")
      return
    }
  }

  @Test func aWorkerCanNotSayThatItFailed() {
    #expect(WorkerReply.outcome(id: 1, .failed(.crash), retiring: false).frame == nil)
  }

  /// Whatever a worker in hostile hands sends, decoding it ends, in a reply or an error.
  @Test func damagedRepliesAreErrors() throws {
    let frame = try #require(
      WorkerReply.outcome(id: 7, .result(main: [1, 2, 3], items: [[4, 5]], rejection: nil), retiring: false).frame)
    for length in 0..<frame.payload.count {
      let cut = Frame(kind: frame.kind, payload: Array(frame.payload.prefix(length)))
      #expect(throws: FrameError.malformed) { try WorkerReply(cut) }
    }
    let longer = Frame(kind: frame.kind, payload: frame.payload + [0])
    #expect(throws: FrameError.malformed) { try WorkerReply(longer) }
    #expect(throws: FrameError.malformed) { try WorkerReply(Frame(kind: 99, payload: [])) }
  }
}
