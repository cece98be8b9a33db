internal import Glibc

/// The work on one open folder, from opening it until it is closed or lost.
///
/// The flow: `Session+Notifications` turns events, and `Session+Rescan` listings, into entries of the backlog;
/// `Session+Work` takes ready ones, claims them and hands them to the handler; `Session+Outcomes` publishes what comes
/// back; `Session+Faults` keeps what can't go on now. `Spool` opens the next session when the folder is lost and found
/// again. The only state that outlives a session is in the folder itself, in the index (a cache), in the crash counters,
/// and in the tally.
///
/// Invariants: a name is in at most one state; every claim in the handler's hands has an entry `inHand`, or is cancelled;
/// an event on a known name re-arms it and never makes a second entry; nothing is announced before it is durable.
final class Session {
  /// What outlives a session.
  struct Surroundings {
    let loop: EventLoop
    let fileSystem: any FileSystem
    let handler: any Handler
    let index: StatIndex
    let attempts: Attempts
    let tally: Tally
    let spare: SpareDescriptor
    let report: (SpoolEvent) -> Void
  }

  /// A dispatch in the handler's hands.
  struct InHand {
    let name: [UInt8]
    let status: FileStatus
    let readAt: Int64
    let sha256: String
    let size: Int
    let attempt: Int
    let firstSeen: Moment
    /// The daemon died with it in hand before: nothing else may be in hand meanwhile.
    let isIsolated: Bool
    /// Entered in the crash counters before it was handed over.
    let isRecorded: Bool
  }

  /// How far the test is whether results can be written again.
  enum Probe { case running, failed }

  let loop: EventLoop
  let fileSystem: any FileSystem
  let handler: any Handler
  let folder: Folder
  let index: StatIndex
  let attempts: Attempts
  let tally: Tally
  let spare: SpareDescriptor
  let report: (SpoolEvent) -> Void
  /// To be called when the folder is not what it was.
  let lost: (FolderLoss) -> Void
  private(set) var configuration: SpoolConfiguration

  private(set) var rules: IgnoreRules
  private(set) var claiming: Claiming
  let ledger: Ledger
  var publisher: Publisher
  var backlog: Backlog
  var watch: Watch?
  var inHand: [UInt64: InHand] = [:]
  var unsynchronized: [Job] = []
  var rescan = RescanState()
  var heartbeat = Heartbeat()
  /// For what stops all results.
  var breaker = Breaker(pauses: true)
  var probe: Probe?
  /// For the want of descriptors.
  var shortage = Breaker(pauses: true)
  var episodes = Episodes()
  /// Analysed, but not to be written while the breaker is open.
  var stalled: [Job] = []
  /// Names not held for want of room among the waiting ones; a periodic rescan looks at them again.
  var setAside: Set<StatIndex.Entry> = []
  /// Every claim goes into the crash counters first: the last run ended badly, and its backlog isn't through yet.
  var isRecording: Bool
  /// Since when a suspect has been waiting for its turn.
  var suspectSince: Moment?
  /// Inputs whose result is withheld, and the timers that look at the clock for them.
  var embargoes: [[UInt8]: TimerID] = [:]
  let withdrawals: Withdrawals
  var sweep: Sweep?
  var isPumpScheduled = false
  var isFlushScheduled = false
  private(set) var isDraining = false
  private(set) var isClosed = false
  private var drained: (() -> Void)?

  init(
    folder: Folder, configuration: SpoolConfiguration, surroundings: Surroundings, isRecording: Bool,
    lost: @escaping (FolderLoss) -> Void
  ) {
    self.folder = folder
    self.configuration = configuration
    loop = surroundings.loop
    fileSystem = surroundings.fileSystem
    handler = surroundings.handler
    index = surroundings.index
    attempts = surroundings.attempts
    tally = surroundings.tally
    spare = surroundings.spare
    report = surroundings.report
    self.isRecording = isRecording
    self.lost = lost
    rules = IgnoreRules(patterns: configuration.ignoredPatterns, marker: configuration.marker)
    claiming = Claiming(
      directory: folder.descriptor, owner: folder.status, fileSystem: fileSystem, clock: loop.clock,
      sizeLimit: configuration.sizeLimit, ownerPolicy: configuration.ownerPolicy)
    ledger = Ledger(directory: folder.descriptor, fileSystem: fileSystem, reader: handler, index: index)
    publisher = Publisher(folder: folder, fileSystem: fileSystem, mode: configuration.resultMode)
    backlog = Backlog(limit: configuration.backlogLimit)
    withdrawals = Withdrawals(workspace: folder.workspace, fileSystem: fileSystem)
  }

  /// Watches, then lists, in that order: what arrives in between is in both.
  func begin(cause: SpoolEvent.Rescan.Cause) {
    openWatch()
    report(
      .started(.init(folder: folder.path, fileSystem: folder.fileSystemType.name, mode: tally.snapshot.mode)))
    startScan(cause)
    beginHeartbeat()
  }

  /// What a reload may change; what it means for files already judged, a scan finds out.
  func reconfigure(_ configuration: SpoolConfiguration) {
    self.configuration = configuration
    rules = IgnoreRules(patterns: configuration.ignoredPatterns, marker: configuration.marker)
    claiming.sizeLimit = configuration.sizeLimit
    claiming.ownerPolicy = configuration.ownerPolicy
    publisher.mode = configuration.resultMode
    backlog.limit = configuration.backlogLimit
    setAside = []
    startScan(.requested)
  }

  /// Drops everything in hand and closes the folder.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    for (claim, hand) in inHand {
      handler.cancel(claim)
      survived(hand)
    }
    inHand = [:]
    for entry in backlog.entries.values { loop.cancel(entry.timer) }
    endScan()
    endSweep()
    closeWatch()
    publisher.discardPrepared()
    folder.close()
  }

  /// Takes nothing more; `completion` is called when nothing is in hand any more.
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

  /// A timer that does nothing once the session is closed.
  @discardableResult
  func after(_ delay: Duration, _ body: @escaping (Session) -> Void) -> TimerID {
    loop.after(delay) { [weak self] in
      guard let self, !self.isClosed else { return }
      body(self)
    }
  }
}
