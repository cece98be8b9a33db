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
  let main: [UInt8]
  let items: [[UInt8]]
  let rejection: (code: String, message: String)?

  var result: [UInt8] { ResultName.of(name) }
}

/// From the handler's outcome to a durable, announced result.
extension Session {
  func finished(_ claim: UInt64, _ outcome: Outcome) {
    // Cancelled, or of a session that is over.
    guard let hand = inHand.removeValue(forKey: claim), !isClosed else { return }
    schedulePump()
    switch outcome {
    case .result(let main, let items, let rejection):
      publish(
        Job(
          name: hand.name, status: hand.content.status, readAt: hand.content.readAt, sha256: hand.content.sha256,
          size: hand.content.bytes.count, attempt: hand.attempt, firstSeen: hand.firstSeen, main: main, items: items,
          rejection: rejection.map { ($0, "") }))
    case .incomplete(let code, let message): incomplete(hand, code: code, message: message)
    case .failed(let failure): failed(hand, failure)
    }
    finishDrainingIfIdle()
  }

  func publish(_ job: Job) {
    var staged: [Publisher.Staged] = []
    do throws(Publisher.Failure) {
      let targets = job.items.indices.map { ResultName.of(job.name, item: $0 + 1) } + [job.result]
      var standings: [Ledger.Standing] = []
      try system { () throws(Errno) in
        for target in targets { standings.append(try ledger.standing(of: target)) }
      }
      if standings.contains(.foreign) { throw .conflict }
      try system { () throws(Errno) in
        for bytes in job.items + [job.main] { staged.append(try publisher.stage(bytes)) }
      }
      guard isStillTheSame(job) else {
        for temporary in staged { publisher.discard(temporary) }
        return
      }
      for (target, standing) in zip(targets, standings) {
        try publisher.place(staged[0], as: target, over: standing)
        staged.removeFirst()
      }
    } catch {
      for temporary in staged { publisher.discard(temporary) }
      switch error {
      case .conflict: return conflict(job.name)
      case .system(let error): return publicationFailed(job, error)
      }
    }
    backlog.update(job.name) { $0.state = .publishing }
    unsynchronized.append(job)
    scheduleFlush()
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
        try? fileSystem.remove(job.result, at: folder.descriptor)
        publicationFailed(job, error)
      }
      return
    }
    for job in jobs { published(job) }
    finishDrainingIfIdle()
  }

  private func published(_ job: Job) {
    if let result = try? fileSystem.status(of: job.result, at: folder.descriptor) {
      index.insertResult(job.result, result)
      if job.sha256 != nil { remember(job.name, job.status, readAt: job.readAt, .ours(nil, result)) }
    }
    let latency = job.firstSeen.duration(to: loop.clock.now)
    let publication = SpoolEvent.Publication(
      name: job.name, sha256: job.sha256, size: job.size, result: job.result, latency: latency, attempt: job.attempt)
    tally.snapshot.results += 1
    tally.snapshot.latency.record(latency)
    if let (code, message) = job.rejection {
      tally.snapshot.rejections[code, default: 0] += 1
      report(.rejected(publication, code: code, message: message))
    } else {
      report(.processed(publication))
    }
    if backlog[job.name]?.hasChanged == true {
      backlog.update(job.name) { $0.hasChanged = false }
      settle(job.name, for: configuration.quietPeriod)
    } else {
      forget(job.name)
    }
    schedulePump()
  }

  private func system(_ body: () throws(Errno) -> Void) throws(Publisher.Failure) {
    do throws(Errno) {
      try body()
    } catch {
      throw .system(error)
    }
  }
}
