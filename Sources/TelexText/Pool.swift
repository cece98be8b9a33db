import Synchronization

/// Things that cost something to make, that one thread at a time may use and that are the better for having been used: each is
/// kept for the next who needs one.
package final class Pool<Element>: Sendable {
  private struct Spare: Sendable {
    // Never used by two threads at a time: it is in the pool or in one loan.
    nonisolated(unsafe) let element: Element
  }

  /// An element that nobody else uses for as long as the loan exists.
  package final class Loan {
    package let element: Element
    private let pool: Pool

    fileprivate init(_ element: Element, of pool: Pool) {
      self.element = element
      self.pool = pool
    }

    deinit { pool.keep(Spare(element: element)) }
  }

  private let spares = Mutex<[Spare]>([])
  private let most: Int
  private let make: @Sendable () -> Element

  /// - Parameters:
  ///   - most: how many are kept that nobody uses.
  ///   - make: makes one more, where all are in use.
  package init(most: Int, _ make: @escaping @Sendable () -> Element) {
    self.most = most
    self.make = make
  }

  /// Lends one for as long as `body` runs.
  package func lend<Result>(_ body: (Element) -> Result) -> Result {
    let loan = loan()
    // A loan that is not looked at again would be over before the body is.
    return withExtendedLifetime(loan) { body(loan.element) }
  }

  /// Lends one for as long as the caller keeps the loan.
  package func loan() -> Loan { Loan(spares.withLock { $0.popLast() }?.element ?? make(), of: self) }

  private func keep(_ spare: Spare) {
    spares.withLock { if $0.count < most { $0.append(spare) } }
  }
}
