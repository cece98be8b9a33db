package import TelexModel

/// A piece of the text that belongs together: a word, a number, a mark. Twelve bytes, in a flat array in reading order.
///
/// Tokens never overlap, and between them stands white space only, so tokens and gaps rebuild the text.
package struct Token: Sendable, Equatable {
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// Letters, with the hyphens, apostrophes and digits inside: `sous-marin`, `aujourd'hui`, `F-16`.
    case word
    /// A word that lost its vowel, with its apostrophe: `l'`, `qu’`, `jusqu'`.
    case elision
    /// A pronoun behind its verb, with its hyphens: `-t-il`, `-ce`.
    case clitic
    /// Digits with the marks inside that group them or begin their decimals: `10.000`, `10 000`, `10'000`, `1,5`.
    case number
    /// `1er`, `35e`.
    case ordinal
    /// Digits and points that are no number: a telephone, a version, `23.03.2021`.
    case code
    /// A shortened word with its point: `M.`, `etc.`, and initials `J.`, `J.-P.`.
    case abbreviation
    /// Letters with points: `U.E.`, `U.S.`.
    case acronym
    /// Of the web or of mail.
    case address
    /// `#mot`, `@nom`.
    case tag
    /// `,`, `;`, `:`.
    case separator
    /// `.`, `!`, `?` and runs of them.
    case terminator
    /// `…`, `...`.
    case ellipsis
    /// `-`, `–`, `—` standing alone.
    case dash
    /// `«`, `“`, `„`, `‹`.
    case openQuote
    /// `»`, `”`, `›`.
    case closeQuote
    /// `"`: open or closed only by its place.
    case straightQuote
    /// `'`, `’`, `‘` that belong to no word.
    case singleQuote
    case openBracket
    case closeBracket
    /// `%`, `€`, `°`, `+`, `/` ….
    case symbol
    /// Controls and what has no class.
    case other
  }

  /// Offset of the first byte.
  package let start: UInt32
  /// Offset behind the last byte.
  package let end: UInt32
  package let kind: Kind
  /// White space stands before it, or nothing.
  package let isSpaced: Bool
  /// It is the first of its line.
  package let beginsLine: Bool
  /// Its first letter is a capital.
  package let isCapitalized: Bool

  package var span: Span { Span(Int(start), Int(end)) }
  package var range: Range<Int> { Int(start)..<Int(end) }
}

extension Token.Kind {
  // Kinds are compared for every token by every annotator: the synthesized comparison isn't inlined into other modules.
  @inlinable
  package static func == (a: Self, b: Self) -> Bool {
    unsafeBitCast(a, to: UInt8.self) == unsafeBitCast(b, to: UInt8.self)
  }
}

extension Array<Token> {
  /// Indices of the tokens that lie within a span; tokens are in reading order.
  package func indices(in span: Span) -> Range<Int> {
    let low = firstIndex(notBefore: span.start)
    var high = firstIndex(notBefore: span.end)
    while high > low, Int(self[high - 1].end) > span.end { high -= 1 }
    return low..<high
  }

  /// The tokens that lie within a span, without a copy.
  package subscript(in span: Span) -> ArraySlice<Token> { self[indices(in: span)] }

  /// Index of the first token that begins at or behind an offset.
  package func firstIndex(notBefore offset: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
