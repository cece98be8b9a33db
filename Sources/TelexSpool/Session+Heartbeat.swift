internal import Glibc

/// Whether notifications really arrive, and what is done where they don't.
struct Heartbeat {
  /// Made and removed in the drop folder from time to time: its event proves that events arrive.
  static let cookieName = Array(".telex.cookie".utf8)
  static let cookiePatience = Duration.seconds(10)
  /// Between two tests while events don't arrive.
  static let blindPeriod = Duration.seconds(3600)

  var cookieSent: Moment?
  var rescanTimer: TimerID?
  /// Makes the moments of rescans differ between daemons that started together.
  var beats = 0
}

extension Session {
  func beginHeartbeat() {
    testEvents()
    scheduleRescan()
  }

  private func scheduleRescan() {
    loop.cancel(heartbeat.rescanTimer)
    heartbeat.beats += 1
    let isPolling = tally.snapshot.mode == .polling
    let period = isPolling ? configuration.pollingPeriod : configuration.rescanPeriod
    let spread = (heartbeat.beats &* 37 &+ Int(truncatingIfNeeded: folder.identity.inode)) & 0xFF
    heartbeat.rescanTimer = after(period + period * (spread - 128) / 1280) { session in
      session.startScan(isPolling ? .polling : .periodic)
      if !isPolling { session.testEvents() }
      session.scheduleRescan()
    }
  }

  /// Events are taken at their word, until a test fails.
  func trustEvents() {
    let wasPolling = tally.snapshot.mode == .polling
    tally.snapshot.mode = .events
    tally.snapshot.pollingReason = nil
    guard wasPolling else { return }
    report(.eventsBack)
    scheduleRescan()
    startScan(.requested)
  }

  /// Scans take the place of events.
  func poll(_ reason: PollingReason) {
    guard tally.snapshot.mode != .polling || tally.snapshot.pollingReason != reason else { return }
    tally.snapshot.mode = .polling
    tally.snapshot.pollingReason = reason
    report(.polling(reason))
    if rescan.isFirstDone { startScan(.polling) }
    scheduleRescan()
  }

  func watchFailed(_ error: Errno) {
    tally.snapshot.retries[error.name, default: 0] += 1
    switch error.code {
    case ENOSPC: report(.inotifyLimit(sysctl: "fs.inotify.max_user_watches", errno: error))
    // With a descriptor to spare it isn't the process that has too many files open.
    case EMFILE where spare.restore():
      report(.inotifyLimit(sysctl: "fs.inotify.max_user_instances", errno: error))
    default: break
    }
    poll(.unavailable(error))
    after(configuration.rescanPeriod) { if $0.watch == nil { $0.openWatch() } }
  }

  /// The old one is kept where a new one can't be had.
  func renewWatch() {
    guard let old = watch, let new = try? Watch(folder: folder.descriptor, fileSystem: fileSystem) else { return }
    loop.remove(old.descriptor)
    old.close()
    watch = new
    loop.add(new.descriptor, .readable) { [weak self] _ in self?.readEvents() }
  }

  // MARK: The cookie

  func testEvents() {
    guard watch != nil, !folder.fileSystemType.isShared, heartbeat.cookieSent == nil else { return }
    try? fileSystem.remove(Heartbeat.cookieName, at: folder.descriptor)
    // A folder that can't be written to can't be tested; results will tell.
    guard
      let cookie = try? fileSystem.open(
        Heartbeat.cookieName, at: folder.descriptor, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
    else { return }
    fileSystem.release(cookie)
    try? fileSystem.remove(Heartbeat.cookieName, at: folder.descriptor)
    heartbeat.cookieSent = loop.clock.now
    after(Heartbeat.cookiePatience) { $0.cookieIsDue() }
  }

  func cookieSeen() {
    guard let sent = heartbeat.cookieSent else { return }
    heartbeat.cookieSent = nil
    tally.snapshot.cookieRoundTrip = sent.duration(to: loop.clock.now)
    if tally.snapshot.pollingReason == .blind { trustEvents() }
  }

  private func cookieIsDue() {
    guard let sent = heartbeat.cookieSent, sent.duration(to: loop.clock.now) >= Heartbeat.cookiePatience else {
      return
    }
    heartbeat.cookieSent = nil
    // An overflow may have swallowed the event: the scan it causes is under way, and the next test tells.
    guard rescan.overflowedAt == nil else { return }
    poll(.blind)
    after(Heartbeat.blindPeriod) { if $0.tally.snapshot.pollingReason == .blind { $0.testEvents() } }
  }
}
