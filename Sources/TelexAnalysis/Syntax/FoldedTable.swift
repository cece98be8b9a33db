import TelexText

/// Values by the folded hash of a word (`FoldedHash`), for the tables that are looked into for every token of a text.
///
/// The keys are hashes already and are not hashed again: open addressing with linear probing, at most half full.
struct FoldedTable<Value: Sendable>: Sendable {
  /// 0 where a slot is free; a power of two of them.
  private var keys: [UInt64] = [0]
  private var values: [Value?] = [nil]

  init(_ entries: [UInt64: Value] = [:]) {
    var slots = 2
    while slots < 2 * entries.count { slots *= 2 }
    keys = Array(repeating: 0, count: slots)
    values = Array(repeating: nil, count: slots)
    for (hash, value) in entries {
      let slot = slot(of: hash)
      keys[slot] = Self.key(hash)
      values[slot] = value
    }
  }

  /// The values of words that differ in their folded spellings.
  init(words: [(String, Value)]) {
    self.init(Dictionary(words.map { (FoldedHash($0.0).value, $0.1) }, uniquingKeysWith: { first, _ in first }))
  }

  subscript(hash: UInt64) -> Value? { values[slot(of: hash)] }

  /// The hash 0 shares the key of 1: it is as likely as any other, and 0 marks a free slot.
  private static func key(_ hash: UInt64) -> UInt64 { max(hash, 1) }

  /// Where a hash stands, or the free slot where it would.
  private func slot(of hash: UInt64) -> Int {
    let key = Self.key(hash)
    let mask = UInt64(keys.count - 1)
    var slot = Int(truncatingIfNeeded: (key ^ key &>> 32) & mask)
    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & Int(truncatingIfNeeded: mask) }
    return slot
  }
}

/// Words by their folded hashes.
struct FoldedSet: Sendable {
  private let table: FoldedTable<Void>

  init(_ hashes: Set<UInt64> = []) {
    table = FoldedTable(Dictionary(hashes.map { ($0, ()) }, uniquingKeysWith: { first, _ in first }))
  }

  init(words: [String]) { self.init(Set(words.map { FoldedHash($0).value })) }

  func contains(_ hash: UInt64) -> Bool { table[hash] != nil }
}
