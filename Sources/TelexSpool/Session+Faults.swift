internal import Glibc

/// What passes: obstacles after which a file is tried again.
extension Session {
  private static let backoff = (first: Duration.seconds(1), last: Duration.seconds(300))

  func claimFailed(_ name: [UInt8], _ error: Errno) {
    tally.snapshot.retries[error.name, default: 0] += 1
    switch error.code {
    case EACCES, EPERM: wait(name, .permission, for: nil)
    case EMFILE, ENFILE: wait(name, .descriptors, for: .milliseconds(500))
    default: waitLonger(name, .inputOutput)
    }
  }

  func publicationFailed(_ job: Job, _ error: Errno) {
    tally.snapshot.retries[error.name, default: 0] += 1
    waitLonger(job.name, .inputOutput)
  }

  func conflict(_ name: [UInt8]) {
    report(.nameConflict(name: name, result: ResultName.of(name)))
    wait(name, .nameConflict, for: nil)
  }

  func incomplete(_ hand: InHand, code: String, message: String) {
    wait(hand.name, .incomplete, for: configuration.grace)
  }

  func failed(_ hand: InHand, _ failure: Outcome.Failure) {
    report(
      .workerFailed(
        name: hand.name, sha256: hand.content.sha256, failure: failure, attempt: hand.attempt))
    waitLonger(hand.name, .retry)
  }

  /// One second, doubled with each try up to five minutes.
  private func waitLonger(_ name: [UInt8], _ reason: WaitingReason) {
    let tries = backlog[name]?.tries ?? 0
    wait(name, reason, for: min(Self.backoff.first * (1 << min(tries, 9)), Self.backoff.last))
  }

  /// Without a duration: until something happens to the file, or a rescan.
  func wait(_ name: [UInt8], _ reason: WaitingReason, for duration: Duration?) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    let timer = duration.map { after($0) { $0.retry(name) } }
    backlog.update(name) {
      $0.state = .waiting(reason)
      $0.tries += 1
      $0.timer = timer
      if $0.rank == .fresh { $0.rank = .retry }
    }
  }

  private func retry(_ name: [UInt8]) {
    guard let entry = backlog[name], case .waiting = entry.state else { return }
    ready(name)
  }
}
