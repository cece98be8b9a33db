internal import Glibc

/// Dispatches that end in a refusal after having been read: incomplete ones, and those that kill their workers.
extension Session {
  /// A structured format ends too early: its writer may come back, until the grace period is over.
  func incomplete(_ hand: InHand, code: String, message: String) {
    guard let entry = backlog[hand.name] else { return }
    backlog.update(hand.name) { $0.incomplete = (hand.sha256, code, message) }
    let left = configuration.grace - entry.lastChange.duration(to: loop.clock.now)
    wait(hand.name, .incomplete, for: max(left, .zero))
  }

  func isGraceOver(_ entry: Backlog.Entry) -> Bool {
    entry.lastChange.duration(to: loop.clock.now) >= configuration.grace
  }

  func truncated(
    _ name: [UInt8], _ entry: Backlog.Entry, _ content: Claiming.Content,
    _ pending: (sha256: String, code: String, message: String)
  ) {
    reject(name, entry, content, attempt: 1, code: pending.code, message: pending.message)
  }

  /// A worker died: once more, alone; the third death condemns.
  func failed(_ hand: InHand, _ failure: Outcome.Failure) {
    report(.workerFailed(name: hand.name, sha256: hand.sha256, failure: failure, attempt: hand.attempt))
    remembering("attempts") { () throws(Errno) in
      _ = try attempts.failed(hand.name, sha256: hand.sha256, failure)
    }
    backlog.update(hand.name) { $0.rank = .suspect }
    ready(hand.name)
  }

  func condemn(_ record: Attempts.Record, _ entry: Backlog.Entry, _ content: Claiming.Content) {
    let isDaemons = record.failures < Attempts.failuresAllowed
    let code = isDaemons ? Outcome.Failure.crash.rawValue : record.lastFailure.rawValue
    let count = isDaemons ? record.deaths + 1 : record.failures
    let message =
      isDaemons
      ? "the service itself died \(count) times with this dispatch in hand"
      : "the analysis ended \(count) times without an answer, the last time by \(code)"
    do throws(Errno) {
      try Quarantine(folder: folder, fileSystem: fileSystem).keep(
        record, code: code, message: message, content: content.bytes)
      tally.snapshot.quarantined += 1
      report(
        .quarantined(
          name: record.name, sha256: record.sha256, code: code, attempts: count,
          directory: Quarantine.path(sha256: record.sha256)))
    } catch {
      report(.stateFailed(file: "quarantine", errno: error))
    }
    reject(record.name, entry, content, attempt: record.nextAttempt - 1, code: code, message: message)
  }

  private func reject(
    _ name: [UInt8], _ entry: Backlog.Entry, _ content: Claiming.Content, attempt: Int, code: String, message: String
  ) {
    let refusal = Refusal(
      name: name, size: content.bytes.count, sha256: content.sha256, code: code, message: message)
    publish(
      Job(
        name: name, status: content.status, readAt: content.readAt, sha256: content.sha256,
        size: content.bytes.count, attempt: attempt, firstSeen: entry.firstSeen, main: handler.refusal(refusal),
        items: [], rejection: (code, message)))
  }

  /// The daemon has not died with this one in hand.
  func survived(_ hand: InHand) {
    guard hand.isRecorded else { return }
    remembering("attempts") { () throws(Errno) in try attempts.survived(hand.name, sha256: hand.sha256) }
  }

  /// Runs what writes to the state directory: its failure is told, and stops nothing.
  func remembering(_ file: String, _ body: () throws(Errno) -> Void) {
    do throws(Errno) {
      try body()
    } catch {
      report(.stateFailed(file: file, errno: error))
    }
  }
}
