import TelexSpool

/// The time between being told to stop and the end: what is in hand is finished, within bounds.
///
/// The unit gives 30 s; the service takes 80 % of it, counted from the last dispatch that was finished, and asks for the
/// same again each time that one is: as long as progress is real.
final class Stopping {
  /// 80 % of the unit's TimeoutStopSec=.
  static let limit = Duration.seconds(24)
  /// What is asked of the service manager: TimeoutStopSec= itself, in microseconds.
  static let timeout = UInt64(30_000_000)

  private let manager: ServiceManager
  private let loop: EventLoop
  private let abandon: () -> Void
  private var deadline: TimerID?

  /// - Parameter abandon: called where the limit has passed without progress.
  init(manager: ServiceManager, loop: EventLoop, abandon: @escaping () -> Void) {
    self.manager = manager
    self.loop = loop
    self.abandon = abandon
  }

  func begin(status: String, progress: @escaping () -> SpoolSnapshot) {
    manager.tell(.stopping, .status(status), .extendTimeout(microseconds: Self.timeout))
    deadline = loop.after(Self.limit, abandon)
    watch(progress, since: progress().inHand)
  }

  private func watch(_ progress: @escaping () -> SpoolSnapshot, since inHand: Int) {
    loop.after(.seconds(1)) { [weak self] in
      guard let self else { return }
      let now = progress().inHand
      if now < inHand {
        loop.cancel(deadline)
        deadline = loop.after(Self.limit, abandon)
        manager.tell(.extendTimeout(microseconds: Self.timeout))
      }
      watch(progress, since: now)
    }
  }
}
