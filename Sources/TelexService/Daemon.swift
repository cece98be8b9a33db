import CTelexShims
import Glibc
import TelexSpool
import TelexText

/// The service: the folder on one side, workers on the other, and systemd, the journal and monitoring told of all of it.
///
/// `telexd` (Telexd.swift) comes before this; from here a dispatch goes to `Spool`, which takes it from the folder, to
/// `DispatchHandler` and `WorkerPool`, which have it analysed in another process, and back to the spool, which publishes
/// the result. Everything runs on the one thread of the event loop.
package final class Daemon {
  private let loader: ConfigurationLoader
  private var configuration: Configuration
  private let resources: ResourceDirectory
  private let environment: [String: String]
  private let journal: Journal
  private let manager: ServiceManager
  private let loop = EventLoop()

  private lazy var pool = WorkerPool(
    settings: poolSettings, loop: loop, executable: "/proc/self/exe",
    environment: environment.filter { $0.key == TestFaults.variable }
      .merging(["SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8"]) { given, _ in given },
    observer: { [unowned self] in observe($0) })
  private lazy var handler = DispatchHandler(
    pool: pool, fingerprint: configuration.fingerprint, faults: environment[TestFaults.variable])
  private lazy var spool = Spool(
    configuration: configuration.spool, handler: handler, loop: loop, observer: { [unowned self] in observe($0) })
  private lazy var board = StatusBoard(
    configuration: configuration, workers: poolSettings.workers, file: loader.file, manager: manager, loop: loop,
    gather: { [unowned self] in (spool.snapshot, pool.snapshot) })
  private lazy var chronicle = Chronicle(
    journal: journal, rate: configuration.journalRate, folder: configuration.folder, loop: loop)

  private var isListed = false
  private var hasTriedWorkers = false
  private var isReady = false
  private var stopping: Stopping?
  private var exitCode = ExitCode.clean

  /// Runs the service until it is told to stop.
  ///
  /// - Parameters:
  ///   - loader: reads the configuration, at the start and on each reload.
  ///   - foreground: plain lines for a person at a terminal, even where there is a journal.
  /// - Returns: how the process is to end.
  package static func run(
    loader: ConfigurationLoader, foreground: Bool, environment: [String: String]
  ) -> ExitCode {
    let journal = Journal(environment: environment, foreground: foreground)
    let manager = ServiceManager(environment: environment)
    do throws(StartError) {
      let daemon = try Daemon(loader: loader, environment: environment, journal: journal, manager: manager)
      return try daemon.serve()
    } catch {
      journal.write(error.entry)
      manager.tell(.status(error.entry.message), .errno(error.entry.errno ?? 0))
      return error.exitCode
    }
  }

  private init(
    loader: ConfigurationLoader, environment: [String: String], journal: Journal, manager: ServiceManager
  ) throws(StartError) {
    do throws(ConfigurationError) {
      configuration = try loader.load()
    } catch {
      throw StartError(error)
    }
    let named = configuration.resources.isEmpty ? nil : ResourceDirectory(root: configuration.resources)
    guard let resources = named ?? ResourceDirectory.located() else {
      throw StartError(
        .configuration, "the data files are missing: reinstall Telex, or name their folder with --resources")
    }
    self.loader = loader
    self.resources = resources
    self.environment = environment
    self.journal = journal
    self.manager = manager
  }

  private func serve() throws(StartError) -> ExitCode {
    // Whoever read standard error may go away; the service stays.
    signal(SIGPIPE, SIG_IGN)
    let signals = Signals([SIGTERM, SIGINT, SIGHUP], loop: loop) { [unowned self] in answer(signal: $0) }
    guard signals != nil else { throw StartError(.inputOutput, "no descriptor for signals", errno: errno) }
    manager.tell(.status("starting: listing \(configuration.folder)"))
    pool.hasRoom = { [unowned self] in spool.handlerHasRoom() }
    pool.start()
    do throws(SpoolError) {
      try spool.start()
    } catch {
      pool.stop()
      throw StartError(error)
    }
    board.start()
    let watchdog = Watchdog(manager: manager, loop: loop) { [unowned self] in !pool.isOverdue }
    watchdog.start()
    keepWaitingManagerInformed()
    loop.run()
    pool.stop()
    spool.stop()
    chronicle.conclude(board.status, exitCode)
    board.conclude()
    withExtendedLifetime(signals) {}
    return exitCode
  }

  private var poolSettings: WorkerPool.Settings {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return WorkerPool.Settings(
      workers: configuration.workers > 0 ? configuration.workers : cores, deadline: configuration.deadline,
      worker: WorkerSettings(
        resources: resources.root, fingerprint: configuration.fingerprint, memory: configuration.workerMemory))
  }

  // MARK: Events

  private func observe(_ event: SpoolEvent) {
    chronicle.record(event)
    board.record(event)
    switch event {
    case .ready, .folderLost:
      // A folder that isn't there is waited for: the service is as ready as it can be.
      isListed = true
      becomeReady()
    case .drained: finish()
    default: break
    }
  }

  private func observe(_ event: WorkerPool.Event) {
    chronicle.record(event)
    board.record(event)
    if case .startFailed(_, let status, let reason, _) = event, status == ExitCode.configuration.rawValue,
      board.status.workersFiltered == nil
    {
      // No worker has ever become ready, and none will: the data files are missing or damaged.
      let error = StartError(.configuration, "no worker starts: \(reason)")
      journal.write(error.entry)
      manager.tell(.status(error.entry.message))
      exitCode = error.exitCode
      return loop.stop()
    }
    hasTriedWorkers = true
    becomeReady()
  }

  /// Once the first listing is read and workers have shown that they can start, or that they can't for now.
  private func becomeReady() {
    guard isListed, hasTriedWorkers, !isReady else { return }
    isReady = true
    board.enter(.running)
    manager.tell(.ready, .status(board.status.line))
    telex_release_program_text()
  }

  /// A first listing may be long: while it advances, the service manager is asked for patience.
  private func keepWaitingManagerInformed(last: SpoolSnapshot? = nil) {
    loop.after(.seconds(1)) { [unowned self] in
      guard !isReady else { return }
      let now = spool.snapshot
      if now != last { manager.tell(.extendTimeout(microseconds: 30_000_000)) }
      keepWaitingManagerInformed(last: now)
    }
  }

  // MARK: Signals

  private func answer(signal: Int32) {
    switch signal {
    case SIGHUP: reload()
    default: stop()
    }
  }

  /// Takes over a new configuration, or keeps the old one and says why. `READY=1` follows in either case.
  private func reload() {
    guard stopping == nil else { return }
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    manager.tell(
      .reloading(monotonicMicroseconds: UInt64(now.tv_sec) * 1_000_000 + UInt64(now.tv_nsec) / 1000),
      .status("reading the configuration again"))
    do throws(ConfigurationError) {
      let (taken, needRestart) = try loader.load().reloaded(over: configuration)
      try adopt(taken)
      let message = needRestart.isEmpty ? "" : "takes effect after a restart: \(needRestart.joined(separator: ", "))"
      noteReload(.ok, message)
      chronicle.reloaded(configuration, file: loader.file, message)
    } catch {
      noteReload(.invalid, error.description)
      chronicle.refusedReload(error)
    }
    manager.tell(.ready, .status(board.status.line))
  }

  private func noteReload(_ outcome: ServiceStatus.Reload.Outcome, _ message: String) {
    board.reloaded(outcome, message, fingerprint: configuration.fingerprint, workers: poolSettings.workers)
  }

  private func adopt(_ new: Configuration) throws(ConfigurationError) {
    do throws(SpoolError) {
      // The handler first: a rescan compares results with what it says.
      handler.fingerprint = new.fingerprint
      try spool.reconfigure(new.spool)
    } catch {
      handler.fingerprint = configuration.fingerprint
      throw ConfigurationError([ConfigurationIssue(at: .standard, error.message, remedy: "see the folder settings")])
    }
    configuration = new
    pool.reconfigure(poolSettings)
    chronicle.rate = new.journalRate
  }

  /// Finishes what is in hand; at once where it was asked before.
  private func stop() {
    guard stopping == nil else { return finish() }
    let stopping = Stopping(manager: manager, loop: loop, abandon: { [unowned self] in finish() })
    self.stopping = stopping
    board.enter(.stopping)
    chronicle.stopping(spool.snapshot)
    stopping.begin(status: board.status.line) { [unowned self] in spool.snapshot }
    spool.beginDraining { [unowned self] in finish() }
  }

  private func finish() { loop.stop() }
}
