import Glibc

/// What the service tells systemd about itself (sd_notify(3)), and what systemd asked of it.
///
/// Every change is one datagram. A value can't hold a newline, so no file name forges `READY=1`; a manager that is
/// absent, gone or not reading is no trouble.
final class ServiceManager {
  /// A line of the protocol.
  enum Notice {
    case ready, stopping, watchdog
    /// The service has found out by itself that it hangs: what the watchdog is for shall happen now.
    case watchdogTrigger
    /// Reloading, with the time of it that `Type=notify-reload` needs in the same datagram.
    case reloading(monotonicMicroseconds: UInt64)
    case status(String)
    case extendTimeout(microseconds: UInt64)
    case errno(Int32)
  }

  /// Half of it may pass between two pings. Nil where no watchdog watches this process.
  let watchdogMicroseconds: UInt64?
  private let socket: Datagram?
  /// The last status that arrived, so that it isn't said twice.
  private var lastStatus: String?

  /// - Parameter environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID` are read of it.
  init(environment: [String: String]) {
    socket = environment["NOTIFY_SOCKET"].flatMap { Datagram(to: $0) }
    let watched = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
    if watched, let interval = environment["WATCHDOG_USEC"].flatMap({ UInt64($0) }), interval > 0 {
      watchdogMicroseconds = interval
    } else {
      watchdogMicroseconds = nil
    }
  }

  /// Sends the notices in one datagram.
  func tell(_ notices: Notice...) {
    guard socket != nil else { return }
    _ = socket?.send(Array(notices.map(\.lines).joined(separator: "\n").utf8))
  }

  /// Sends the status if it isn't the one that systemd has.
  func tell(status: String) {
    guard status != lastStatus else { return }
    lastStatus = status
    tell(.status(status))
  }
}

extension ServiceManager.Notice {
  fileprivate var lines: String {
    switch self {
    case .ready: "READY=1"
    case .stopping: "STOPPING=1"
    case .watchdog: "WATCHDOG=1"
    case .watchdogTrigger: "WATCHDOG=trigger"
    case .reloading(let time): "RELOADING=1\nMONOTONIC_USEC=\(time)"
    case .status(let text): "STATUS=\(PrintableText.line(text, limit: 512))"
    case .extendTimeout(let time): "EXTEND_TIMEOUT_USEC=\(time)"
    case .errno(let code): "ERRNO=\(code)"
    }
  }
}
