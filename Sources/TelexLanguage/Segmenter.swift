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
      var marks = OpenMarks()
      let ends = EndMarks(tokens, words)
      for index in tokens.indices {
        marks.read(words[index])
        var isEnd = index + 1 == tokens.count || breaksLine(tokens[index], tokens[index + 1], text, isWrapped)
        if isEnd == false, tokens[index + 1].spaceBefore {
          base.update(repeating: 0, count: model.stride)
          model.score(1, into: base) { _, body in
            Self.features(tokens, words, index, start: start, marks, ends.irregularity(at: index), body)
          }
          isEnd = base[1] > base[0]
        }
        if isEnd {
          result.append(start..<index + 1)
          start = index + 1
          marks = OpenMarks()
        }
      }
    }
    return result
  }

  /// Quotation marks and brackets that are open in the sentence.
  package struct OpenMarks: Sendable {
    private var straight = false
    private var depth: Int = 0

    private static let opening = SIMD4<UInt64>(["«", "“", "(", "["].map { hash($0.utf8) })
    private static let closing = SIMD4<UInt64>(["»", "”", ")", "]"].map { hash($0.utf8) })
    private static let straightQuote = hash("\"".utf8)

    package init() {}

    package mutating func read(_ word: WordFeatures) {
      guard word.isWord == false else { return }
      if word.form == Self.straightQuote {
        straight.toggle()
      } else if any(Self.opening .== word.form) {
        depth += 1
      } else if any(Self.closing .== word.form), depth > 0 {
        depth -= 1
      }
    }

    /// 0 for none.
    package var state: UInt64 { UInt64(min(depth, 2)) &* 2 | (straight ? 1 : 0) }
  }

  private static let outside = WordFeatures()

  /// Calls `body` with the features of the place behind the token at `index`.
  @inline(__always)
  package static func features(
    _ tokens: [SurfaceToken], _ words: [WordFeatures], _ index: Int, start: Int, _ marks: OpenMarks,
    _ irregularity: UInt64, _ body: (UInt64) -> Void
  ) {
    let word = words[index]
    let left = index > start ? words[index - 1] : outside
    let left2 = index > start + 1 ? words[index - 2] : outside
    let next = index + 1 < words.count ? words[index + 1] : outside
    let next2 = index + 2 < words.count ? words[index + 2] : outside
    let length = UInt64(min(index - start, 24)) / 3
    func kind(_ word: WordFeatures) -> UInt64 {
      (word.isCapitalized ? 1 : 0) | (word.isWord ? 2 : 0) | (word.hasDigit ? 4 : 0) | (word.isAllCapitals ? 8 : 0)
    }
    // Marks stand for themselves, words for what they are.
    func look(_ word: WordFeatures) -> UInt64 { word.isWord ? kind(word) : word.form }
    let spaced: UInt64 = tokens[index].spaceBefore ? 1 : 0
    let spaced2: UInt64 = index + 2 < tokens.count && tokens[index + 2].spaceBefore ? 1 : 0
    body(feature(301, 1))
    body(feature(302, look(word), spaced))
    body(feature(303, look(word), look(next), marks.state))
    body(feature(304, look(left), look(word), look(next)))
    body(feature(305, look(word), look(next), look(next2)))
    body(feature(306, look(word), next.lower))
    body(feature(307, look(word), UInt64(next.tags), kind(next)))
    body(feature(308, left.lower, look(word)))
    body(feature(309, word.lower, kind(next)))
    body(feature(310, UInt64(word.tags), UInt64(next.tags), kind(next)))
    body(feature(311, look(word), kind(next), length))
    body(feature(312, look(word), marks.state, kind(next)))
    body(feature(313, look(word), look(next), spaced2))
    body(feature(314, next.lower, kind(next)))
    body(feature(315, next.coarse, kind(next), look(word)))
    body(feature(316, kind(left), look(word), UInt64(min(left.length, 4))))
    body(feature(317, UInt64(left.tags), look(word), kind(next)))
    body(feature(318, look(left2), look(left), look(word)))
    body(feature(319, word.coarse, next.coarse, kind(next)))
    body(feature(320, UInt64(next.tags), UInt64(next2.tags), look(word)))
    body(feature(321, irregularity, look(word), kind(next)))
    body(feature(322, irregularity, word.isWord ? 1 : 0))
    body(feature(323, irregularity, look(word), look(next)))
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
