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
  /// Files that wait in the folder beyond those in the backlog, at the end of the last scan.
  var beyondBacklog = 0
  var isFirstDone = false
}

extension Session {
  /// Entries handled in one turn of the loop, roughly.
  private static let listingsPerTurn = 2

  func rescanWhenDrained() { rescan.whenDrained = true }

  func refillIfDrained() {
    guard rescan.whenDrained, rescan.scanner == nil, backlog.count <= configuration.backlogLimit / 4 else { return }
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
    do throws(Errno) {
      rescan.scanner = try Scanner(folder: folder, fileSystem: fileSystem, room: backlog.roomForScan)
    } catch {
      tally.snapshot.retries[error.name, default: 0] += 1
      timers.append(after(.seconds(1)) { $0.startScan(cause) })
      return
    }
    index.beginListing()
    continueScan()
  }

  func endScan() {
    rescan.scanner?.close()
    rescan.scanner = nil
  }

  private func continueScan() {
    loop.deferToEndOfTick { [weak self] in
      guard let self, !isClosed, rescan.scanner != nil else { return }
      scanSlice()
    }
  }

  private func scanSlice() {
    let current = handler.current
    do throws(Errno) {
      for _ in 0..<Self.listingsPerTurn {
        let isAtEnd = try rescan.scanner?.step(
          rules: rules, marker: configuration.marker, index: index, current: current,
          isHeld: { backlog[$0] != nil })
        if isAtEnd == true { return finishScan() }
      }
    } catch {
      tally.snapshot.retries[error.name, default: 0] += 1
      index.abandonListing()
      endScan()
      timers.append(after(.seconds(1)) { [cause = rescan.cause] in $0.startScan(cause) })
      return
    }
    continueScan()
  }

  private func finishScan() {
    // What events have told meanwhile comes first: a file is "found by the scan only" if they haven't.
    readEvents()
    guard !isClosed, var scanner = rescan.scanner else { return }
    let found = scanner.finish()
    let census = scanner.census
    endScan()
    index.endListing()
    let now = loop.clock.now
    var entered = 0
    for (candidates, rank) in [(found.fresh, Backlog.Rank.fresh), (found.rechecks, .recheck)] {
      for candidate in candidates where backlog[candidate.name] == nil {
        let entry = Backlog.Entry(
          state: .ready, seen: now, origin: rescan.cause == .periodic ? .periodicScan : .scan, rank: rank)
        if backlog.enter(candidate.name, entry), rank == .fresh { entered += 1 }
      }
    }
    rescan.beyondBacklog = max(0, census.open - found.fresh.count)
    if rescan.beyondBacklog > 0 || census.unverified > found.rechecks.count { rescan.whenDrained = true }
    tally.snapshot.rescans += 1
    report(
      .rescanned(
        .init(
          cause: rescan.cause, listed: census.listed, waiting: backlog.count + rescan.beyondBacklog, unaccounted: 0,
          duration: rescan.startedAt.duration(to: now))))
    if !rescan.isFirstDone {
      rescan.isFirstDone = true
      report(.ready(backlog: census.open))
    }
    schedulePump()
    if let again = rescan.again {
      rescan.again = nil
      startScan(again)
    }
  }

  func overflowed() {
    tally.snapshot.overflows += 1
    report(.overflow)
    startScan(.overflow)
  }
}
