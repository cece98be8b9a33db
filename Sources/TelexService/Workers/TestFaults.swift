import Glibc

/// Faults on demand, for tests of what the service does about them: a worker that meets a marker in a dispatch crashes,
/// hangs, eats memory or breaks the protocol; the daemon itself may be told to die on one.
///
/// Only where the environment variable `TELEX_TEST_FAULTS` is set: `crash=MARKER,hang=MARKER,…`. No installation sets it.
struct TestFaults {
  static let variable = "TELEX_TEST_FAULTS"

  enum Kind: String, CaseIterable {
    /// A trap, as a fault in the analysis would cause.
    case crash
    /// An endless loop.
    case hang
    /// Memory without end.
    case memory
    /// A good second of work, then the ordinary result.
    case slow
    /// Attempts to read a file, to make a socket and to signal the daemon; it traps unless all are forbidden.
    case open
    /// The end of the daemon itself, by SIGKILL.
    case daemon
    /// The daemon's loop stands still.
    case block
  }

  private let markers: [(kind: Kind, marker: [UInt8])]

  init(environment value: String?) {
    markers = (value ?? "").split(separator: ",").compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
      return (kind, Array(parts[1].utf8))
    }
  }

  /// The fault that these bytes ask for.
  func fault(in bytes: [UInt8]) -> Kind? {
    markers.first { Self.contains(bytes, $0.marker) }?.kind
  }

  /// In a worker: what the bytes ask for happens.
  func strike(_ bytes: [UInt8]) {
    guard !markers.isEmpty, let kind = fault(in: bytes) else { return }
    switch kind {
    case .crash: raise(SIGILL)
    case .hang: while true { sched_yield() }
    case .memory:
      var hoard: [[UInt8]] = []
      while true { hoard.append([UInt8](repeating: 1, count: 1 << 22)) }
    case .slow:
      var second = timespec(tv_sec: 1, tv_nsec: 0)
      nanosleep(&second, nil)
    case .open:
      let isHeld =
        open("/etc/passwd", O_RDONLY) < 0 && socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) < 0
        && Glibc.kill(getppid(), 0) < 0
      if !isHeld { raise(SIGILL) }
    case .daemon, .block: break
    }
  }

  /// In the daemon: as `strike`, for the faults that are its own.
  func strikeDaemon(_ bytes: [UInt8]) {
    guard !markers.isEmpty, let kind = fault(in: bytes) else { return }
    switch kind {
    case .daemon: raise(SIGKILL)
    case .block: while true { pause() }
    default: break
    }
  }

  private static func contains(_ bytes: [UInt8], _ marker: [UInt8]) -> Bool {
    guard let first = marker.first, bytes.count >= marker.count else { return false }
    return (0...(bytes.count - marker.count)).contains { start in
      bytes[start] == first && bytes[start..<(start + marker.count)].elementsEqual(marker)
    }
  }
}
