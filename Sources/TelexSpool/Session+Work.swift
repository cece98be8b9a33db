internal import Glibc

/// From a ready name to a dispatch in the handler's hands.
extension Session {
  /// Claims taken in one turn of the loop at most, so that events and outcomes are served in between.
  private static let claimsPerTurn = 32
  /// Between two looks at a file that somebody is writing, where no event tells of the end: first and last.
  private static let busyPatience = (first: Duration.milliseconds(20), last: Duration.seconds(2))

  func schedulePump() {
    guard !isPumpScheduled else { return }
    isPumpScheduled = true
    loop.deferToEndOfTick { [weak self] in
      guard let self else { return }
      isPumpScheduled = false
      pump()
    }
  }

  private func pump() {
    guard !isClosed, !isDraining else { return }
    for _ in 0..<Self.claimsPerTurn {
      guard handler.capacity > 0, let name = backlog.takeNext(allowsSuspect: inHand.isEmpty) else {
        return refillIfDrained()
      }
      claim(name)
    }
    schedulePump()
  }

  private func claim(_ name: [UInt8]) {
    guard let entry = backlog[name] else { return }
    if let marker = configuration.marker, (try? fileSystem.status(of: name + marker, at: folder.descriptor)) == nil {
      return forget(name)
    }
    let now = loop.clock.now
    var settled: FileStatus?
    if let sample = entry.sample, sample.at.duration(to: now) >= configuration.quietPeriod { settled = sample.status }
    do throws(Errno) {
      switch try claiming.take(name, settled: settled) {
      case .gone: forget(name)
      case .notAFile:
        tally.snapshot.ignored += 1
        forget(name)
      case .busy, .changing:
        let patience = Self.busyPatience.first * (1 << min(entry.tries, 7))
        backlog.update(name) { $0.tries += 1 }
        settle(name, for: min(patience, Self.busyPatience.last))
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

  private func begin(_ name: [UInt8], _ entry: Backlog.Entry, _ content: Claiming.Content) throws(Errno) {
    let standing = try ledger.standing(of: ResultName.of(name))
    let size = content.bytes.count
    switch ledger.verdict(standing, name: name, sha256: content.sha256, size: size) {
    case .done:
      remember(name, content.status, readAt: content.readAt, standing)
      return forget(name)
    case .outdated where !configuration.renewsOldResults: return forget(name)
    case .outdated where entry.rank == .fresh:
      // There is a result: what has none goes first.
      backlog.update(name) { $0.rank = .recheck }
      return ready(name)
    case .outdated, .open: break
    }
    if standing == .foreign { return conflict(name) }
    let id = tally.nextClaim()
    let attempt = 1
    inHand[id] = InHand(
      name: name, content: content, attempt: attempt, firstSeen: entry.firstSeen, isIsolated: false)
    backlog.update(name) { $0.state = .inHand(claim: id) }
    let claim = Claim(id: id, name: name, bytes: content.bytes, sha256: content.sha256, attempt: attempt)
    handler.begin(claim) { [weak self] outcome in self?.finished(id, outcome) }
  }

  private func refuse(
    _ name: [UInt8], _ entry: Backlog.Entry, code: String, message: String, status: FileStatus
  ) throws(Errno) {
    let standing = try ledger.standing(of: ResultName.of(name))
    if ledger.verdict(standing, name: name, sha256: nil, size: status.size) == .done { return forget(name) }
    publish(
      Job(
        name: name, status: status, readAt: loop.clock.wall, sha256: nil, size: status.size, attempt: 1,
        firstSeen: entry.firstSeen,
        main: handler.refusal(
          Refusal(name: name, size: status.size, sha256: nil, code: code, message: message)),
        items: [], rejection: (code, message)))
  }

  /// Enters into the index that input and result agree.
  func remember(_ name: [UInt8], _ input: FileStatus, readAt: Int64, _ standing: Ledger.Standing) {
    guard case .ours(_, let result) = standing, StatIndex.isTrustworthy(input, readAt: readAt) else { return }
    index.insert(StatIndex.entry(name: name, input: input, result: result, current: handler.current))
  }
}
