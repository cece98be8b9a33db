package import TelexModel

/// A sentence with its syntax.
package struct ParsedSentence: Sendable {
  /// A syntactic word: a token, or one part of a contraction.
  package struct Word: Sendable, Equatable {
    /// As written; of a contraction's part, its full form.
    package var form: String
    package var lemma: String
    package var tag: PartOfSpeech
    /// In the notation of CoNLL-U, "_" for none.
    package var features: String
    /// Index of the head in the sentence, nil for the root.
    package var head: Int?
    /// Relation of Universal Dependencies to the head, "root" for the root.
    package var relation: String
    /// Index of its token.
    package var token: Int
  }

  package var tokens: [SurfaceToken]
  package var words: [Word]

  /// Puts the words into a tree.
  ///
  /// - Parameters:
  ///   - heads: by word; the number of words for the root.
  ///   - relations: by word, its number among `names`.
  mutating func hang(_ heads: [Int], _ relations: [Int], named names: [String]) {
    for index in words.indices where heads[index] < words.count {
      words[index].head = heads[index]
      words[index].relation = names[relations[index]]
    }
  }

  /// The words of a token.
  package func words(ofToken token: Int) -> Range<Int> {
    let first = words.partitioningIndex { $0.token >= token }
    var end = first
    while end < words.count, words[end].token == token { end += 1 }
    return first..<end
  }

  /// Bytes of the text that a word stands in; the parts of a contraction share theirs.
  package func span(ofWord word: Int) -> Span { tokens[words[word].token].span }
}

extension Array {
  /// The first index whose element belongs to the second part of an array that a condition cuts in two.
  fileprivate func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
