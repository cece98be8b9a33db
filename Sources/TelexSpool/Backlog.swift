/// The names that are held in memory because something is to be done with them, each in exactly one state, and the order
/// in which they are taken.
///
/// Before it: events and scans, which enter names. After it: `Session` takes the next ready name, claims it, and either
/// moves it to another state or removes it. Names are bounded (`limit`): what finds no room stays in the folder and is
/// found by the scan that follows once the backlog has drained.
///
/// Order: fresh work first, one newest, one oldest, alternately, so that neither a flood of arrivals nor an old backlog
/// starves the other; then retries; then rechecks of files that have a result. One take in eight begins at the low end.
struct Backlog {
  enum State: Equatable {
    /// Its writer may not have finished.
    case settling
    case ready
    /// A passing obstacle; tried again when its timer fires, or something happens to the file.
    case waiting(WaitingReason)
    case inHand(claim: UInt64)
    /// Analysed, but the result can't be written while the breaker is open.
    case stalled
    /// Its result is in place, but not yet durable.
    case publishing
  }

  enum Origin: Equatable { case event, scan, periodicScan }

  /// Which queue a ready name stands in.
  enum Rank: Equatable { case fresh, retry, suspect, recheck }

  struct Entry {
    var state: State
    let firstSeen: Moment
    var lastChange: Moment
    var origin: Origin
    var rank: Rank
    var tries = 0
    /// What it looked like when last sampled, where the kernel can't tell whether somebody writes.
    var sample: (status: FileStatus, at: Moment)?
    var timer: TimerID?
    /// It ended too early when last analysed; refused with this if it doesn't change within the grace period.
    var incomplete: (sha256: String, code: String, message: String)?
    /// Why it last waited.
    var lastReason: WaitingReason?
    /// Something happened to it while its result was being published.
    var hasChanged = false
    fileprivate var place: UInt64 = 0

    var isIdle: Bool {
      switch state {
      case .settling, .waiting: true
      case .ready, .inHand, .stalled, .publishing: false
      }
    }

    init(state: State, seen now: Moment, origin: Origin, rank: Rank) {
      self.state = state
      self.firstSeen = now
      self.lastChange = now
      self.origin = origin
      self.rank = rank
    }
  }

  var limit: Int
  private(set) var entries: [[UInt8]: Entry] = [:]
  /// Names that settle or wait: nothing can be done about them at the moment.
  private(set) var idleCount = 0
  private var fresh = ReadyQueue()
  private var retries = ReadyQueue()
  private var suspects = ReadyQueue()
  private var rechecks = ReadyQueue()
  private var lastPlace: UInt64 = 0
  private var takes: UInt64 = 0

  init(limit: Int) { self.limit = limit }

  subscript(name: [UInt8]) -> Entry? { entries[name] }

  var count: Int { entries.count }
  /// Names that may still be entered by a scan: a quarter of the room is kept for arrivals.
  var roomForScan: Int { max(0, limit - limit / 4 - entries.count) }
  /// Whether nothing is ready, in hand, or about to be.
  var isIdle: Bool {
    entries.values.allSatisfy {
      if case .waiting = $0.state { true } else { false }
    }
  }

  /// False where there is no room.
  mutating func enter(_ name: [UInt8], _ entry: Entry) -> Bool {
    guard entries.count < limit || entries[name] != nil else { return false }
    replace(name, by: entry)
    if entry.state == .ready { makeReady(name) }
    return true
  }

  mutating func remove(_ name: [UInt8]) -> Entry? {
    let entry = entries[name]
    replace(name, by: nil)
    return entry
  }

  mutating func update(_ name: [UInt8], _ change: (inout Entry) -> Void) {
    guard var entry = entries[name] else { return }
    change(&entry)
    replace(name, by: entry)
  }

  /// Puts the name at the young end of the queue of its rank.
  mutating func makeReady(_ name: [UInt8]) {
    guard var entry = entries[name] else { return }
    lastPlace += 1
    entry.state = .ready
    entry.place = lastPlace
    replace(name, by: entry)
    let place = ReadyQueue.Place(name: name, number: lastPlace)
    let live = liveness(entry.rank)
    switch entry.rank {
    case .fresh: fresh.append(place, isLive: live)
    case .retry: retries.append(place, isLive: live)
    case .suspect: suspects.append(place, isLive: live)
    case .recheck: rechecks.append(place, isLive: live)
    }
  }

  private mutating func replace(_ name: [UInt8], by entry: Entry?) {
    if let old = entries[name], old.isIdle { idleCount -= 1 }
    if let entry, entry.isIdle { idleCount += 1 }
    entries[name] = entry
  }

  /// The next name to work on; it stays ready, and must be moved to another state or removed.
  /// - Parameter allowsSuspect: whether what killed a worker may be tried now.
  mutating func takeNext(allowsSuspect: Bool) -> [UInt8]? {
    takes += 1
    if takes.isMultiple(of: 8), let name = takeLow(allowsSuspect: allowsSuspect) { return name }
    let live = liveness(.fresh)
    if let place = takes.isMultiple(of: 2) ? fresh.takeOldest(isLive: live) : fresh.takeNewest(isLive: live) {
      return place.name
    }
    return takeLow(allowsSuspect: allowsSuspect)
  }

  /// The next suspect, before everything else.
  mutating func takeSuspect() -> [UInt8]? { suspects.takeOldest(isLive: liveness(.suspect))?.name }

  private mutating func takeLow(allowsSuspect: Bool) -> [UInt8]? {
    if let place = retries.takeOldest(isLive: liveness(.retry)) { return place.name }
    if allowsSuspect, let name = takeSuspect() { return name }
    return rechecks.takeNewest(isLive: liveness(.recheck))?.name
  }

  private func liveness(_ rank: Rank) -> (ReadyQueue.Place) -> Bool {
    let entries = entries
    return { place in
      guard let entry = entries[place.name] else { return false }
      return entry.state == .ready && entry.rank == rank && entry.place == place.number
    }
  }
}

/// Why a file waits, as `SpoolSnapshot.waitingByReason` and reconciliation name it.
package enum WaitingReason: String, Sendable, CaseIterable {
  case permission, incomplete, inputOutput = "input-output", descriptors
  case nameConflict = "name-conflict"
}
