/// Keeps a burst of dispatches from drowning the journal: so many entries a second one by one, the others folded into
/// one that counts them.
struct ProcessedThrottle {
  /// Entries a second that are written one by one.
  var rate: Int
  private var second: UInt64 = 0
  private var written = 0
  private(set) var folded = 0
  private var lastName: [UInt8] = []

  init(rate: Int) { self.rate = rate }

  /// - Parameter now: milliseconds of any clock that doesn't go back.
  /// - Returns: whether the entry about this dispatch is to be written.
  mutating func admits(_ name: [UInt8], now: UInt64) -> Bool {
    if now / 1000 != second {
      second = now / 1000
      written = 0
    }
    // While something is folded everything is, so that the order of entries stays that of events.
    guard folded == 0, written < rate else {
      folded += 1
      lastName = name
      return false
    }
    written += 1
    return true
  }

  /// The entry for what was folded, once its second is over (or at once where `always`).
  mutating func summary(now: UInt64, always: Bool = false) -> JournalEntry? {
    guard folded > 0, always || now / 1000 != second else { return nil }
    defer { folded = 0 }
    return JournalEntry(
      .processedMany, "\(folded) more dispatches analysed, \(PrintableText.name(lastName)) the last of them"
    ).with(.count, folded).with(.file, lastName)
  }
}
