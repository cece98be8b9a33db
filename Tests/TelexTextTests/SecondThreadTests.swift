import Synchronization
import TelexText
import Testing

@Suite struct SecondThreadTests {
  /// One for all tests: it lives as long as the process.
  private static let started = SecondThread()
  private let thread: SecondThread

  init() throws { thread = try #require(Self.started) }

  @Test(arguments: [0, 1, 2, 3, 1000]) func everyPieceIsDoneOnceAndInItsPlace(count: Int) {
    for thread in [nil, thread] {
      let done = Mutex([Int](repeating: 0, count: count))
      let job = Fork(count, with: thread, context: {}) { _, index in
        done.withLock { $0[index] += 1 }
        return index * index
      }
      #expect(job.join() == (0..<count).map { $0 * $0 })
      #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
    }
  }

  @Test func eachThreadHasAContextOfItsOwn() {
    let made = Atomic(0)
    let job = Fork(
      2000, with: thread,
      context: {
        made.add(1, ordering: .relaxed)
        return 0
      },
      piece: { own, _ in
        own += 1
        return own
      })
    let values = job.join()
    // What a context has counted is counted up from one by one thread alone.
    #expect(values.count { $0 == 1 } == made.load(ordering: .relaxed))
    #expect(made.load(ordering: .relaxed) <= 2)
  }

  private final class Asked: Sendable { let count = Atomic(0) }

  @Test func isKeptApartBeforeEachJobThatItShares() throws {
    let asked = Asked()
    let started = SecondThread(keepApart: { _ in asked.count.add(1, ordering: .relaxed) })
    let thread = try #require(started)
    for count in [0, 1, 2, 5] { _ = Fork(count, with: thread, context: {}) { _, index in index }.join() }
    // There is nothing to share in a job of no pieces.
    #expect(asked.count.load(ordering: .relaxed) == 3)
  }

  /// The caller does something else meanwhile.
  @Test func aJobOfOnePieceIsDoneBeforeItIsJoined() {
    let isDone = Asked()
    let job = Fork(1, with: thread, context: {}) { _, index in
      isDone.count.store(1, ordering: .sequentiallyConsistent)
      return index
    }
    while isDone.count.load(ordering: .sequentiallyConsistent) == 0 {}
    #expect(job.join() == [0])
  }

  @Test func bothThreadsWorkAtTheSameTime() {
    // Each of the two pieces waits for the other one to have begun.
    let begun = Atomic(0)
    let job = Fork(2, with: thread, context: {}) { _, index in
      begun.add(1, ordering: .sequentiallyConsistent)
      while begun.load(ordering: .sequentiallyConsistent) < 2 {}
      return index
    }
    #expect(job.join() == [0, 1])
  }

  @Test func jobsOfManyCallersAreKeptApart() async throws {
    await withTaskGroup(of: Bool.self) { group in
      for caller in 0..<8 {
        group.addTask { [thread] in
          (0..<200).allSatisfy { round in
            Fork(5, with: thread, context: {}) { _, index in [caller, round, index] }.join()
              == (0..<5).map { [caller, round, $0] }
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test func aJobThatNobodyJoinsIsDropped() {
    _ = Fork(100, with: thread, context: {}) { _, index in index }
  }
}
