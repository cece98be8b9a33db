/// What models look at in one token: numbers only, computed once.
package struct WordFeatures: Sendable, BitwiseCopyable {
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
