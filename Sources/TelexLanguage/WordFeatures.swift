import TelexModel
package import TelexText

/// What models look at in one token: numbers only, computed once.
package struct WordFeatures: Sendable {
  /// Hash of the spelling, of its small letters, of their endings and beginnings of 1 to 4 letters.
  package var form: UInt64 = 0
  package var lower: UInt64 = 0
  package var endings: SIMD4<UInt64> = .zero
  package var beginnings: SIMD4<UInt64> = .zero
  /// Kinds of letters with repetitions cut: "Xx-x", "d,d".
  package var shape: UInt64 = 0
  /// The spelling's own entry, or that of its small letters.
  package var entry = Vocabulary.Entry()
  package var brown: UInt16 = 0
  /// Possible parts of speech, as bits, capitals and small letters together.
  package var tags: UInt32 = 0
  package var coarse: UInt64 = 0
  package var middle: UInt64 = 0
  package var fine: UInt64 = 0
  package var isCapitalized = false
  package var isAllCapitals = false
  package var hasDigit = false
  package var hasHyphen = false
  package var isElided = false
  /// Whether a letter or digit is in it.
  package var isWord = false
  /// Scalars.
  package var length = 0

  package init() {}
}

/// Makes features of words. Holds scratch buffers, so each analysis has its own.
package struct WordFeaturizer {
  private let vocabulary: Vocabulary
  private var form: [UInt8] = []
  private var lower: [UInt8] = []
  private var starts: [Int] = []

  package init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
  }

  /// The small letters of the last word.
  package var lowercase: [UInt8] { lower }

  /// Features of a sentence's tokens.
  package mutating func features(of tokens: [SurfaceToken], in text: SourceText) -> [WordFeatures] {
    text.utf8.withUnsafeBufferPointer { bytes in
      tokens.map { features(UnsafeBufferPointer(rebasing: bytes[$0.span.range])) }
    }
  }

  package mutating func features(_ bytes: UnsafeBufferPointer<UInt8>) -> WordFeatures {
    var result = WordFeatures()
    form.removeAll(keepingCapacity: true)
    lower.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var shape: UInt64 = 1
    var lastClass: UInt64 = 0
    var capitals = 0
    var letters = 0
    var offset = 0
    while offset < bytes.count {
      var (value, length) = scalar(bytes, at: offset)
      offset += length
      if isApostrophe(value) { value = 0x27 }
      append(value, to: &form)
      starts.append(lower.count)
      let small = lowercased(value)
      append(small, to: &lower)
      let kind: UInt64
      if small != value {
        kind = 1
        capitals += 1
        letters += 1
        if starts.count == 1 { result.isCapitalized = true }
      } else if isDigit(value) {
        kind = 2
        result.hasDigit = true
      } else if isLetter(value) {
        kind = 3
        letters += 1
      } else {
        kind = UInt64(value) &+ 4
        if value == 0x2D && offset < bytes.count { result.hasHyphen = true }
        result.isElided = value == 0x27 && offset == bytes.count && letters > 0
      }
      if kind != lastClass { shape = shape &* 0x0100_0193 ^ kind }
      lastClass = kind
    }
    starts.append(lower.count)
    let count = starts.count - 1
    result.length = count
    result.shape = mixed(shape)
    result.isAllCapitals = capitals >= 2 && capitals == letters
    result.isWord = letters > 0 || result.hasDigit
    result.form = hash(form)
    result.lower = capitals == 0 ? result.form : hash(lower)
    for size in 1...4 {
      let used = min(size, count)
      result.endings[size - 1] = hash(lower[starts[count - used]...])
      result.beginnings[size - 1] = hash(lower[..<starts[used]])
    }
    look(&result, capitals)
    return result
  }

  private func look(_ result: inout WordFeatures, _ capitals: Int) {
    let exact = vocabulary.entry(of: form)
    var entry = exact
    result.tags = vocabulary.tags(ofSet: exact.set)
    result.brown = exact.brown
    if capitals > 0 {
      let small = vocabulary.entry(of: lower)
      result.brown = small.brown
      result.tags |= vocabulary.tags(ofSet: small.set)
      if entry.set == 0 { entry.set = small.set }
      if entry.row == 0 { entry.row = small.row }
      if entry.frequency == 0 { entry.frequency = small.frequency }
    }
    result.entry = entry
    if entry.row > 0 {
      let row = Int(entry.row) - 1
      result.coarse = UInt64(vocabulary.coarse[row]) + 1
      result.middle = UInt64(vocabulary.middle[row]) + 1
      result.fine = UInt64(vocabulary.fine[row]) + 1
    }
  }
}
