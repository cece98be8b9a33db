import Glibc
import TelexSpool

/// Shows how the service is: in systemd's status line, in `status.json` and in `metrics.prom`.
///
/// All three are renewed every five seconds, and within one when something changes.
final class StatusBoard {
  private(set) var status: ServiceStatus
  private let manager: ServiceManager
  private let loop: EventLoop
  private let gather: () -> (SpoolSnapshot, WorkerPool.Counters)
  private let statusFile: RuntimeFile
  private let metricsFile: RuntimeFile
  private var samples = Samples()
  private var renewal: TimerID?
  private var isDue = false
  private var hasFailed = false

  /// - Parameters:
  ///   - workers: how many worker processes there are to be.
  ///   - file: path of the configuration file.
  ///   - gather: the present state of folder and workers.
  init(
    configuration: Configuration, workers: Int, file: String?, manager: ServiceManager, loop: EventLoop,
    gather: @escaping () -> (SpoolSnapshot, WorkerPool.Counters)
  ) {
    let now = time(nil)
    status = ServiceStatus(
      pid: getpid(), startedAt: now, writtenAt: now, folder: configuration.folder, configurationFile: file,
      fingerprint: configuration.fingerprint, workersConfigured: workers)
    self.manager = manager
    self.loop = loop
    self.gather = gather
    statusFile = RuntimeFile(path: configuration.runtimeDirectory + "/status.json")
    metricsFile = RuntimeFile(path: configuration.runtimeDirectory + "/metrics.prom")
  }

  func start() { renew() }

  func enter(_ phase: ServiceStatus.Phase) {
    status.phase = phase
    renew()
  }

  func record(_ event: SpoolEvent) {
    if case .processed(let publication) = event { status.last = (publication.name, time(nil)) }
    renewSoon()
  }

  func record(_ event: WorkerPool.Event) {
    if case .available(let introduction) = event { status.workersFiltered = introduction.filtered }
    renewSoon()
  }

  func reloaded(_ outcome: ServiceStatus.Reload.Outcome, _ message: String, fingerprint: String, workers: Int) {
    status.reload.count += 1
    status.reload.outcome = outcome
    status.reload.message = message
    status.fingerprint = fingerprint
    status.workersConfigured = workers
    renew()
  }

  /// The service ends: the files say so for whoever still reads them.
  func conclude() {
    status.phase = .stopped
    renew()
    loop.cancel(renewal)
  }

  private func renewSoon() {
    guard !isDue else { return }
    isDue = true
    loop.cancel(renewal)
    renewal = loop.after(.seconds(1)) { [weak self] in self?.renew() }
  }

  private func renew() {
    isDue = false
    (status.spool, status.workers) = gather()
    status.writtenAt = time(nil)
    status.memory = .now()
    status.rates = samples.rates(status, at: loop.clock.now)
    manager.tell(status: status.line)
    hasFailed = statusFile.replace(status.json) != 0 || metricsFile.replace(status.metrics) != 0
    loop.cancel(renewal)
    renewal = loop.after(.seconds(5)) { [weak self] in self?.renew() }
  }
}

/// Counters of the last minute, to tell how much came within it.
private struct Samples {
  private var kept: [(at: Moment, arrivals: Int, results: Int, rejections: Int)] = []

  mutating func rates(_ status: ServiceStatus, at now: Moment) -> ServiceStatus.Rates {
    let spool = status.spool
    // A sample every five seconds makes a dozen; the one just over a minute old is what the others are measured from.
    while kept.count > 1, kept[1].at.duration(to: now) > .seconds(60) { kept.removeFirst() }
    let base = kept.first ?? (now, 0, 0, 0)
    if kept.last.map({ $0.at.duration(to: now) >= .seconds(4) }) ?? true {
      kept.append((now, spool.arrivals, spool.results, status.refused))
    }
    return ServiceStatus.Rates(
      arrivals: spool.arrivals - base.arrivals, results: spool.results - base.results,
      rejections: status.refused - base.rejections)
  }
}
