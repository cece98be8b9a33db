package import TelexSpool

/// What the spool hands dispatches to: the workers for the analysis, and here only what needs none of their hostile
/// bytes.
package final class DispatchHandler: Handler {
  private let pool: WorkerPool
  private let faults: TestFaults
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

  package var current: (version: String, configuration: String) { (telexVersion, fingerprint) }
}
