package import TelexModel

/// Cuts a block into sentences.
///
/// A sentence ends at a point, mark or ellipsis outside all quotation marks and brackets when something follows that can
/// begin one. What stands between quotation marks is never cut: a quotation of several sentences is one sentence with
/// the words that introduce it or stand inside it. Shortened words, initials and numbers keep their points.
package struct SentenceSplitter: Sendable {
  private let rules: TokenRules

  package init(rules: TokenRules) { self.rules = rules }

  /// The sentences of one block, in order, without the white space around them; none overlaps another, and together they
  /// hold all tokens of the block.
  package func sentences(of text: SourceText, _ tokens: [Token], in block: Span) -> [Span] {
    let indices = tokens.indices(in: block)
    guard let last = indices.last else { return [] }
    let pairs = QuotePairs(tokens, indices, in: text)
    var sentences: [Span] = []
    var start = indices.lowerBound
    var index = indices.lowerBound
    while index <= last {
      if let end = end(at: index, from: start, indices, tokens, pairs, text) {
        sentences.append(Span(Int(tokens[start].start), Int(tokens[end].end)))
        start = end + 1
        index = start
      } else {
        index += 1
      }
    }
    if start <= last { sentences.append(Span(Int(tokens[start].start), Int(tokens[last].end))) }
    return sentences
  }

  /// The last token of the sentence that a token ends; nil where it goes on.
  private func end(
    at index: Int, from start: Int, _ indices: Range<Int>, _ tokens: [Token], _ pairs: QuotePairs, _ text: SourceText
  ) -> Int? {
    let token = tokens[index]
    var end = index
    switch token.kind {
    case .terminator, .ellipsis:
      // Its own closing marks belong to it: « Venez. » — they end the sentence if the pair encloses nothing else open.
      var depth = pairs.depth(of: index)
      while depth > 0, end + 1 < indices.upperBound, let partner = pairs.partner(of: end + 1), partner < end + 1 {
        end += 1
        depth = pairs.depth(of: end)
      }
      guard depth == 0 else { return nil }
      // "(...)" and "[…]" stand for left out words.
      if token.kind == .ellipsis, end > index, tokens[end].kind == .closeBracket, pairs.partner(of: end) == index - 1 {
        return nil
      }
      // A bracket that ends with a point ends the sentence only if it is a sentence of its own.
      if tokens[end].kind == .closeBracket, let open = pairs.partner(of: end), open != start { return nil }
      if end + 1 < indices.upperBound, [.terminator, .ellipsis].contains(tokens[end + 1].kind) { return nil }
      if token.kind == .terminator, index > start, isListMark(index - 1, from: start, tokens) { return nil }
    case .abbreviation, .acronym:
      guard pairs.depth(of: index) == 0, mayEnd(index, indices, tokens, text) else { return nil }
    default: return nil
    }
    guard end + 1 < indices.upperBound else { return nil }
    return begins(end + 1, indices, tokens, isCertain: token.kind == .terminator) ? end : nil
  }

  /// "1. Le projet": a number or letter that counts off a list.
  private func isListMark(_ index: Int, from start: Int, _ tokens: [Token]) -> Bool {
    guard index == start || tokens[index - 1].kind == .separator else { return false }
    let token = tokens[index]
    return switch token.kind {
    case .number: token.span.count <= 2
    case .word: token.span.count == 1
    default: false
    }
  }

  /// A shortened word whose point also ends the sentence: "etc. Le", "aux U.S.A. Il", but never "M. Le Pen".
  private func mayEnd(_ index: Int, _ indices: Range<Int>, _ tokens: [Token], _ text: SourceText) -> Bool {
    guard index + 1 < indices.upperBound else { return false }
    let token = tokens[index]
    let next = tokens[index + 1]
    guard next.isSpaced else { return false }
    let isOpener = text.utf8[next.range].withUnsafeBufferPointer { rules.isOpener($0) } && next.isCapitalized
    if token.kind == .acronym { return isOpener }
    let word = text.utf8[Int(token.start)..<Int(token.end) - 1]
    switch word.withUnsafeBufferPointer({ rules.abbreviation($0, isCapitalized: token.isCapitalized) }) {
    case .always: return next.isCapitalized
    case .number: return isOpener
    case .title, nil: return false
    }
  }

  /// True where a token can begin a sentence. Behind a full stop more can than behind an ellipsis.
  private func begins(_ index: Int, _ indices: Range<Int>, _ tokens: [Token], isCertain: Bool) -> Bool {
    // A dash of dialogue or list before it.
    var index = index
    while [.dash, .singleQuote].contains(tokens[index].kind) {
      guard tokens[index].isSpaced, index + 1 < indices.upperBound else { return false }
      index += 1
    }
    let token = tokens[index]
    switch token.kind {
    case .word, .elision, .abbreviation, .acronym: return token.isCapitalized
    case .openQuote, .straightQuote, .openBracket: return token.isSpaced
    case .number, .ordinal, .code, .tag, .address: return isCertain && token.isSpaced
    case .symbol: return isCertain && token.isSpaced
    default: return false
    }
  }
}
