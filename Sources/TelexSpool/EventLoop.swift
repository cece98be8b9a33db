import Glibc

/// The one thread of the daemon: descriptors, timers, and work put off to the end of the present turn.
///
/// A *tick* is: wait until a descriptor is ready or a timer due; call back the ready descriptors; then the due timers,
/// earliest first; then what was deferred. Everything of the spool and of the service around it happens in such a
/// callback, so nothing needs a lock. A watchdog that looks at `ticks` sees whether this loop lives.
///
/// Invariants: a callback removed before its turn is not called, even when its descriptor's number was taken anew;
/// a cancelled timer never fires; timers set in a tick for "now" fire in the next one, so no tick is endless.
package final class EventLoop {
  /// What to wait for on a descriptor. Errors and hang-ups are always reported.
  package struct Interest: OptionSet, Sendable {
    package let rawValue: Int16
    package init(rawValue: Int16) { self.rawValue = rawValue }
    package static let readable = Interest(rawValue: Int16(POLLIN))
    package static let writable = Interest(rawValue: Int16(POLLOUT))
  }

  /// What happened to a descriptor.
  package struct Readiness: OptionSet, Sendable {
    package let rawValue: Int16
    package init(rawValue: Int16) { self.rawValue = rawValue }
    package static let readable = Readiness(rawValue: Int16(POLLIN))
    package static let writable = Readiness(rawValue: Int16(POLLOUT))
    package static let error = Readiness(rawValue: Int16(POLLERR))
    package static let hangUp = Readiness(rawValue: Int16(POLLHUP))
    package static let invalid = Readiness(rawValue: Int16(POLLNVAL))
  }

  private struct Registration {
    var interest: Interest
    let generation: UInt64
    let body: (Readiness) -> Void
  }

  /// poll(2) counts CLOCK_MONOTONIC, which stands still while the machine is suspended: a wait is never longer than
  /// this, so timers are late by at most this much after a resume.
  private static let longestWait = Duration.seconds(5)

  package let clock: any SpoolClock
  /// Turns taken so far.
  package private(set) var ticks: UInt64 = 0

  private var registrations: [Int32: Registration] = [:]
  private var polled: [pollfd] = []
  private var polledGenerations: [UInt64] = []
  private var polledIsStale = false
  private var nextGeneration: UInt64 = 0
  private var timers = TimerQueue()
  private var deferred: [() -> Void] = []
  private var isStopped = false

  package init(clock: any SpoolClock = MachineClock()) { self.clock = clock }

  // MARK: Descriptors

  /// Calls `body` whenever `descriptor` is ready for `interest`, until it is removed. Replaces an earlier registration.
  package func add(_ descriptor: Int32, _ interest: Interest, _ body: @escaping (Readiness) -> Void) {
    nextGeneration += 1
    registrations[descriptor] = Registration(interest: interest, generation: nextGeneration, body: body)
    polledIsStale = true
  }

  package func modify(_ descriptor: Int32, _ interest: Interest) {
    guard let old = registrations[descriptor], old.interest != interest else { return }
    registrations[descriptor]?.interest = interest
    polledIsStale = true
  }

  /// To be called before the descriptor is closed.
  package func remove(_ descriptor: Int32) {
    registrations[descriptor] = nil
    polledIsStale = true
  }

  // MARK: Timers and deferred work

  /// Calls `body` once, `delay` from now.
  @discardableResult
  package func after(_ delay: Duration, _ body: @escaping () -> Void) -> TimerID {
    timers.insert(at: clock.now.advanced(by: max(delay, .zero)), body)
  }

  /// Cancelling a timer that has fired is harmless.
  package func cancel(_ timer: TimerID?) {
    if let timer { timers.cancel(timer) }
  }

  /// Calls `body` at the end of the present tick, or of the next one when called between ticks; the next wait does not
  /// block.
  package func deferToEndOfTick(_ body: @escaping () -> Void) { deferred.append(body) }

  /// When the earliest timer is due.
  package var nextTimer: Moment? { timers.next }

  // MARK: Running

  /// Takes ticks until `stop()`.
  package func run() {
    isStopped = false
    while !isStopped { runOnce(blocking: true) }
  }

  /// Lets `run()` return after the present tick.
  package func stop() { isStopped = true }

  /// Takes one tick, which waits for something to do only if `blocking`. Returns whether anything was called.
  @discardableResult
  package func runOnce(blocking: Bool) -> Bool {
    ticks += 1
    var didWork = callReadyDescriptors(waiting: blocking ? timeUntilWork() : .zero)
    // Only what is due at this moment: a timer set by one of these waits for the next tick.
    for body in timers.removeDue(at: clock.now) {
      didWork = true
      body()
    }
    let bodies = deferred
    deferred = []
    for body in bodies {
      didWork = true
      body()
    }
    return didWork
  }

  private func timeUntilWork() -> Duration {
    guard deferred.isEmpty else { return .zero }
    guard let next = timers.next else { return Self.longestWait }
    return min(max(clock.now.duration(to: next), .zero), Self.longestWait)
  }

  private func callReadyDescriptors(waiting: Duration) -> Bool {
    if polledIsStale { rebuildPolled() }
    // Rounded up, so that a timer is due when the wait for it ends.
    let milliseconds = (waiting.wholeNanoseconds + 999_999) / 1_000_000
    let ready = poll(&polled, nfds_t(polled.count), Int32(milliseconds))
    // An interrupted wait is a tick in which nothing was ready.
    guard ready > 0 else { return false }
    var didWork = false
    for (index, entry) in polled.enumerated() where entry.revents != 0 {
      guard let registration = registrations[entry.fd], registration.generation == polledGenerations[index] else {
        continue
      }
      didWork = true
      registration.body(Readiness(rawValue: entry.revents))
    }
    return didWork
  }

  private func rebuildPolled() {
    polledIsStale = false
    polled.removeAll(keepingCapacity: true)
    polledGenerations.removeAll(keepingCapacity: true)
    for (descriptor, registration) in registrations.sorted(by: { $0.key < $1.key }) {
      polled.append(pollfd(fd: descriptor, events: registration.interest.rawValue, revents: 0))
      polledGenerations.append(registration.generation)
    }
  }
}
