internal import Glibc

/// What passes: obstacles after which a file is tried again, and pauses of everything.
extension Session {
  private static let backoff = (first: Duration.seconds(1), last: Duration.seconds(300))
  private static let probePeriod = Duration.seconds(5)
  private static let shortagePeriod = Duration.milliseconds(500)

  /// A system call on the input failed.
  func claimFailed(_ name: [UInt8], _ error: Errno) {
    switch Fault(reading: error) {
    case .gone: forget(name)
    case .permission:
      failed(name, error)
      wait(name, .permission, for: nil)
    case .descriptors:
      runShort(error)
      wait(name, .descriptors, for: Self.shortagePeriod)
    case .exhausted, .folder, .passing:
      failed(name, error)
      waitLonger(name, .inputOutput)
    }
  }

  /// A system call on the result failed.
  func publicationFailed(_ job: Job, _ error: Errno, _ fault: Fault) {
    switch fault {
    case .exhausted: trip(job, error)
    case .descriptors:
      runShort(error)
      wait(job.name, .descriptors, for: Self.shortagePeriod)
    case .folder:
      count(error)
      lost(.workspace)
    case .permission:
      failed(job.name, error)
      wait(job.name, .permission, for: nil)
    case .gone, .passing:
      failed(job.name, error)
      waitLonger(job.name, .inputOutput)
    }
  }

  private func count(_ error: Errno) { tally.snapshot.retries[error.name, default: 0] += 1 }

  private func failed(_ name: [UInt8], _ error: Errno) {
    count(error)
    if let event = episodes.failed(name, error, at: loop.clock.now) { report(event) }
  }

  /// The file is through, or gone: a success on the way is not the end of its trouble.
  func recovered(_ name: [UInt8]) {
    if let event = episodes.recovered(name, at: loop.clock.now) { report(event) }
  }

  // MARK: Nothing can be written

  private func trip(_ job: Job, _ error: Errno) {
    count(error)
    stall(job)
    probe = .failed
    guard let event = breaker.trip(error, name: nil, at: loop.clock.now) else { return }
    report(event)
    after(Self.probePeriod) { $0.probeWriting() }
  }

  /// Keeps the result until it can be written: there are no more of them than the handler has hands.
  func stall(_ job: Job) {
    guard backlog[job.name] != nil else { return }
    backlog.update(job.name) { $0.state = .stalled }
    stalled.append(job)
  }

  /// Tries what could not be written, up to the first that still can't; where nothing is left of it, a small file.
  private func probeWriting() {
    let jobs = stalled
    stalled = []
    probe = .running
    if jobs.isEmpty {
      do throws(Errno) {
        publisher.discard(try publisher.stage([UInt8](repeating: 0, count: 4096)))
      } catch {
        count(error)
        probe = .failed
      }
    }
    for job in jobs { publish(job) }
    let hasFailed = probe == .failed
    probe = nil
    if hasFailed {
      after(Self.probePeriod) { $0.probeWriting() }
    } else {
      if let event = breaker.close(at: loop.clock.now) { report(event) }
      schedulePump()
    }
  }

  // MARK: No descriptors

  func withSpare<Value>(_ body: () throws(Errno) -> Value) throws(Errno) -> Value {
    try spare.lend(body) { runShort($0) }
  }

  private func runShort(_ error: Errno) {
    count(error)
    guard let event = shortage.trip(error, name: nil, at: loop.clock.now) else { return }
    report(event)
    after(Self.shortagePeriod) { $0.shortageMayBeOver() }
  }

  private func shortageMayBeOver() {
    guard spare.restore() else {
      after(Self.shortagePeriod) { $0.shortageMayBeOver() }
      return
    }
    if let event = shortage.close(at: loop.clock.now) { report(event) }
    schedulePump()
  }

  // MARK: Waiting

  func conflict(_ name: [UInt8]) {
    if backlog[name]?.lastReason != .nameConflict {
      report(.nameConflict(name: name, result: ResultName.of(name)))
    }
    wait(name, .nameConflict, for: nil)
  }

  /// One second, doubled with each try up to five minutes, and up to an eighth more: files that failed together don't
  /// come back together.
  func waitLonger(_ name: [UInt8], _ reason: WaitingReason) {
    let delay = min(Self.backoff.first * (1 << min(backlog[name]?.tries ?? 0, 9)), Self.backoff.last)
    let spread = name.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFF }
    wait(name, reason, for: delay + delay * spread / 2048)
  }

  /// Without a duration: until something happens to the file, or a rescan.
  func wait(_ name: [UInt8], _ reason: WaitingReason, for duration: Duration?) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    let timer = duration.map { after($0) { $0.retry(name) } }
    backlog.update(name) {
      $0.state = .waiting(reason)
      $0.lastReason = reason
      $0.tries += 1
      $0.timer = timer
      if $0.rank != .suspect { $0.rank = .retry }
    }
    setAsideIfCrowded(name)
  }

  private func retry(_ name: [UInt8]) {
    guard let entry = backlog[name], case .waiting = entry.state else { return }
    ready(name)
  }

  func retryAll(_ reason: WaitingReason) {
    for (name, entry) in backlog.entries where entry.state == .waiting(reason) { ready(name) }
  }

  /// What can't go on must not keep out what can: beyond half of the room, such names are left to the folder.
  func setAsideIfCrowded(_ name: [UInt8]) {
    guard backlog.idleCount > max(1, backlog.limit / 2) else { return }
    if let status = try? fileSystem.status(of: name, at: folder.descriptor) {
      setAside.insert(StatIndex.entry(name: name, input: status))
    }
    forget(name)
  }
}
