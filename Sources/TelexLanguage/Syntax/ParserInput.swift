/// What the parser's network knows of one word: rows of its tables.
package struct ParserInput: Sendable {
  package var word: UInt64
  package var ending: UInt64
  package var tag: PartOfSpeech
  /// Set of lexical analyses.
  package var set: Int
  package var brown: UInt16
  /// Capital, all capitals, digit, first of the sentence: four bits.
  package var shape: Int
  /// Row of the word vector and 1; 0 for none.
  package var vector: Int

  package init(_ word: WordFeatures, _ tag: PartOfSpeech, isFirst: Bool) {
    self.word = word.lower
    ending = word.endings[2]
    self.tag = tag
    set = Int(word.entry.set)
    brown = word.brown
    shape =
      (word.isCapitalized ? 1 : 0) | (word.isAllCapitals ? 2 : 0) | (word.hasDigit ? 4 : 0) | (isFirst ? 8 : 0)
    vector = Int(word.entry.row)
  }
}
