package import TelexSpool

/// What the spool hands dispatches to: the workers for the analysis, and here only what needs none of their hostile
/// bytes.
package final class DispatchHandler: Handler {
  private let pool: WorkerPool
  private let faults: TestFaults
  /// Statements of kill notices that have been read once.
  private var withdrawals: [[UInt8]: Withdrawal] = [:]
  /// Fingerprint of the configuration in force.
  package var fingerprint: String

  package init(pool: WorkerPool, fingerprint: String, faults: String?) {
    self.pool = pool
    self.fingerprint = fingerprint
    self.faults = TestFaults(environment: faults)
  }

  package var capacity: Int { pool.capacity }

  package func begin(_ claim: Claim, completion: @escaping (Outcome) -> Void) {
    faults.strikeDaemon(claim.bytes)
    pool.begin(claim, completion: completion)
  }

  package func cancel(_ claim: UInt64) { pool.cancel(claim) }

  package func refusal(_ refusal: Refusal) -> [UInt8] { Engine.refusal(refusal, configuration: fingerprint) }

  package func identity(ofResult bytes: [UInt8]) -> ResultIdentity? { Engine.identity(ofResult: bytes) }

  package func withdrawal(in result: [UInt8]) -> [UInt8]? { Withdrawal(result: result)?.encoded() }

  package func withdrawn(_ result: [UInt8], by statements: [[UInt8]]) -> [UInt8]? {
    guard let head = ResultHead(of: result) else { return nil }
    for statement in statements {
      if withdrawals[statement] == nil { withdrawals[statement] = Withdrawal(statement: statement) }
      if let withdrawal = withdrawals[statement], withdrawal.concerns(head) { return withdrawal.marked(result) }
    }
    return nil
  }

  package func list(_ main: [UInt8], withdrawing names: [[UInt8]]) -> [UInt8]? {
    Withdrawal.marked(list: main, names: names)
  }

  package var current: (version: String, configuration: String) { (telexVersion, fingerprint) }
}
