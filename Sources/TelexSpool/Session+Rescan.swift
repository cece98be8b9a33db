internal import Glibc

/// Scans of this session: when, and what follows.
struct RescanState {
  var scanner: Scanner?
  var cause = SpoolEvent.Rescan.Cause.start
  var startedAt = Moment(nanoseconds: 0)
  /// Another scan was asked for while one is under way.
  var again: SpoolEvent.Rescan.Cause?
  /// The folder holds more names than the backlog.
  var whenDrained = false
  /// Files that wait in the folder beyond those in the backlog, at the end of the last scan, and since when there are any.
  var beyondBacklog = 0
  var beyondSince: Moment?
  var isFirstDone = false
  /// Of the last notification, and of the overflow that is being waited out.
  var lastEvent = Moment(nanoseconds: 0)
  var overflowedAt: Moment?
}

extension Session {
  /// Reads of some hundreds of entries in one turn of the loop.
  private static let readsPerSlice = 2
  private static let retryDelay = Duration.seconds(1)
  /// After an overflow the scan begins when no event has come for so long, or after so long at most.
  private static let calm = (quiet: Duration.milliseconds(200), longest: Duration.seconds(5))

  func rescanWhenDrained() { rescan.whenDrained = true }

  /// With a quarter of the names left, the folder is asked for more.
  func refillIfDrained() {
    guard rescan.whenDrained, rescan.scanner == nil, backlog.count - backlog.idleCount <= backlog.limit / 4 else {
      return
    }
    startScan(.drained)
  }

  func startScan(_ cause: SpoolEvent.Rescan.Cause) {
    guard rescan.scanner == nil else {
      rescan.again = cause
      return
    }
    rescan.cause = cause
    rescan.startedAt = loop.clock.now
    rescan.whenDrained = false
    if cause != .drained {
      setAside = []
      for reason in [WaitingReason.permission, .nameConflict] { retryAll(reason) }
    }
    do throws(Errno) {
      let room = backlog.roomForScan
      rescan.scanner = try withSpare { () throws(Errno) in
        try Scanner(folder: folder, fileSystem: fileSystem, room: room)
      }
    } catch {
      return scanFailed(error)
    }
    index.beginListing()
    continueScan()
  }

  func endScan() {
    rescan.scanner?.close()
    rescan.scanner = nil
  }

  private func scanFailed(_ error: Errno) {
    tally.snapshot.retries[error.name, default: 0] += 1
    index.abandonListing()
    endScan()
    if Fault(reading: error) == .permission { return lost(.unreadable) }
    let cause = rescan.again ?? rescan.cause
    rescan.again = nil
    after(Self.retryDelay) { $0.startScan(cause) }
  }

  private func continueScan() {
    loop.deferToEndOfTick { [weak self] in
      guard let self, !isClosed, rescan.scanner != nil else { return }
      scanSlice()
    }
  }

  private func scanSlice() {
    let criteria = Scanner.Criteria(
      rules: rules, marker: configuration.marker, index: index, current: handler.current,
      seeksOrphans: configuration.onDelete == .remove, isHeld: { [backlog] in backlog[$0] != nil },
      setAside: setAside)
    do throws(Errno) {
      for _ in 0..<Self.readsPerSlice {
        let isAtEnd = try rescan.scanner?.step(criteria)
        if isAtEnd == true { return finishScan() }
      }
    } catch {
      return scanFailed(error)
    }
    continueScan()
  }

  private func finishScan() {
    // What events have told meanwhile comes first: a file is "found by the scan only" if they haven't.
    readEvents()
    guard !isClosed, var scanner = rescan.scanner else { return }
    let found = scanner.finish()
    let (census, orphans) = (scanner.census, scanner.orphans)
    endScan()
    index.endListing()
    let entered = enter(found.fresh, rank: .fresh)
    _ = enter(found.rechecks, rank: .recheck)
    rescan.beyondBacklog = census.open - entered
    rescan.beyondSince = rescan.beyondBacklog > 0 ? rescan.beyondSince ?? loop.clock.now : nil
    if rescan.beyondBacklog > 0 || census.unverified > found.rechecks.count { rescan.whenDrained = true }
    removeOrphans(orphans, count: census.orphans, ofResults: census.results)
    tellScan(census, entered: entered)
    schedulePump()
    if let again = rescan.again {
      rescan.again = nil
      startScan(again)
    }
  }

  /// How many of the candidates are in the backlog afterwards.
  private func enter(_ candidates: [Scanner.Candidate], rank: Backlog.Rank) -> Int {
    let origin: Backlog.Origin = rescan.cause == .periodic ? .periodicScan : .scan
    var entered = 0
    for candidate in candidates {
      let rank = attempts.isSuspect(candidate.name) ? .suspect : rank
      let entry = Backlog.Entry(state: .ready, seen: loop.clock.now, origin: origin, rank: rank)
      guard backlog[candidate.name] != nil || backlog.enter(candidate.name, entry) else { continue }
      entered += 1
      if rank == .suspect, suspectSince == nil { suspectSince = loop.clock.now }
    }
    return entered
  }

  private func tellScan(_ census: Scanner.Census, entered: Int) {
    let explained =
      census.done + census.held + census.unmarked + census.setAside + census.unverified + entered
      + rescan.beyondBacklog
    tally.snapshot.unaccounted = census.inputs - explained
    tally.snapshot.ignored = census.ignored + census.special
    tally.snapshot.rescans += 1
    report(
      .rescanned(
        .init(
          cause: rescan.cause, listed: census.listed, waiting: waitingCount,
          unaccounted: tally.snapshot.unaccounted, duration: rescan.startedAt.duration(to: loop.clock.now))))
    guard !rescan.isFirstDone else { return }
    rescan.isFirstDone = true
    attempts.prune { [self] in !isGone($0) }
    report(.ready(backlog: census.open))
    resumeWithdrawals(results: census.results)
  }

  // MARK: Overflow

  func overflowed() {
    tally.snapshot.overflows += 1
    guard rescan.overflowedAt == nil else { return }
    rescan.overflowedAt = loop.clock.now
    report(.overflow)
    after(Self.calm.quiet) { $0.scanIfCalm() }
  }

  /// One scan for all overflows of a burst, once it is over, on a new inotify instance: the length of the queue is that
  /// of the moment the instance was made, and the administrator may have raised it.
  private func scanIfCalm() {
    guard let start = rescan.overflowedAt else { return }
    let now = loop.clock.now
    guard rescan.lastEvent.duration(to: now) >= Self.calm.quiet || start.duration(to: now) >= Self.calm.longest else {
      after(Self.calm.quiet) { $0.scanIfCalm() }
      return
    }
    rescan.overflowedAt = nil
    renewWatch()
    startScan(.overflow)
  }
}
