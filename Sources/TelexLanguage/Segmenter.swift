import TelexModel
package import TelexText

/// Cuts running text into sentences: a linear model decides behind each token whether one ends there; an empty line always
/// ends one, and so does every line end of a text whose lines aren't wrapped.
package struct Segmenter: Sendable {
  package let tokenizer: TreebankTokenizer
  private let model: SequenceModel

  /// - Throws: `ResourceError` where `sentences.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory, tokenizer: TreebankTokenizer) throws(ResourceError) {
    self.init(tokenizer: tokenizer, model: try SequenceModel("sentences.bin", in: directory))
  }

  package init(tokenizer: TreebankTokenizer, model: SequenceModel) {
    self.tokenizer = tokenizer
    self.model = model
  }

  /// The sentences of running text, as ranges of its tokens.
  package func sentences(_ tokens: [SurfaceToken], _ words: [WordFeatures], of text: SourceText) -> [Range<Int>] {
    guard let first = tokens.first, let last = tokens.last else { return [] }
    let isWrapped = Self.isWrapped(text, Span(first.span.start, last.span.end))
    var result: [Range<Int>] = []
    var start = 0
    var scores = [Int16](repeating: 0, count: model.stride)
    scores.withUnsafeMutableBufferPointer { scores in
      guard let base = scores.baseAddress else { return }
      var soFar = SentenceSoFar(start: 0)
      let ends = EndMarks(tokens, words)
      for index in tokens.indices {
        soFar.read(words[index])
        var isEnd = index + 1 == tokens.count || breaksLine(tokens[index], tokens[index + 1], text, isWrapped)
        if isEnd == false, tokens[index + 1].spaceBefore, SentenceEndFeatures.canEnd(words[index], words[index + 1]) {
          base.update(repeating: 0, count: model.stride)
          model.score(1, into: base) { _, body in
            SentenceEndFeatures.of(tokens, words, index, soFar, ends.irregularity(at: index), body)
          }
          isEnd = base[1] > base[0]
        }
        if isEnd {
          result.append(start..<index + 1)
          start = index + 1
          soFar = SentenceSoFar(start: start)
        }
      }
    }
    return result
  }

  /// Whether lines are cut at a width, so that a line's end says nothing: most lines are nearly as long as the longest, and
  /// most don't end as sentences do.
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
}
