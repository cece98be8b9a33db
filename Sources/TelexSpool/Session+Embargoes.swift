internal import Glibc

/// Inputs whose result is withheld: taken again when their hour has come on the wall clock, which may be set meanwhile.
/// After a restart the first listing finds the notices and waits on.
extension Session {
  /// Between two looks at the wall clock.
  private static let longestWait = Duration.seconds(30)

  /// The hour of a notice; nil for a result that stands.
  func embargo(of standing: Ledger.Standing) -> Int64? {
    if case .ours(let identity?, _) = standing { identity.until } else { nil }
  }

  func isOver(_ until: Int64) -> Bool { loop.clock.wall / 1_000_000_000 >= until }

  func takeAgain(_ name: [UInt8], at until: Int64) {
    loop.cancel(embargoes[name])
    let left = until - loop.clock.wall / 1_000_000_000
    embargoes[name] = after(min(.seconds(max(left, 0)), Self.longestWait)) { session in
      session.embargoes[name] = nil
      guard session.isOver(until) else { return session.takeAgain(name, at: until) }
      session.arrived(name, after: .zero, rank: .recheck)
    }
  }
}
