internal import Glibc

/// The work on one open folder, from opening it until it is closed or lost.
///
/// The flow: `Session+Notifications` turns events, and `Session+Rescan` listings, into entries of the backlog;
/// `Session+Work` takes ready ones, claims them and hands them to the handler; `Session+Outcomes` publishes what comes
/// back. `Spool` opens the next session when the folder is lost and found again. The only state that outlives a session
/// is in the folder itself, in the index (a cache), in the crash counters, and in the tally.
///
/// Invariants: a name is in at most one state; every claim in the handler's hands has an entry `inHand` or is cancelled;
/// an event on a known name re-arms it and never makes a second entry; nothing is announced before it is durable.
final class Session {
  /// A dispatch in the handler's hands.
  struct InHand {
    let name: [UInt8]
    let content: Claiming.Content
    let attempt: Int
    let firstSeen: Moment
    /// The daemon died with it in hand before: nothing else may be in hand meanwhile.
    let isIsolated: Bool
  }

  let loop: EventLoop
  let fileSystem: any FileSystem
  let handler: any Handler
  let folder: Folder
  let index: StatIndex
  let tally: Tally
  let report: (SpoolEvent) -> Void
  /// The folder is not what it was.
  let lost: (FolderLoss) -> Void
  var configuration: SpoolConfiguration

  var rules: IgnoreRules
  var claiming: Claiming
  var ledger: Ledger
  var publisher: Publisher
  var backlog: Backlog
  var watch: Watch?
  var inHand: [UInt64: InHand] = [:]
  var unsynchronized: [Job] = []
  var rescan = RescanState()
  var isPumpScheduled = false
  var isFlushScheduled = false
  var isDraining = false
  var isClosed = false
  /// Called when nothing is in hand any more.
  var drained: (() -> Void)?
  var timers: [TimerID] = []

  init(
    folder: Folder, configuration: SpoolConfiguration, handler: any Handler, loop: EventLoop,
    fileSystem: any FileSystem, index: StatIndex, tally: Tally, report: @escaping (SpoolEvent) -> Void,
    lost: @escaping (FolderLoss) -> Void
  ) {
    self.folder = folder
    self.configuration = configuration
    self.handler = handler
    self.loop = loop
    self.fileSystem = fileSystem
    self.index = index
    self.tally = tally
    self.report = report
    self.lost = lost
    rules = IgnoreRules(patterns: configuration.ignoredPatterns, marker: configuration.marker)
    claiming = Claiming(
      folder: folder, fileSystem: fileSystem, clock: loop.clock, sizeLimit: configuration.sizeLimit,
      ownerPolicy: configuration.ownerPolicy)
    ledger = Ledger(folder: folder, fileSystem: fileSystem, handler: handler, index: index)
    publisher = Publisher(folder: folder, fileSystem: fileSystem, mode: configuration.resultMode)
    backlog = Backlog(limit: configuration.backlogLimit)
  }

  /// Watches, then lists, in that order: what arrives in between is in both.
  func begin(cause: SpoolEvent.Rescan.Cause) {
    openWatch()
    report(
      .started(
        .init(folder: folder.path, fileSystem: folder.fileSystemType.name, mode: tally.snapshot.mode)))
    startScan(cause)
  }

  /// Drops everything in hand and closes the folder.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    for claim in inHand.keys { handler.cancel(claim) }
    inHand = [:]
    for entry in backlog.entries.values { loop.cancel(entry.timer) }
    for timer in timers { loop.cancel(timer) }
    endScan()
    closeWatch()
    folder.close()
  }

  func beginDraining(_ completion: @escaping () -> Void) {
    isDraining = true
    drained = completion
    finishDrainingIfIdle()
  }

  func finishDrainingIfIdle() {
    guard isDraining, inHand.isEmpty, unsynchronized.isEmpty, let drained else { return }
    self.drained = nil
    drained()
  }

  /// A timer that dies with the session.
  func after(_ delay: Duration, _ body: @escaping (Session) -> Void) -> TimerID {
    loop.after(delay) { [weak self] in
      guard let self, !self.isClosed else { return }
      body(self)
    }
  }
}
