internal import Glibc

/// From what the kernel says to what is to be done with a name.
extension Session {
  func openWatch() {
    do throws(Errno) {
      let watch = try Watch(folder: folder.descriptor, fileSystem: fileSystem)
      self.watch = watch
      tally.snapshot.mode = .events
      loop.add(watch.descriptor, .readable) { [weak self] _ in self?.readEvents() }
    } catch {
      tally.snapshot.mode = .polling
      tally.snapshot.pollingReason = .unavailable(error)
      report(.polling(.unavailable(error)))
    }
  }

  func closeWatch() {
    guard let watch else { return }
    loop.remove(watch.descriptor)
    watch.close()
    self.watch = nil
  }

  func readEvents() {
    // Bounded, so that a flood of events leaves room for work.
    for _ in 0..<16 {
      guard let watch else { return }
      guard let events = try? watch.next(), !events.isEmpty else { return }
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
    guard !event.name.isEmpty else { return }
    switch rules.verdict(on: event.name) {
    case .input: handle(event, on: event.name)
    case .marker(let name):
      if event.has([.create, .closeWrite, .movedTo]) { arrived(name, after: .zero) }
    case .result:
      // A result that goes away makes its input undone.
      if event.has([.delete, .movedFrom]), let name = ResultName.input(of: event.name) {
        arrived(name, after: configuration.quietPeriod)
      }
    case .ignored: break
    }
  }

  private func handle(_ event: Watch.Event, on name: [UInt8]) {
    if event.has([.movedTo, .closeWrite]) {
      arrived(name, after: .zero)
    } else if event.has([.create, .modify]) {
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
      tally.snapshot.arrivals += 1
      let state: Backlog.State = delay == .zero ? .ready : .settling
      let entry = Backlog.Entry(state: state, seen: now, origin: .event, rank: rank)
      guard backlog.enter(name, entry) else { return rescanWhenDrained() }
      if delay == .zero { schedulePump() } else { settle(name, for: delay) }
      return
    }
    switch entry.state {
    case .publishing:
      backlog.update(name) { $0.hasChanged = true }
      return
    case .inHand(let claim): abandon(claim, because: .superseded(name: name))
    case .settling, .ready, .waiting, .stalled: break
    }
    backlog.update(name) {
      $0.lastChange = now
      $0.tries = 0
      $0.sample = nil
    }
    if delay == .zero { ready(name) } else if entry.state != .ready { settle(name, for: delay) }
  }

  func attributesChanged(_ name: [UInt8]) {
    guard let entry = backlog[name] else {
      return arrived(name, after: configuration.quietPeriod, rank: .recheck)
    }
    if entry.state == .waiting(.permission) { ready(name) }
  }

  func left(_ name: [UInt8]) {
    guard let entry = backlog[name] else { return }
    if case .inHand(let claim) = entry.state { abandon(claim, because: .gone(name: name)) }
    if entry.state == .publishing { return }
    forget(name)
  }

  /// Looks at the name once nothing has happened to it for `delay`.
  func settle(_ name: [UInt8], for delay: Duration) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    let timer = after(delay) { $0.settled(name) }
    backlog.update(name) {
      $0.state = .settling
      $0.timer = timer
    }
  }

  private func settled(_ name: [UInt8]) {
    guard let entry = backlog[name], entry.state == .settling else { return }
    ready(name)
  }

  func ready(_ name: [UInt8]) {
    guard let entry = backlog[name] else { return }
    loop.cancel(entry.timer)
    backlog.update(name) { $0.timer = nil }
    backlog.makeReady(name)
    schedulePump()
  }

  func forget(_ name: [UInt8]) {
    guard let entry = backlog.remove(name) else { return }
    loop.cancel(entry.timer)
  }

  /// The handler's outcome of this claim is of no interest any more.
  func abandon(_ claim: UInt64, because event: SpoolEvent) {
    guard inHand.removeValue(forKey: claim) != nil else { return }
    handler.cancel(claim)
    if case .superseded = event { tally.snapshot.superseded += 1 }
    report(event)
    finishDrainingIfIdle()
  }
}
