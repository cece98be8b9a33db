internal import Glibc

/// From what the kernel says to what is to be done with a name.
extension Session {
  /// Reads of 64 kB in one turn at most: a flood of events leaves room for work.
  private static let readsPerTurn = 16

  func openWatch() {
    do throws(Errno) {
      let watch = try Watch(folder: folder.descriptor, fileSystem: fileSystem)
      closeWatch()
      self.watch = watch
      loop.add(watch.descriptor, .readable) { [weak self] _ in self?.readEvents() }
      if folder.fileSystemType.isShared { poll(.fileSystem(folder.fileSystemType.name)) } else { trustEvents() }
    } catch {
      watchFailed(error)
    }
  }

  func closeWatch() {
    guard let watch else { return }
    loop.remove(watch.descriptor)
    watch.close()
    self.watch = nil
  }

  func readEvents() {
    for _ in 0..<Self.readsPerTurn {
      guard !isClosed, let watch, let events = try? watch.next(), !events.isEmpty else { return }
      for event in events {
        handle(event)
        if isClosed { return }
      }
    }
  }

  private func handle(_ event: Watch.Event) {
    tally.snapshot.inotifyEvents += 1
    // Before anything that looks at the name: an overflow bears none.
    if event.isOverflow { return overflowed() }
    if event.isEnd { return lost(event.has(.unmount) ? .unmounted : .replaced) }
    rescan.lastEvent = loop.clock.now
    guard !event.name.isEmpty else {
      // The folder itself: its rights may have been given back.
      return event.has(.attributes) ? retryAll(.permission) : ()
    }
    if event.name == Heartbeat.cookieName { return cookieSeen() }
    switch rules.verdict(on: event.name) {
    case .input: handle(event, on: event.name)
    case .marker(let name):
      if event.has([.create, .closeWrite, .movedTo]) { arrived(name, after: .zero) }
    case .result:
      // A result that goes away makes its input undone; a foreign one that goes ends a conflict. An input that is being
      // worked on, or waits for another reason, has no need to be told: we may have taken its result back ourselves.
      guard event.has([.delete, .movedFrom]), let name = ResultName.input(of: event.name), !isGone(name) else { return }
      switch backlog[name]?.state {
      case nil, .publishing, .waiting(.nameConflict): arrived(name, after: configuration.quietPeriod)
      case .settling, .ready, .inHand, .stalled, .waiting: break
      }
    case .ignored: break
    }
  }

  private func handle(_ event: Watch.Event, on name: [UInt8]) {
    if event.has([.movedTo, .closeWrite]) {
      arrived(name, after: .zero)
    } else if event.has([.create, .modify]) {
      // A hard link shows as CREATE only, a truncation by path as MODIFY only.
      arrived(name, after: configuration.quietPeriod)
    } else if event.has(.attributes) {
      attributesChanged(name)
    } else if event.has([.delete, .movedFrom]) {
      left(name)
    }
  }

  /// Something was written, or put, under this name. It is looked at when it has stood still for `delay`.
  func arrived(_ name: [UInt8], after delay: Duration, rank: Backlog.Rank = .fresh) {
    let now = loop.clock.now
    guard let entry = backlog[name] else {
      let state: Backlog.State = delay == .zero ? .ready : .settling
      let rank = attempts.isSuspect(name) ? .suspect : rank
      if rank == .fresh { tally.snapshot.arrivals += 1 }
      guard backlog.enter(name, Backlog.Entry(state: state, seen: now, origin: .event, rank: rank)) else {
        return rescanWhenDrained()
      }
      return delay == .zero ? ready(name) : settle(name, for: delay)
    }
    switch entry.state {
    case .publishing: return backlog.update(name) { $0.hasChanged = true }
    case .inHand(let claim): abandon(claim, because: .superseded(name: name))
    case .stalled: stalled.removeAll { $0.name == name }
    case .settling, .ready, .waiting: break
    }
    backlog.update(name) {
      $0.lastChange = now
      $0.origin = .event
      $0.tries = 0
      $0.sample = nil
      $0.incomplete = nil
      if $0.rank == .retry { $0.rank = .fresh }
    }
    if delay == .zero { ready(name) } else if entry.state != .ready { settle(name, for: delay) }
  }

  private func attributesChanged(_ name: [UInt8]) {
    guard let entry = backlog[name] else {
      return arrived(name, after: configuration.quietPeriod, rank: .recheck)
    }
    if entry.state == .waiting(.permission) { ready(name) }
  }

  private func left(_ name: [UInt8]) {
    if let entry = backlog[name] {
      if case .inHand(let claim) = entry.state { abandon(claim, because: .gone(name: name)) }
      stalled.removeAll { $0.name == name }
      if entry.state != .publishing { forget(name) }
    }
    removeResults(ofDeleted: name)
  }

  /// Looks at the name once nothing has happened to it for `delay`.
  func settle(_ name: [UInt8], for delay: Duration) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    let timer = after(delay) { session in
      if session.backlog[name]?.state == .settling { session.ready(name) }
    }
    backlog.update(name) {
      $0.state = .settling
      $0.timer = timer
    }
  }

  func ready(_ name: [UInt8]) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    backlog.update(name) { $0.timer = nil }
    backlog.makeReady(name)
    if entry.rank == .suspect, suspectSince == nil { suspectSince = loop.clock.now }
    schedulePump()
  }

  func forget(_ name: [UInt8]) {
    guard let entry = backlog.remove(name) else { return }
    loop.cancel(entry.timer)
    recovered(name)
  }

  /// The handler's outcome of this claim is of no interest any more.
  private func abandon(_ claim: UInt64, because event: SpoolEvent) {
    guard let hand = inHand.removeValue(forKey: claim) else { return }
    if inHand.isEmpty { publisher.discardPrepared() }
    handler.cancel(claim)
    survived(hand)
    if case .superseded = event { tally.snapshot.superseded += 1 }
    report(event)
    schedulePump()
    finishDrainingIfIdle()
  }
}
