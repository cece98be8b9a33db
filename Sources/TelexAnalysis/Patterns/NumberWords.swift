import TelexText

/// What a word is inside a number (`Resources/number-words.txt`, class `numeral`).
struct NumberWords: Sendable {
  /// Reads a number from left to right, one part at a time, refusing what French can't say.
  struct Sum {
    private var total = 0.0
    private var group = 0.0
    /// What comes next in the group has to be smaller than this.
    private var limit = 1000.0
    private var scale = Double.infinity
    private var last = 0.0
    private(set) var isEmpty = true

    var value: Double { Exact.product(total + group) }
    /// Whether an `et` may stand before the next part: "vingt et un", "soixante et onze".
    var takesAnd: Bool { !isEmpty && limit <= 20 && limit > 1 }

    mutating func take(figure: Double, isWhole: Bool) -> Bool {
      guard group == 0, figure < scale, isEmpty || (figure < 1000 && isWhole) || scale >= 1e6 else { return false }
      group = figure
      limit = 0
      last = 0
      isEmpty = false
      return true
    }

    mutating func take(word: Double) -> Bool {
      switch word {
      case 1000...:
        guard word < scale, group > 0 || (word == 1000 && isEmpty) else { return false }
        total += max(group, 1) * word
        scale = word
        (group, limit, last) = (0, 1000, 0)
      case 100:
        let multiplies = group < 10 && group > 1 && last == group
        guard multiplies || (group == 0 && limit == 1000) else { return false }
        group = multiplies ? group * 100 : 100
        (limit, last) = (100, 0)
      case 20 where last == 4 && limit == 1:
        group += 76
        (limit, last) = (20, 80)
      default:
        let completesTen = last == 10 && word >= 7 && word <= 9
        guard (word < limit && word > 0) || completesTen || (word == 0 && isEmpty) else { return false }
        group += word
        switch word {
        case 60, 80: limit = 20
        case 20..<100: limit = 10
        default: limit = 1
        }
        last = word
      }
      isEmpty = false
      return true
    }
  }

  /// By entry of the vocabulary; not a number for other words.
  private let values: [Double]
  let bit: UInt64
  let and: Int32

  init(_ vocabulary: inout RuleVocabulary) {
    and = vocabulary.literal("et")
    let bit = vocabulary.classes["numeral"] ?? 0
    var values = [Double](repeating: .nan, count: vocabulary.entries.count)
    for (index, entry) in vocabulary.entries.enumerated() where entry.classes & (1 << UInt64(bit)) != 0 {
      if let value = entry.value(in: bit) { values[index] = value.number.isNaN ? 0 : value.number }
    }
    self.values = values
    self.bit = 1 << UInt64(bit)
  }

  /// What an entry is inside a number; nil where it is no number's word.
  func value(of entry: Int32) -> Double? {
    guard entry >= 0, Int(entry) < values.count else { return nil }
    let value = values[Int(entry)]
    return value.isNaN ? nil : value
  }
}

/// Products of decimals without the noise of binary fractions.
enum Exact {
  /// The whole number that a product misses by rounding: 65.9 times a billion is 65,900,000,000.
  static func product(_ value: Double) -> Double {
    let whole = value.rounded()
    return abs(value - whole) <= abs(value) * 1e-13 ? whole : value
  }

  /// A share with four decimals, which is all that words say of it.
  static func share(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

/// A number in figures: digits, what groups them, decimals behind a comma (or a point).
enum Figures {
  /// Value, number of bytes that are digits, and whether it has neither groups nor decimals.
  static func read(_ utf8: UnsafeBufferPointer<UInt8>) -> (value: Double, isPlain: Bool, isWhole: Bool)? {
    var value = 0.0
    var scale = 1.0
    var isPlain = true
    var index = 0
    var decimals = -1
    while index < utf8.count {
      let byte = utf8[index]
      if byte >= 0x30, byte <= 0x39 {
        let digit = Double(byte - 0x30)
        if decimals >= 0 {
          decimals += 1
          scale *= 10
        }
        value = value * 10 + digit
        index += 1
      } else if byte == byteOf(",") || byte == byteOf(".") {
        isPlain = false
        if !isGroup(utf8, behind: index) || (byte == byteOf(",") && !hasAnother(byte, utf8, behind: index)) {
          decimals = 0
        }
        index += 1
      } else if byte == byteOf("'") || byte == 0x20 {
        isPlain = false
        index += 1
      } else if byte == 0xC2, index + 1 < utf8.count, utf8[index + 1] == 0xA0 {
        isPlain = false
        index += 2
      } else if byte == 0xE2 {
        isPlain = false
        index += 3
      } else {
        return nil
      }
    }
    return (value / scale, isPlain, decimals <= 0)
  }

  /// Exactly three digits stand behind the mark at `index`.
  private static func isGroup(_ utf8: UnsafeBufferPointer<UInt8>, behind index: Int) -> Bool {
    guard index + 3 < utf8.count else { return false }
    for offset in 1...3 where utf8[index + offset] < 0x30 || utf8[index + offset] > 0x39 { return false }
    return index + 4 == utf8.count || utf8[index + 4] < 0x30 || utf8[index + 4] > 0x39
  }

  private static func hasAnother(_ mark: UInt8, _ utf8: UnsafeBufferPointer<UInt8>, behind index: Int) -> Bool {
    var next = index + 1
    while next < utf8.count {
      if utf8[next] == mark { return true }
      next += 1
    }
    return false
  }
}
