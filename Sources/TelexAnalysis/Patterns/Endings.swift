import TelexText

/// Ends of words of up to eight bytes, which a word is compared with at once.
struct Endings: Sendable {
  private let rows: [(bits: UInt64, mask: UInt64)]

  init(_ endings: String...) {
    rows = endings.map { ending in
      let bits = ending.utf8.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return (bits, ending.utf8.count >= 8 ? .max : 1 << (8 * UInt64(ending.utf8.count)) - 1)
    }
  }

  /// Whether the word between two bytes of a text ends in one of them.
  func contain(_ utf8: [UInt8], from start: Int, to end: Int) -> Bool {
    var tail: UInt64 = 0
    var index = max(start, end - 8)
    while index < end {
      tail = tail << 8 | UInt64(utf8[index])
      index += 1
    }
    for row in rows where tail & row.mask == row.bits { return true }
    return false
  }
}

extension Endings {
  static let infinitive = Endings("er", "ir", "re")
  static let participle = Endings("é", "és", "ée", "ées")
  static let future = Endings(
    "era", "ira", "dra", "vra", "rra", "ura", "tra", "eront", "iront", "dront", "vront", "rront", "uront", "tront",
    "erons", "irons", "drons", "vrons", "rrons", "urons", "trons", "erai", "irai", "drai", "rrai", "urai", "trai",
    "erez", "drez", "rrez", "urez")
  static let conditional = Endings("rait", "raient")
  /// Of the imperfect and the simple past.
  static let past = Endings("aient", "ait", "èrent", "irent")
}
