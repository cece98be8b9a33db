import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct FoldedTableTests {
  @Test func everyKeyHasItsValue() {
    // Keys that share their slots, the hash 0, and one that is taken for it.
    let keys: [UInt64] = [0, 2, 1 << 32, 3 << 32, 4, 8, 12, 16, 20, .max]
    let table = FoldedTable(Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, $0) }))
    #expect(keys.map { table[$0] } == Array(0..<keys.count))
    #expect(table[5] == nil)
  }

  @Test func anEmptyTableHasNothing() {
    #expect(FoldedTable<Int>()[7] == nil)
    #expect(!FoldedSet().contains(7))
  }

  @Test func wordsAreFoundInAnyCase() {
    let table = FoldedTable(words: [("président", 1), ("sénat", 2)])
    #expect(table[FoldedHash("PRÉSIDENT").value] == 1)
    #expect(table[FoldedHash("president").value] == nil)
  }
}
