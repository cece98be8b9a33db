import TelexText
import Testing

@Suite struct WordMemoryTests {
  /// The sum of a word's bytes as its value, and how often values were made.
  private final class Sums {
    let memory: WordMemory<Int>
    var made: Int { memory.made }

    init(sets: Int) { memory = WordMemory(sets: sets) }

    func value(_ word: [UInt8]) -> Int {
      word.withUnsafeBufferPointer { bytes in
        memory.value(of: bytes) { $0.initialize(to: Self.sum(word)) }.pointee
      }
    }

    static func sum(_ word: [UInt8]) -> Int { word.reduce(0) { ($0 * 31 + Int($1)) % 1_000_003 } }
  }

  @Test func aWordIsMadeOnce() {
    let sums = Sums(sets: 8)
    for _ in 0..<3 { #expect(sums.value(Array("préfecture".utf8)) == Sums.sum(Array("préfecture".utf8))) }
    #expect(sums.made == 1)
  }

  /// However few places there are, and whatever was asked for before.
  @Test(arguments: [1, 2, 64]) func everyWordHasItsOwnValue(sets: Int) {
    let sums = Sums(sets: sets)
    let words = (0..<500).map { Array("mot\($0 % 97)\($0 % 7 == 0 ? "\u{0}" : "")".utf8) }
    for word in words + words.reversed() { #expect(sums.value(word) == Sums.sum(word), "\(word)") }
  }

  @Test func wordsThatBeginAlikeAreTwo() {
    let sums = Sums(sets: 1)
    for word: [UInt8] in [[0x61], [0x61, 0], [0x61, 0, 0], [0x61]] { #expect(sums.value(word) == Sums.sum(word)) }
    #expect(sums.made == 3)
  }

  @Test func whatWasAskedForLongestAgoIsForgotten() {
    let sums = Sums(sets: 1)
    let words = ["a", "b", "c", "d"].map { Array($0.utf8) }
    for word in words + [words[0]] { _ = sums.value(word) }
    #expect(sums.made == 4)
    // "e" takes the place of "b".
    _ = sums.value(Array("e".utf8))
    for word in [words[0], words[2], words[3]] { _ = sums.value(word) }
    #expect(sums.made == 5)
    _ = sums.value(words[1])
    #expect(sums.made == 6)
  }

  @Test func longWordsAndNoneAreMadeAnew() {
    let sums = Sums(sets: 4)
    let longest = [UInt8](repeating: 0x78, count: WordMemory<Int>.longestWord)
    for word in [longest, longest + [0x78], []] {
      for _ in 0..<2 { #expect(sums.value(word) == Sums.sum(word)) }
    }
    #expect(sums.made == 1 + 2 + 2)
  }
}
