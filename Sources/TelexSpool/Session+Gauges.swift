/// What the present state of the session adds to a snapshot.
extension Session {
  /// Files that wait for work. Those whose result is only to be checked again do not.
  var waitingCount: Int {
    backlog.entries.values.reduce(rescan.beyondBacklog + setAside.count) { $0 + ($1.isWaiting ? 1 : 0) }
  }

  func addGauges(to snapshot: inout SpoolSnapshot) {
    let now = loop.clock.now
    snapshot.waiting = waitingCount
    snapshot.inHand = inHand.count
    snapshot.isDraining = isDraining
    snapshot.breaker = breaker.openFor?.errno ?? shortage.openFor?.errno
    snapshot.breakerOpenFor = (breaker.openFor?.since ?? shortage.openFor?.since)?.duration(to: now)
    var reasons: [String: Int] = [:]
    if rescan.beyondBacklog > 0 { reasons["beyond-backlog"] = rescan.beyondBacklog }
    if !setAside.isEmpty { reasons["set-aside"] = setAside.count }
    var oldest = rescan.beyondSince
    for entry in backlog.entries.values where entry.rank != .recheck {
      if entry.isWaiting { reasons[entry.reason, default: 0] += 1 }
      oldest = min(oldest ?? entry.firstSeen, entry.firstSeen)
    }
    snapshot.waitingByReason = reasons
    snapshot.oldestWaiting = oldest?.duration(to: now)
  }
}

extension Backlog.Entry {
  fileprivate var isWaiting: Bool {
    switch state {
    case .settling, .ready, .waiting, .stalled: rank != .recheck
    case .inHand, .publishing: false
    }
  }

  fileprivate var reason: String {
    switch state {
    case .settling: "settling"
    case .ready: "ready"
    case .waiting(let reason): reason.rawValue
    case .stalled: "stalled"
    case .inHand: "in-hand"
    case .publishing: "publishing"
    }
  }
}
