import TelexLanguage

/// Sentences as hurried people type them: without the last full stop, with a small letter at the beginning, with other marks.
/// The treebanks were typed with care, and what was learned from them alone hangs too much on full stops and capitals.
struct CarelessCopies {
  private var random: FixedRandom
  /// Of a hundred sentences.
  private let withoutMark = 5
  private let otherMark = 10
  private let smallLetter = 3

  init(seed: UInt64) { random = FixedRandom(seed: seed) }

  /// The same sentences in another order, some of them changed.
  mutating func copy(of sentences: [String]) -> [String] {
    var result = sentences
    result.shuffle(using: &random)
    for index in result.indices { result[index] = careless(result[index]) }
    return result
  }

  private mutating func careless(_ sentence: String) -> String {
    var result = sentence
    if result.hasSuffix("."), result.hasSuffix("..") == false {
      let chance = Int.random(in: 0..<100, using: &random)
      if chance < withoutMark + otherMark {
        result.removeLast()
        while result.last == " " { result.removeLast() }
      }
      if chance >= withoutMark, chance < withoutMark + otherMark {
        result += [" !", " !", " !", " ?", "..."].randomElement(using: &random) ?? " !"
      }
    }
    if Int.random(in: 0..<100, using: &random) < smallLetter, let first = result.first, first.isUppercase,
      result.dropFirst().first?.isLowercase == true
    {
      result = first.lowercased() + result.dropFirst()
    }
    return result
  }
}
