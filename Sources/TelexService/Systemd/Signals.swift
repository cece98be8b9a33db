import CTelexShims
import Glibc
import TelexSpool

/// The signals that the service answers, as one more descriptor of the event loop.
final class Signals {
  private let descriptor: OwnedDescriptor
  private let loop: EventLoop

  /// From now on these signals no longer interrupt: `handler` is called for each, on the loop. Nil where the system has no
  /// descriptor to give.
  init?(_ signals: [Int32], loop: EventLoop, handler: @escaping (Int32) -> Void) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    let number = telex_signal_descriptor(&set)
    guard number >= 0 else { return nil }
    descriptor = OwnedDescriptor(number)
    self.loop = loop
    loop.add(number, .readable) { _ in
      while case let signal = telex_next_signal(number), signal != 0 { handler(signal) }
    }
  }

  deinit { loop.remove(descriptor.number) }
}
