/// One episode of a fault: open from the first failure until it is known to be over.
///
/// A full disk fails every result; the first failure opens the breaker, and one journal entry says so; nothing is taken
/// while it is open; what was analysed already is kept and serves as the probe; success closes it, with one more entry.
struct Breaker {
  let pauses: Bool
  private(set) var openFor: (errno: Errno, since: Moment, name: [UInt8]?)?
  private(set) var failures = 0

  init(pauses: Bool) { self.pauses = pauses }

  var isOpen: Bool { openFor != nil }

  /// The event of an opening; nil where it was open.
  mutating func trip(_ error: Errno, name: [UInt8]?, at now: Moment) -> SpoolEvent? {
    failures += 1
    guard openFor == nil else { return nil }
    openFor = (error, now, name)
    return .transientOpened(.init(errno: error, name: name, pauses: pauses, duration: .zero, count: failures))
  }

  /// The event of the closing; nil where it was closed.
  mutating func close(at now: Moment) -> SpoolEvent? {
    guard let episode = openFor else { return nil }
    defer {
      openFor = nil
      failures = 0
    }
    return .transientClosed(
      .init(
        errno: episode.errno, name: episode.name, pauses: pauses, duration: episode.since.duration(to: now),
        count: failures))
  }
}

/// The episodes of faults that concern single files: one for each error number, open while any file waits for it.
struct Episodes {
  private var breakers: [Errno: Breaker] = [:]
  private var waiting: [[UInt8]: Errno] = [:]

  mutating func failed(_ name: [UInt8], _ error: Errno, at now: Moment) -> SpoolEvent? {
    waiting[name] = error
    return breakers[error, default: Breaker(pauses: false)].trip(error, name: name, at: now)
  }

  /// The file is through, or of no interest any more.
  mutating func recovered(_ name: [UInt8], at now: Moment) -> SpoolEvent? {
    guard let error = waiting.removeValue(forKey: name), !waiting.values.contains(error) else { return nil }
    defer { breakers[error] = nil }
    return breakers[error]?.close(at: now)
  }
}
