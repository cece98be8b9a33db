package import TelexText

/// Gives tokens their part of speech: first-order linear model over spelling, lexicon and clusters of a window of five.
package struct Tagger: Sendable {
  let model: SequenceModel

  /// - Throws: `ResourceError` where `tagger.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    model = try SequenceModel("tagger.bin", in: directory)
  }

  package init(_ model: SequenceModel) { self.model = model }

  /// The tags of a sentence's tokens, contractions not yet taken apart.
  package func tags(_ words: [WordFeatures]) -> [PartOfSpeech] {
    let scores = model.scores(words.count) { index, body in Self.features(words, index, body) }
    return model.best(scores).map { PartOfSpeech(rawValue: $0) ?? .other }
  }

  private static let outside = WordFeatures()

  /// Calls `body` with the key of each feature of the token at `index`.
  @inline(__always)
  package static func features(_ words: [WordFeatures], _ index: Int, _ body: (UInt64) -> Void) {
    let word = words[index]
    let left = index > 0 ? words[index - 1] : outside
    let right = index + 1 < words.count ? words[index + 1] : outside
    let left2 = index > 1 ? words[index - 2] : outside
    let right2 = index + 2 < words.count ? words[index + 2] : outside
    let set = UInt64(word.entry.set)
    let tags = UInt64(word.tags)
    let position: UInt64 = index == 0 ? 1 : (left.isWord ? 3 : 2)
    body(feature(1, word.lower))
    body(feature(2, word.form))
    body(feature(3, word.endings[0]))
    body(feature(4, word.endings[1]))
    body(feature(5, word.endings[2]))
    body(feature(6, word.endings[3]))
    body(feature(7, word.beginnings[0]))
    body(feature(8, word.beginnings[1]))
    body(feature(9, word.beginnings[2]))
    body(feature(10, word.shape, position))
    body(feature(11, set))
    body(feature(12, tags))
    body(feature(13, tags, word.isCapitalized ? position : 0))
    body(feature(14, left.lower))
    body(feature(15, right.lower))
    body(feature(16, left2.lower))
    body(feature(17, right2.lower))
    body(feature(18, left.lower, word.lower))
    body(feature(19, word.lower, right.lower))
    body(feature(20, UInt64(left.tags), tags))
    body(feature(21, tags, UInt64(right.tags)))
    body(feature(22, UInt64(left.tags), tags, UInt64(right.tags)))
    body(feature(23, set, UInt64(right.entry.set)))
    body(feature(24, UInt64(left.entry.set), set))
    body(feature(25, tags, UInt64(right.tags), UInt64(right2.tags)))
    body(feature(26, UInt64(left2.tags), UInt64(left.tags), tags))
    body(feature(27, word.fine))
    body(feature(28, word.middle, tags))
    body(feature(29, left.coarse, word.coarse))
    body(feature(30, word.coarse, right.coarse))
    body(feature(31, UInt64(word.brown)))
    body(feature(32, UInt64(left.brown), tags))
    body(feature(33, tags, UInt64(right.brown)))
    body(feature(34, left.endings[2], tags))
    body(feature(35, tags, right.endings[2]))
    body(feature(36, word.endings[2], UInt64(right.tags)))
    body(feature(37, left.lower, tags))
    body(feature(38, tags, right.lower))
    body(feature(39, word.lower, right.coarse))
    body(feature(40, left.lower, right.lower))
  }
}
