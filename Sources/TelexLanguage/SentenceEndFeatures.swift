import TelexText

/// What speaks for and against the end of a sentence behind a token.
package enum SentenceEndFeatures {
  private static let outside = WordFeatures()
  /// Tokens that are looked through for the verb of what follows.
  private static let reach = 8
  private static let comma = hash(",".utf8)

  /// Whether a sentence could end between two words: not where both are of small letters, which is most places.
  @inline(__always)
  package static func canEnd(_ word: WordFeatures, _ next: WordFeatures) -> Bool {
    func isPlain(_ word: WordFeatures) -> Bool { word.isWord && word.isCapitalized == false && word.hasDigit == false }
    return isPlain(word) == false || isPlain(next) == false
  }

  /// Calls `body` with the features of the place behind the token at `index`.
  @inline(__always)
  package static func of(
    _ tokens: [SurfaceToken], _ words: [WordFeatures], _ index: Int, _ soFar: SentenceSoFar, _ irregularity: UInt64,
    _ body: (UInt64) -> Void
  ) {
    let word = words[index]
    let left = index > soFar.start ? words[index - 1] : outside
    let left2 = index > soFar.start + 1 ? words[index - 2] : outside
    let next = index + 1 < words.count ? words[index + 1] : outside
    let next2 = index + 2 < words.count ? words[index + 2] : outside
    let length = UInt64(min(index - soFar.start, 24)) / 3
    func kind(_ word: WordFeatures) -> UInt64 {
      (word.isCapitalized ? 1 : 0) | (word.isWord ? 2 : 0) | (word.hasDigit ? 4 : 0) | (word.isAllCapitals ? 8 : 0)
    }
    // Marks stand for themselves, words for what they are.
    func look(_ word: WordFeatures) -> UInt64 { word.isWord ? kind(word) : word.form }
    let spaced: UInt64 = tokens[index].spaceBefore ? 1 : 0
    let spaced2: UInt64 = index + 2 < tokens.count && tokens[index + 2].spaceBefore ? 1 : 0
    body(feature(301, 1))
    body(feature(302, look(word), spaced))
    body(feature(303, look(word), look(next), soFar.open))
    body(feature(304, look(left), look(word), look(next)))
    body(feature(305, look(word), look(next), look(next2)))
    body(feature(306, look(word), next.lower))
    body(feature(307, look(word), UInt64(next.tags), kind(next)))
    body(feature(308, left.lower, look(word)))
    body(feature(309, word.lower, kind(next)))
    body(feature(310, UInt64(word.tags), UInt64(next.tags), kind(next)))
    body(feature(311, look(word), kind(next), length))
    body(feature(312, look(word), soFar.open, kind(next)))
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
    // Whether what ends has its verb, and what begins will have one.
    let verbs = soFar.verbs
    let verbAhead = verbAhead(words, index)
    let isSmall = next.tags & EndMarks.small != 0
    let opener: UInt64 = isSmall ? 1 : next.tags != 0 ? 2 : 0
    let begins = feature(330, look(word), kind(next), opener)
    body(feature(331, verbs, begins))
    body(feature(332, verbAhead, begins))
    body(feature(333, verbAhead &* 4 | verbs, look(word), kind(next)))
    let capital: UInt64 = next.isCapitalized && next.isAllCapitals == false && isSmall ? (word.isWord ? 2 : 1) : 0
    body(feature(334, capital, word.tags & EndMarks.small != 0 ? 1 : 0, word.isCapitalized ? 1 : 0))
    body(feature(335, capital, verbs, UInt64(word.tags)))
    body(feature(336, capital, verbAhead, verbs))
  }

  /// What comes first behind the place: 1 a word that can be nothing but a verb, 2 a comma, 0 another mark, 3 none of these.
  private static func verbAhead(_ words: [WordFeatures], _ index: Int) -> UInt64 {
    for ahead in words.indices.dropFirst(index + 1).prefix(reach) {
      let word = words[ahead]
      guard word.isWord else { return ahead > index + 1 && word.form == comma ? 2 : 0 }
      if word.tags != 0, word.tags & ~SentenceSoFar.verb == 0 { return 1 }
    }
    return 3
  }
}
