import TelexText

/// Values by the folded hash of a word (`FoldedHash`), for the tables that are looked into for every token of a text.
struct FoldedTable<Value: Sendable>: Sendable {
  private var places = WordTable()
  private var values: [Value] = []

  init(_ entries: [UInt64: Value] = [:]) {
    for (hash, value) in entries {
      places.set(hash, Int32(clamping: values.count))
      values.append(value)
    }
  }

  /// The values of words that differ in their folded spellings.
  init(words: [(String, Value)]) {
    self.init(Dictionary(words.map { (FoldedHash($0.0).value, $0.1) }, uniquingKeysWith: { first, _ in first }))
  }

  subscript(hash: UInt64) -> Value? {
    let place = places.find(hash)
    return place < 0 ? nil : values[Int(place)]
  }
}

/// Words by their folded hashes.
struct FoldedSet: Sendable {
  private var places = WordTable()

  init(_ hashes: Set<UInt64> = []) {
    for hash in hashes { places.set(hash, 0) }
  }

  init(words: [String]) { self.init(Set(words.map { FoldedHash($0).value })) }

  func contains(_ hash: UInt64) -> Bool { places.find(hash) >= 0 }
}
