import TelexModel

/// What patterns go over: a token, or the tokens of one number.
struct Element: Sendable {
  /// Half-open range of UTF-8 bytes.
  var start: UInt32
  var end: UInt32
  /// Half-open range of tokens.
  var firstToken: UInt32
  var endToken: UInt32
  /// Word in the vocabulary, or -1.
  var entry: Int32
  var flags: Flags
  /// Bits of the classes it belongs to.
  var classes: UInt64
  /// What it counts, where it is a number.
  var number: Double

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt16
    /// A blank line stands before it.
    static let beginsParagraph = Flags(rawValue: 1)
    static let isCapitalized = Flags(rawValue: 2)
    /// A word of letters, an elision or a clitic.
    static let isWord = Flags(rawValue: 4)
    /// Ends a sentence or a clause: a terminator.
    static let endsSentence = Flags(rawValue: 8)
    /// White space stands before it.
    static let isSpaced = Flags(rawValue: 16)
    /// A number in figures; in words.
    static let isFigure = Flags(rawValue: 32)
    static let isSpelled = Flags(rawValue: 64)
    /// Letters only. With a capital, in no list and no number, it is a name.
    static let isPlainWord = Flags(rawValue: 128)
  }

  var span: Span { Span(Int(start), Int(end)) }
  func has(_ shape: RuleVocabulary.Shape) -> Bool { classes & (1 << UInt64(shape.rawValue)) != 0 }
}
