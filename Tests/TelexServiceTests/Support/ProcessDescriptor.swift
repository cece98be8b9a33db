import CTelexShims
import Glibc

/// The end of a process, to wait for.
final class ProcessDescriptor {
  private let descriptor: Int32

  init(_ pid: pid_t) throws {
    descriptor = telex_pidfd_open(pid)
    guard descriptor >= 0 else { throw POSIXFailure(call: "pidfd_open \(pid)", code: errno) }
  }

  deinit { close(descriptor) }

  /// False where the end doesn't come.
  func awaitEnd(patience: Duration) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&ready, 1, Int32(patience.components.seconds * 1000)) == 1
  }
}
