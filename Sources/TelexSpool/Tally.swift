/// What outlives a session in memory: the counters, and the numbering of claims.
final class Tally {
  var snapshot = SpoolSnapshot()
  private var lastClaim: UInt64 = 0

  func nextClaim() -> UInt64 {
    lastClaim += 1
    return lastClaim
  }
}
