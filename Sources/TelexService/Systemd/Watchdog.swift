import TelexSpool

/// Tells systemd's watchdog that the service lives, from the event loop itself: three times an interval, as long as the
/// loop turns and `isHealthy` says so. Where it doesn't, systemd is told to act at once.
final class Watchdog {
  private let manager: ServiceManager
  private let loop: EventLoop
  private let isHealthy: () -> Bool
  private var lastTick: UInt64 = 0

  init(manager: ServiceManager, loop: EventLoop, isHealthy: @escaping () -> Bool) {
    self.manager = manager
    self.loop = loop
    self.isHealthy = isHealthy
  }

  func start() {
    guard let interval = manager.watchdogMicroseconds else { return }
    ping()
    let period = Duration.microseconds(Int64(interval / 3))
    func next() {
      loop.after(period) {
        self.ping()
        next()
      }
    }
    next()
  }

  private func ping() {
    guard isHealthy() else { return manager.tell(.watchdogTrigger) }
    guard loop.ticks != lastTick else { return }
    lastTick = loop.ticks
    manager.tell(.watchdog)
  }
}
