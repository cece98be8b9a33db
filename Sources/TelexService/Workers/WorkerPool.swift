import Glibc
package import TelexSpool

/// The worker processes: hands out dispatches, holds deadlines, replaces the dead.
///
/// Regular workers take first tries from one queue, so a slow dispatch holds up nobody while another worker is free. A
/// dispatch that has failed before is a *suspect*: it gets a process started for it alone, one suspect at a time, beside
/// the regular workers; what it does then is its own doing, and no innocent waits behind it.
///
/// Everything happens on the event loop; nothing waits.
package final class WorkerPool {
  /// What the pool is asked to be. All of it may change on reload.
  package struct Settings: Equatable, Sendable {
    package var workers: Int
    package var deadline: Duration
    package var worker: WorkerSettings

    package init(workers: Int, deadline: Duration, worker: WorkerSettings) {
      self.workers = max(1, workers)
      self.deadline = deadline
      self.worker = worker
    }
  }

  package enum Event {
    /// A worker is ready; the first after a start or a failure to start.
    case available(WorkerIntroduction)
    /// A worker ended with this dispatch in hand.
    case died(pid: Int32, Outcome.Failure, WorkerDeath, name: [UInt8], sha256: String, attempt: Int)
    /// A worker ended before it was ready, or could not be started.
    case startFailed(pid: Int32?, status: Int32?, String, retryAfter: Duration)
  }

  private let loop: EventLoop
  private let executable: String
  private let environment: [String: String]
  private let observer: (Event) -> Void
  /// Called when there is more capacity than before, for reasons of the pool's own.
  package var hasRoom: () -> Void = {}

  /// Of this machine.
  private let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
  private var settings: Settings
  private var workers: [Worker] = []
  private var queue: [WorkerAssignment] = []
  private var suspects: [WorkerAssignment] = []
  private var backoff = Backoff()
  private var restart: TimerID?
  /// Whether a worker has become ready since the last failure to start one.
  private var isAvailable = false
  private var isStopped = false
  private var counters = Counters()

  package struct Counters: Equatable, Sendable {
    package var started = 0
    package var deaths: [String: Int] = [:]
    package var busy = 0
    package var idle = 0
  }

  /// - Parameters:
  ///   - executable: this very program.
  ///   - environment: all that workers inherit of the environment.
  package init(
    settings: Settings, loop: EventLoop, executable: String, environment: [String: String],
    observer: @escaping (Event) -> Void
  ) {
    self.settings = settings
    self.loop = loop
    self.executable = executable
    self.environment = environment
    self.observer = observer
  }

  package var snapshot: Counters {
    var snapshot = counters
    snapshot.busy = workers.count { $0.assignment != nil }
    snapshot.idle = workers.count { $0.phase == .idle }
    return snapshot
  }

  package func start() { fill() }

  /// Ends every worker at once. Completions of dispatches in hand are never called.
  package func stop() {
    isStopped = true
    loop.cancel(restart)
    for worker in workers { discard(worker) }
    workers = []
    queue = []
    suspects = []
  }

  /// Workers are replaced as they become free; dispatches in hand are finished by the old ones.
  package func reconfigure(_ settings: Settings) {
    guard settings != self.settings else { return }
    self.settings = settings
    for worker in workers where !worker.isSuspect {
      if worker.phase == .idle { retire(worker) } else { worker.isOutdated = true }
    }
    fill()
  }

  /// Whether a worker that should have ended at its deadline lives on: the machine is in trouble then, and so are we.
  package var isOverdue: Bool {
    workers.contains { worker in
      worker.killedAt.map { $0.advanced(by: .seconds(5)) < loop.clock.now } ?? false
    }
  }

  // MARK: Dispatches

  /// One in hand and one waiting for each worker, so that none idles while a result is written. Suspects wait apart and
  /// count only when there are many.
  package var capacity: Int {
    guard !isStopped else { return 0 }
    let held = queue.count + workers.count { !$0.isSuspect && $0.assignment != nil }
    let suspectsHeld = suspects.count + workers.count { $0.isSuspect }
    return max(0, 2 * settings.workers - held - max(0, suspectsHeld - settings.workers))
  }

  package func begin(_ claim: Claim, completion: @escaping (Outcome) -> Void) {
    let assignment = WorkerAssignment(claim: claim, completion: completion)
    if claim.attempt > 1 { suspects.append(assignment) } else { queue.append(assignment) }
    dispatch()
  }

  package func cancel(_ claim: UInt64) {
    queue.removeAll { $0.claim.id == claim }
    suspects.removeAll { $0.claim.id == claim }
    for worker in workers where worker.assignment?.claim.id == claim { worker.assignment?.completion = { _ in } }
  }

  private func dispatch() {
    while let assignment = queue.first, let worker = workers.first(where: { $0.phase == .idle && !$0.isSuspect }) {
      queue.removeFirst()
      hand(assignment, to: worker)
    }
    if !suspects.isEmpty, restart == nil, !workers.contains(where: \.isSuspect) {
      // The third try has half the room and half the time.
      let half = suspects[0].claim.attempt > 2
      var prepared = settings.worker
      if half { prepared.memory /= 2 }
      startWorker(prepared, isSuspect: true)
    }
  }

  private func hand(_ assignment: WorkerAssignment, to worker: Worker) {
    worker.assignment = assignment
    worker.phase = .busy
    let claim = assignment.claim
    let deadline = claim.attempt > 2 ? settings.deadline / 2 : settings.deadline
    worker.deadline = loop.after(deadline) { [unowned self] in kill(worker) }
    worker.process.send(
      .analyse(
        WorkerJob(
          id: claim.id, name: claim.name, sha256: claim.sha256, attempt: claim.attempt, now: Int64(time(nil)),
          mayShare: workers.count { $0.assignment != nil } < processors, bytes: claim.bytes)))
    watchChannel(of: worker)
  }

  // MARK: Processes

  /// How long a worker may take to load its models.
  private static let startDeadline = Duration.seconds(60)

  private func fill() {
    guard !isStopped, restart == nil else { return }
    while workers.count(where: { !$0.isSuspect && $0.phase != .leaving }) < settings.workers, restart == nil {
      startWorker(settings.worker, isSuspect: false)
    }
    let surplus = workers.count { !$0.isSuspect && $0.phase != .leaving } - settings.workers
    for worker in workers.filter({ $0.phase == .idle && !$0.isSuspect }).prefix(max(0, surplus)) { retire(worker) }
  }

  private func startWorker(_ prepared: WorkerSettings, isSuspect: Bool) {
    let process: WorkerProcess
    do throws(WorkerStartError) {
      process = try WorkerProcess(executable: executable, environment: environment)
    } catch {
      return backOff(pid: nil, status: nil, error.description)
    }
    counters.started += 1
    let worker = Worker(process, isSuspect: isSuspect)
    workers.append(worker)
    worker.deadline = loop.after(Self.startDeadline) { [unowned self] in kill(worker) }
    loop.add(process.ending.number, .readable) { [unowned self] _ in ended(worker) }
    loop.add(process.channel.number, .readable) { [unowned self] readiness in heard(worker, readiness) }
    process.send(.prepare(prepared))
    watchChannel(of: worker)
  }

  private func watchChannel(of worker: Worker) {
    guard !worker.isMute else { return }
    loop.modify(worker.process.channel.number, worker.process.hasOutgoing ? [.readable, .writable] : .readable)
  }

  private func heard(_ worker: Worker, _ readiness: EventLoop.Readiness) {
    if readiness.contains(.writable) { worker.process.flush() }
    read(worker)
    if !readiness.isDisjoint(with: [.hangUp, .error, .invalid]) {
      mute(worker)
      worker.process.kill()
    }
    watchChannel(of: worker)
  }

  private func read(_ worker: Worker) {
    do throws(FrameError) {
      for reply in try worker.process.receive() { take(reply, of: worker) }
    } catch {
      // It does not keep to the protocol, so nothing it says counts any more.
      mute(worker)
      worker.process.kill()
    }
  }

  private func take(_ reply: WorkerReply, of worker: Worker) {
    switch reply {
    case .ready(let introduction):
      guard worker.phase == .starting else { return }
      loop.cancel(worker.deadline)
      if !isAvailable { observer(.available(introduction)) }
      isAvailable = true
      backoff.succeeded()
      worker.phase = .idle
      if worker.isSuspect {
        if suspects.isEmpty { return retire(worker) }
        hand(suspects.removeFirst(), to: worker)
      } else if worker.isOutdated {
        retire(worker)
        fill()
      } else {
        dispatch()
      }
    case .outcome(let id, let outcome, let retiring):
      guard let assignment = worker.assignment, assignment.claim.id == id else { return }
      loop.cancel(worker.deadline)
      worker.assignment = nil
      worker.phase = .idle
      if worker.isSuspect || retiring || worker.isOutdated { retire(worker) }
      fill()
      dispatch()
      assignment.completion(outcome)
    }
  }

  private func ended(_ worker: Worker) {
    // What it said before its end counts.
    if !worker.isMute { read(worker) }
    guard let death = worker.process.reap() else { return }
    discard(worker)
    workers.removeAll { $0 === worker }
    if let assignment = worker.assignment {
      let failure: Outcome.Failure = worker.killedAt != nil ? .timeout : death.failure
      counters.deaths[failure.rawValue, default: 0] += 1
      let claim = assignment.claim
      observer(
        .died(
          pid: worker.process.pid, failure, death, name: claim.name, sha256: claim.sha256, attempt: claim.attempt))
      fill()
      dispatch()
      assignment.completion(.failed(failure))
    } else if worker.phase == .starting {
      backOff(pid: worker.process.pid, status: death.status, death.sentence)
    } else {
      fill()
      dispatch()
    }
    hasRoom()
  }

  /// Starts no worker for a while.
  private func backOff(pid: Int32?, status: Int32?, _ reason: String) {
    guard !isStopped else { return }
    isAvailable = false
    let delay = backoff.failed()
    if restart == nil {
      restart = loop.after(delay) { [unowned self] in
        restart = nil
        fill()
        dispatch()
      }
    }
    observer(.startFailed(pid: pid, status: status, reason, retryAfter: delay))
  }

  private func kill(_ worker: Worker) {
    worker.killedAt = loop.clock.now
    worker.process.kill()
  }

  /// Lets an idle worker go: it ends by itself when its socket closes.
  private func retire(_ worker: Worker) {
    worker.phase = .leaving
    loop.cancel(worker.deadline)
    mute(worker)
    shutdown(worker.process.channel.number, Int32(SHUT_RDWR))
  }

  private func mute(_ worker: Worker) {
    worker.isMute = true
    loop.remove(worker.process.channel.number)
  }

  private func discard(_ worker: Worker) {
    loop.cancel(worker.deadline)
    mute(worker)
    loop.remove(worker.process.ending.number)
  }
}
