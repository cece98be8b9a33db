import Synchronization
import TelexText
import Testing

@Suite struct PoolTests {
  private final class Numbered: Sendable {
    let number: Int
    init(_ number: Int) { self.number = number }
  }

  private final class Counter: Sendable {
    let count = Atomic(0)
    func next() -> Numbered { Numbered(count.add(1, ordering: .relaxed).newValue) }
  }

  @Test func oneThatIsGivenBackIsLentAgain() {
    let counter = Counter()
    let pool = Pool(most: 1) { counter.next() }
    for _ in 0..<5 {
      #expect(pool.loan().element.number == 1)
      #expect(pool.lend { $0.number } == 1)
    }
  }

  @Test func oneThatIsLentToABodyIsNobodyElses() {
    let counter = Counter()
    let pool = Pool(most: 2) { counter.next() }
    pool.lend { first in
      pool.lend { second in #expect(first.number != second.number) }
    }
  }

  @Test func noneIsLentTwiceAtATime() {
    let counter = Counter()
    let pool = Pool(most: 2) { counter.next() }
    let first = pool.loan()
    let second = pool.loan()
    #expect(first.element.number != second.element.number)
    withExtendedLifetime((first, second)) {}
  }

  @Test func noMoreAreKeptThanTold() {
    let counter = Counter()
    let pool = Pool(most: 1) { counter.next() }
    var loans = [pool.loan(), pool.loan(), pool.loan()]
    #expect(counter.count.load(ordering: .relaxed) == 3)
    loans.removeAll()
    loans = [pool.loan(), pool.loan()]
    #expect(counter.count.load(ordering: .relaxed) == 4)
    #expect(loans.count == 2)
  }
}
