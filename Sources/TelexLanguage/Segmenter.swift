package import TelexModel
package import TelexText

/// Cuts a stretch of text into sentences of tokens.
package struct Segmenter: Sendable {
  package let tokenizer: TreebankTokenizer

  package init(_ tokenizer: TreebankTokenizer) { self.tokenizer = tokenizer }

  /// The sentences of `span`, each a list of tokens.
  ///
  /// A sentence ends behind a period, a question mark, an exclamation mark or an ellipsis (with the marks that close a
  /// quotation or bracket) where a capital, a digit or an opening mark follows, at every empty line, and at every line
  /// end of a text whose lines aren't wrapped.
  package func sentences(of text: SourceText, in span: Span) -> [[SurfaceToken]] {
    let tokens = tokenizer.tokens(of: text, in: span)
    let isWrapped = Self.isWrapped(text, span)
    var result: [[SurfaceToken]] = []
    var start = 0
    for index in tokens.indices {
      let isLast = index + 1 == tokens.count
      if isLast || endsSentence(tokens, index, text) || breaksLine(tokens[index], tokens[index + 1], text, isWrapped) {
        result.append(Array(tokens[start...index]))
        start = index + 1
      }
    }
    return result
  }

  /// Whether lines are cut at a width, so that a line's end says nothing: most full lines end within a word's length of the longest.
  private static func isWrapped(_ text: SourceText, _ span: Span) -> Bool {
    let lines = text.utf8[span.range].split(separator: 0x0A, omittingEmptySubsequences: true)
    guard lines.count > 3, let longest = lines.map(\.count).max(), longest <= 130 else { return false }
    let full = lines.count { $0.count + 20 >= longest }
    let unfinished = lines.count { line in
      guard let last = line.last(where: { $0 > 0x20 }) else { return false }
      return last != 0x2E && last != 0x21 && last != 0x3F && last != 0x22
    }
    return full * 2 > lines.count && unfinished * 2 > lines.count
  }

  private func breaksLine(_ token: SurfaceToken, _ next: SurfaceToken, _ text: SourceText, _ isWrapped: Bool) -> Bool {
    guard next.spaceBefore else { return false }
    let breaks = text.utf8[token.span.end..<next.span.start].count { $0 == 0x0A }
    return breaks > 1 || (breaks == 1 && isWrapped == false)
  }

  private func endsSentence(_ tokens: [SurfaceToken], _ index: Int, _ text: SourceText) -> Bool {
    let next = tokens[index + 1]
    guard let first = text.utf8[next.span.range].first else { return false }
    // The mark itself, or a mark that closes behind it.
    var end = index
    var closers = 0
    while end > 0, closers < 3, Self.closes(text[tokens[end].span]), tokens[end].spaceBefore == false || closers == 0 {
      end -= 1
      closers += 1
    }
    let mark = text[tokens[end].span]
    guard Self.isEnd(mark) else { return false }
    guard next.spaceBefore else { return false }
    // A closing mark behind a space may open: only « » tell.
    let isOpening = first == 0x22 || first == 0x28 || first == 0x5B || first == 0x2D || text[next.span].starts(with: [0xC2, 0xAB])
      || text[next.span].starts(with: [0xE2, 0x80, 0x9C]) || text[next.span].starts(with: [0xE2, 0x80, 0x93])
      || text[next.span].starts(with: [0xE2, 0x80, 0x94])
    if closers == 0, Self.closes(text[next.span]), isOpening == false || first == 0x22 && index + 2 < tokens.count
      && tokens[index + 2].spaceBefore
    {
      return false
    }
    let value = text.utf8.withUnsafeBufferPointer { scalar($0, at: next.span.start).value }
    if isUppercase(value) || isOpening { return true }
    return isDigit(value) && mark.count == 1
  }

  private static func isEnd(_ mark: ArraySlice<UInt8>) -> Bool {
    guard let first = mark.first else { return false }
    return first == 0x2E || first == 0x21 || first == 0x3F || mark.elementsEqual([0xE2, 0x80, 0xA6])
  }

  private static func closes(_ mark: ArraySlice<UInt8>) -> Bool {
    mark.elementsEqual([0x22]) || mark.elementsEqual([0x29]) || mark.elementsEqual([0x5D]) || mark.elementsEqual([0x27])
      || mark.elementsEqual([0xC2, 0xBB]) || mark.elementsEqual([0xE2, 0x80, 0x9D])
  }
}
