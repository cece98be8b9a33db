/// How regularly the sentences around a token end with a mark. In running text nearly all do; where headings and list items stand
/// behind each other, many don't, and a capital alone begins one.
package struct EndMarks: Sendable {
  /// Tokens that are looked at on both sides.
  private static let reach = 4000
  /// A text with fewer ends than this is taken to have as many with marks: a short one is regular until much speaks against it.
  private static let fewest = 30

  /// By token: how many capitals of small words stand before it behind a word, and how many capitals behind an end mark.
  private var bare: [Int32] = [0]
  private var marked: [Int32] = [0]

  private static let marks = SIMD4<UInt64>([".", "!", "?", "…"].map { hash($0.utf8) })
  /// Words that have a capital only where something begins.
  static let small =
    PartOfSpeech.determiner.bit | PartOfSpeech.pronoun.bit | PartOfSpeech.adposition.bit | PartOfSpeech.subordinator.bit

  package init(_ tokens: [SurfaceToken], _ words: [WordFeatures]) {
    bare.reserveCapacity(words.count + 1)
    marked.reserveCapacity(words.count + 1)
    for index in words.indices {
      var (isBare, isMarked) = (false, false)
      if index + 1 < words.count, tokens[index + 1].spaceBefore, words[index + 1].isCapitalized,
        words[index + 1].isAllCapitals == false
      {
        isMarked = any(Self.marks .== words[index].form)
        isBare = words[index].isWord && words[index + 1].tags & Self.small != 0
      }
      bare.append(bare[index] + (isBare ? 1 : 0))
      marked.append(marked[index] + (isMarked ? 1 : 0))
    }
  }

  /// From 1, where ends without marks are as rare as they are by chance ("Le Monde"), to 4.
  package func irregularity(at index: Int) -> UInt64 {
    let (from, to) = (max(0, index - Self.reach), min(bare.count - 1, index + Self.reach))
    let (bare, marked) = (Int(bare[to] - bare[from]), max(Self.fewest, Int(marked[to] - marked[from])))
    if bare * 50 < marked { return 1 }
    if bare * 16 < marked { return 2 }
    return bare * 6 < marked ? 3 : 4
  }
}
