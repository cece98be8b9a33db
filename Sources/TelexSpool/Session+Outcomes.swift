internal import Glibc

/// A result on its way into the folder.
struct Job {
  let name: [UInt8]
  /// The input as it was read, or judged unread: the result is of this and no other.
  let status: FileStatus
  let readAt: Int64
  let sha256: String?
  let size: Int
  let attempt: Int
  let firstSeen: Moment
  var main: [UInt8]
  var items: [[UInt8]]
  let rejection: (code: String, message: String)?
  /// Seconds since 1970 when it is due again.
  var until: Int64?

  /// The results' names, the main one last.
  var targets: [[UInt8]] { items.indices.map { ResultName.of(name, item: $0 + 1) } + [ResultName.of(name)] }
}

/// From the handler's outcome to a durable, announced result.
extension Session {
  func finished(_ claim: UInt64, _ outcome: Outcome) {
    // Cancelled, or of a session that is over.
    guard let hand = inHand.removeValue(forKey: claim), !isClosed else { return }
    defer { if inHand.isEmpty { publisher.discardPrepared() } }
    survived(hand)
    schedulePump()
    switch outcome {
    case .result(let main, let items, let rejection):
      publish(
        Job(
          name: hand.name, status: hand.status, readAt: hand.readAt, sha256: hand.sha256, size: hand.size,
          attempt: hand.attempt, firstSeen: hand.firstSeen, main: main, items: items,
          rejection: rejection.map { ($0, "") }))
    case .withheld(let main, let items, let until):
      publish(
        Job(
          name: hand.name, status: hand.status, readAt: hand.readAt, sha256: hand.sha256, size: hand.size,
          attempt: hand.attempt, firstSeen: hand.firstSeen, main: main, items: items, rejection: nil, until: until))
    case .incomplete(let code, let message): incomplete(hand, code: code, message: message)
    case .failed(let failure): failed(hand, failure)
    }
    finishDrainingIfIdle()
  }

  func publish(_ job: Job) {
    guard !breaker.isOpen || probe == .running else { return stall(job) }
    var job = job
    var staged: [Publisher.Staged] = []
    do throws(Publisher.Failure) {
      try asFailure { () throws(Errno) in try withdraw(&job) }
      let found = try asFailure { () throws(Errno) in try standings(for: job) }
      try asFailure { () throws(Errno) in
        for bytes in job.items + [job.main] {
          staged.append(try withSpare { () throws(Errno) in try publisher.stage(bytes) })
        }
      }
      guard isStillTheSame(job) else {
        for temporary in staged { publisher.discard(temporary) }
        return
      }
      for (target, standing) in zip(job.targets, found) {
        try publisher.place(staged[0], as: target, over: standing)
        staged.removeFirst()
      }
    } catch {
      for temporary in staged { publisher.discard(temporary) }
      switch error {
      case .conflict: return conflict(job.name)
      case .writing(let error): return publicationFailed(job, error, Fault(writing: error))
      case .placing(let error): return publicationFailed(job, error, Fault(placing: error))
      }
    }
    backlog.update(job.name) { $0.state = .publishing }
    unsynchronized.append(job)
    scheduleFlush()
  }

  /// What stands at the targets; throws where something foreign does, or an item's result would be taken for the
  /// result of another input.
  private func standings(for job: Job) throws(Errno) -> [Ledger.Standing] {
    var standings: [Ledger.Standing] = []
    for target in job.targets {
      var standing = try withSpare { () throws(Errno) in try ledger.standing(of: target) }
      if let input = ResultName.input(of: target), input != job.name,
        (try? fileSystem.status(of: input, at: folder.descriptor)) != nil
      {
        standing = .foreign
      }
      standings.append(standing)
    }
    return standings
  }

  /// The last look at the input before its result gets its name.
  private func isStillTheSame(_ job: Job) -> Bool {
    let found = try? fileSystem.status(of: job.name, at: folder.descriptor)
    if let found, found.isUnchanged(from: job.status) { return true }
    if found == nil {
      report(.gone(name: job.name))
      forget(job.name)
    } else {
      tally.snapshot.superseded += 1
      report(.superseded(name: job.name))
      settle(job.name, for: configuration.quietPeriod)
    }
    return false
  }

  private func scheduleFlush() {
    guard !isFlushScheduled else { return }
    isFlushScheduled = true
    loop.deferToEndOfTick { [weak self] in
      guard let self else { return }
      isFlushScheduled = false
      flush()
    }
  }

  /// Makes the names of all results placed in this turn durable with one fsync, and announces them.
  private func flush() {
    guard !isClosed else { return }
    let jobs = unsynchronized
    unsynchronized = []
    do throws(Errno) {
      try publisher.synchronizeFolder()
    } catch {
      // Whether they would survive is unknown: take them back and make them anew.
      for job in jobs {
        for target in job.targets { try? fileSystem.remove(target, at: folder.descriptor) }
        publicationFailed(job, error, Fault(writing: error))
      }
      return finishDrainingIfIdle()
    }
    for job in jobs { published(job) }
    finishDrainingIfIdle()
  }

  private func published(_ job: Job) {
    for target in job.targets {
      guard let result = try? fileSystem.status(of: target, at: folder.descriptor) else { continue }
      index.insertResult(target, result)
      if target == ResultName.of(job.name), job.until == nil, !isDisposed(isRejected: job.rejection != nil) {
        remember(job.name, job.status, readAt: job.readAt, .ours(nil, result))
      }
    }
    removeItems(of: job.name, from: job.items.count + 1)
    attempts.clear(job.name)
    if !setAside.isEmpty { setAside.remove(StatIndex.entry(name: job.name, input: job.status)) }
    announce(job)
    if backlog[job.name]?.hasChanged == true {
      recovered(job.name)
      backlog.update(job.name) { $0.hasChanged = false }
      settle(job.name, for: configuration.quietPeriod)
    } else {
      forget(job.name)
      if let until = job.until {
        takeAgain(job.name, at: until)
      } else {
        dispose(job.name, job.status, sha256: job.sha256, isRejected: job.rejection != nil)
      }
    }
    schedulePump()
  }

  private func announce(_ job: Job) {
    let latency = job.firstSeen.duration(to: loop.clock.now)
    let publication = SpoolEvent.Publication(
      name: job.name, sha256: job.sha256, size: job.size, result: ResultName.of(job.name), latency: latency,
      attempt: job.attempt)
    tally.snapshot.results += 1
    tally.snapshot.latency.record(latency)
    if let (code, message) = job.rejection {
      tally.snapshot.rejections[code, default: 0] += 1
      report(.rejected(publication, code: code, message: message))
    } else {
      report(.processed(publication))
    }
  }

  private func asFailure<Value>(_ body: () throws(Errno) -> Value) throws(Publisher.Failure) -> Value {
    do throws(Errno) {
      return try body()
    } catch {
      throw .writing(error)
    }
  }
}
