import TelexText
import Testing

@Suite struct WordTableTests {
  private let words = (0..<5000).map { FoldedHash("mot\($0)").value }

  @Test func findsWhatWasSetAndNothingElse() {
    var table = WordTable()
    for (number, word) in words.prefix(2500).enumerated() { table.set(word, Int32(number)) }
    #expect(words.prefix(2500).map { table.find($0) } == (0..<2500).map { Int32($0) })
    #expect(words.dropFirst(2500).allSatisfy { table.find($0) == -1 })
  }

  @Test func aNumberTakesThePlaceOfTheOneBefore() {
    var table = WordTable()
    table.set(words[0], 7)
    table.set(words[0], 0)
    #expect(table.find(words[0]) == 0)
  }

  @Test func anEmptyTableHasNoWord() {
    #expect(words.allSatisfy { WordTable().find($0) == -1 })
    #expect(WordTable().find(0) == -1)
  }
}
