internal import Glibc

/// From a ready name to a dispatch in the handler's hands.
extension Session {
  /// Claims taken in one turn of the loop at most, so that events and outcomes are served in between.
  private static let claimsPerTurn = 32
  /// Between two looks at a file that somebody is writing, where no event tells of the end: first and last.
  private static let busyPatience = (first: Duration.milliseconds(20), last: Duration.seconds(2))
  /// How long a suspect waits for a moment when nothing else is to be done.
  private static let suspectPatience = Duration.seconds(10)

  func schedulePump() {
    guard !isPumpScheduled else { return }
    isPumpScheduled = true
    loop.deferToEndOfTick { [weak self] in
      guard let self else { return }
      isPumpScheduled = false
      pump()
    }
  }

  private var isTaking: Bool {
    !isClosed && !isDraining && !breaker.isOpen && !shortage.isOpen && !inHand.values.contains { $0.isIsolated }
  }

  private func pump() {
    for _ in 0..<Self.claimsPerTurn {
      guard isTaking, handler.capacity > 0 else { return }
      guard let name = next() else { return drainedBacklog() }
      claim(name)
    }
    schedulePump()
  }

  /// A suspect that has waited long enough comes first. Where it may have killed the daemon, it must be alone: nothing is
  /// taken until all hands are empty.
  private func next() -> [UInt8]? {
    if let since = suspectSince, since.duration(to: loop.clock.now) >= Self.suspectPatience {
      if attempts.hasDeaths, !inHand.isEmpty { return nil }
      suspectSince = nil
      if let name = backlog.takeSuspect() {
        suspectSince = loop.clock.now
        return name
      }
    }
    return backlog.takeNext(allowsSuspect: inHand.isEmpty)
  }

  private func drainedBacklog() {
    refillIfDrained()
    // The backlog that the unclean end left is through.
    if isRecording, rescan.isFirstDone, rescan.scanner == nil, inHand.isEmpty, backlog.isIdle { isRecording = false }
  }

  private func claim(_ name: [UInt8]) {
    guard let entry = backlog[name] else { return }
    guard rules.verdict(on: name) == .input, isMarked(name) else { return forget(name) }
    let now = loop.clock.now
    var settled: FileStatus?
    if let sample = entry.sample, sample.at.duration(to: now) >= configuration.quietPeriod { settled = sample.status }
    do throws(Errno) {
      let taken = try withSpare { () throws(Errno) in try claiming.take(name, settled: settled) }
      switch taken {
      case .gone:
        attempts.clear(name)
        forget(name)
      case .notAFile: forget(name)
      case .busy, .changing:
        let patience = Self.busyPatience.first * (1 << min(entry.tries, 7))
        backlog.update(name) { $0.tries += 1 }
        settle(name, for: min(patience, Self.busyPatience.last))
        setAsideIfCrowded(name)
      case .undecided(let status):
        backlog.update(name) { $0.sample = (status, now) }
        settle(name, for: configuration.quietPeriod)
      case .refused(let code, let message, let status):
        try refuse(name, entry, code: code, message: message, status: status)
      case .taken(let content): try begin(name, entry, content)
      }
    } catch {
      claimFailed(name, error)
    }
  }

  private func isMarked(_ name: [UInt8]) -> Bool {
    guard let marker = configuration.marker else { return true }
    return (try? fileSystem.status(of: name + marker, at: folder.descriptor)) != nil
  }

  private func begin(_ name: [UInt8], _ entry: Backlog.Entry, _ content: Claiming.Content) throws(Errno) {
    let standing = try withSpare { () throws(Errno) in try ledger.standing(of: ResultName.of(name)) }
    switch ledger.verdict(standing, name: name, sha256: content.sha256, size: content.bytes.count) {
    case .done:
      if let until = embargo(of: standing) {
        guard isOver(until) else {
          forget(name)
          return takeAgain(name, at: until)
        }
        break
      }
      return alreadyDone(name, content.status, sha256: content.sha256, readAt: content.readAt, standing)
    case .outdated where !configuration.renewsOldResults: return forget(name)
    case .outdated where entry.rank == .fresh:
      // There is a result: what has none goes first.
      backlog.update(name) { $0.rank = .recheck }
      return ready(name)
    case .outdated, .open: break
    }
    if standing == .foreign { return conflict(name) }
    if entry.origin == .periodicScan, tally.snapshot.mode == .events { tally.snapshot.foundOnlyByRescan += 1 }
    if let pending = entry.incomplete, pending.sha256 == content.sha256, isGraceOver(entry) {
      return truncated(name, entry, content, pending)
    }
    hand(over: name, entry, content)
  }

  private func hand(over name: [UInt8], _ entry: Backlog.Entry, _ content: Claiming.Content) {
    let record = attempts.record(of: name, sha256: content.sha256)
    if let record, record.isCondemned { return condemn(record, entry, content) }
    let isIsolated = (record?.deaths ?? 0) > 0
    if isIsolated, !inHand.isEmpty {
      backlog.update(name) { $0.rank = .suspect }
      return ready(name)
    }
    let attempt = record?.nextAttempt ?? 1
    if isIsolated { report(.suspect(name: name, attempt: attempt)) }
    if isRecording { remembering("attempts") { () throws(Errno) in try attempts.begun(name, sha256: content.sha256) } }
    let id = tally.nextClaim()
    inHand[id] = InHand(
      name: name, status: content.status, readAt: content.readAt, sha256: content.sha256, size: content.bytes.count,
      attempt: attempt, firstSeen: entry.firstSeen, isIsolated: isIsolated, isRecorded: isRecording)
    backlog.update(name) { $0.state = .inHand(claim: id) }
    let claim = Claim(id: id, name: name, bytes: content.bytes, sha256: content.sha256, attempt: attempt)
    handler.begin(claim) { [weak self] outcome in self?.finished(id, outcome) }
    if !inHand.isEmpty { publisher.prepare() }
  }

  /// A refusal of a file that was not read.
  private func refuse(
    _ name: [UInt8], _ entry: Backlog.Entry, code: String, message: String, status: FileStatus
  ) throws(Errno) {
    let standing = try withSpare { () throws(Errno) in try ledger.standing(of: ResultName.of(name)) }
    if ledger.verdict(standing, name: name, sha256: nil, size: status.size) == .done {
      return alreadyDone(name, status, sha256: nil, readAt: loop.clock.wall, standing)
    }
    let refusal = Refusal(name: name, size: status.size, sha256: nil, code: code, message: message)
    publish(
      Job(
        name: name, status: status, readAt: loop.clock.wall, sha256: nil, size: status.size, attempt: 1,
        firstSeen: entry.firstSeen, main: handler.refusal(refusal), items: [], rejection: (code, message)))
  }

  private func alreadyDone(
    _ name: [UInt8], _ input: FileStatus, sha256: String?, readAt: Int64, _ standing: Ledger.Standing
  ) {
    remember(name, input, readAt: readAt, standing)
    attempts.clear(name)
    forget(name)
    // A kill between publication and move leaves the move to be done.
    if case .ours(let identity?, _) = standing {
      dispose(name, input, sha256: sha256, isRejected: identity.rejection != nil)
    }
  }

  /// Enters into the index that input and result agree.
  func remember(_ name: [UInt8], _ input: FileStatus, readAt: Int64, _ standing: Ledger.Standing) {
    guard case .ours(_, let result) = standing, StatIndex.isTrustworthy(input, readAt: readAt) else { return }
    index.insert(StatIndex.entry(name: name, input: input, result: result, current: handler.current))
  }
}
