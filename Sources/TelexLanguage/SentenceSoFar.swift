/// What has been read of the sentence that is under way: where it began, what is open in it, whether it has its verb.
package struct SentenceSoFar: Sendable {
  /// Its first token.
  package let start: Int
  private var straight = false
  private var depth = 0
  private var seen = 0

  private static let opening = SIMD4<UInt64>(["«", "“", "(", "["].map { hash($0.utf8) })
  private static let closing = SIMD4<UInt64>(["»", "”", ")", "]"].map { hash($0.utf8) })
  private static let straightQuote = hash("\"".utf8)
  static let verb = PartOfSpeech.verb.bit | PartOfSpeech.auxiliary.bit

  package init(start: Int) { self.start = start }

  package mutating func read(_ word: WordFeatures) {
    guard word.isWord == false else {
      if word.tags & Self.verb != 0 { seen += 1 }
      return
    }
    if word.form == Self.straightQuote {
      straight.toggle()
    } else if any(Self.opening .== word.form) {
      depth += 1
    } else if any(Self.closing .== word.form), depth > 0 {
      depth -= 1
    }
  }

  /// Quotation marks and brackets that are open; 0 for none.
  package var open: UInt64 { UInt64(min(depth, 2)) &* 2 | (straight ? 1 : 0) }

  /// Words that can be verbs, two for more.
  package var verbs: UInt64 { UInt64(min(seen, 2)) }
}
