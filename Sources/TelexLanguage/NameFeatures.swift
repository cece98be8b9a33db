/// The features of the models of names.
package enum NameFeatures {
  /// The words that a feature looks at, beside the kind of letters of the token that has it: what looks at one word only is
  /// worth the same wherever the word stands.
  package enum Scope: Int, CaseIterable { case word, left, left2, right, right2, several }

  /// More features than one scope of one word has.
  package static let mostOfOneWord = 24

  private static let outside = WordFeatures()
  private static let nothing = NameEvidence()

  /// Calls `body` with the scope and the key of each feature of the token at `index`.
  @inline(__always)
  package static func each(
    _ words: [WordFeatures], _ evidence: [NameEvidence], _ index: Int, _ body: (Scope, UInt64) -> Void
  ) {
    let word = words[index]
    let left = index > 0 ? words[index - 1] : outside
    let right = index + 1 < words.count ? words[index + 1] : outside
    let left2 = index > 1 ? words[index - 2] : outside
    let right2 = index + 2 < words.count ? words[index + 2] : outside
    let known = evidence[index]
    let leftKnown = index > 0 ? evidence[index - 1] : nothing
    let rightKnown = index + 1 < words.count ? evidence[index + 1] : nothing
    let left2Known = index > 1 ? evidence[index - 2] : nothing
    let right2Known = index + 2 < words.count ? evidence[index + 2] : nothing
    let position: UInt64 = index == 0 ? 1 : (left.isWord ? 3 : 2)
    let tags = UInt64(word.tags)
    let shapes = { (word: WordFeatures) -> UInt64 in
      (word.isCapitalized ? 1 : 0) | (word.isAllCapitals ? 2 : 0) | (word.hasDigit ? 4 : 0) | (word.isWord ? 8 : 0)
        | (word.isElided ? 16 : 0) | UInt64(min(word.length, 4)) << 5
    }
    let caps = shapes(word)
    body(.word, feature(101, word.form))
    body(.word, feature(102, word.lower))
    body(.several, feature(103, word.shape, position))
    body(.word, feature(104, word.beginnings[1]))
    body(.word, feature(105, word.beginnings[2]))
    body(.word, feature(106, word.beginnings[3]))
    body(.word, feature(107, word.endings[1]))
    body(.word, feature(108, word.endings[2]))
    body(.word, feature(109, word.endings[3]))
    body(.left, feature(110, left.lower))
    body(.right, feature(111, right.lower))
    body(.left2, feature(112, left2.lower))
    body(.right2, feature(113, right2.lower))
    body(.several, feature(114, left.lower, word.form))
    body(.several, feature(115, word.form, right.lower))
    body(.several, feature(116, left2.lower, left.lower))
    body(.several, feature(117, right.lower, right2.lower))
    body(.several, feature(118, caps, position))
    body(.several, feature(119, shapes(left), caps))
    body(.several, feature(120, caps, shapes(right)))
    body(.several, feature(121, shapes(left), caps, shapes(right)))
    body(.word, feature(122, tags, caps))
    body(.several, feature(123, UInt64(left.tags), caps))
    body(.several, feature(124, UInt64(right.tags), caps))
    body(.several, feature(125, UInt64(left.tags), tags))
    body(.several, feature(126, UInt64(word.entry.frequency) / 16, caps, position))
    // Word clusters.
    body(.word, feature(130, word.coarse))
    body(.word, feature(131, word.middle))
    body(.word, feature(132, word.fine))
    body(.several, feature(133, left.coarse, caps))
    body(.several, feature(134, left.middle, caps))
    body(.left, feature(135, left.fine))
    body(.several, feature(136, right.coarse, caps))
    body(.several, feature(137, right.middle, caps))
    body(.right, feature(138, right.fine))
    body(.several, feature(139, left.middle, word.middle))
    body(.several, feature(140, word.middle, right.middle))
    body(.left2, feature(141, left2.middle))
    body(.right2, feature(142, right2.middle))
    for bits in [UInt16(4), 6, 10, 15] {
      let cut = UInt64(bits)
      body(.word, feature(150, prefix(word.brown, bits), cut))
      body(.left, feature(151, prefix(left.brown, bits), cut))
      body(.right, feature(152, prefix(right.brown, bits), cut))
    }
    body(.left2, feature(153, prefix(left2.brown, 10)))
    body(.right2, feature(154, prefix(right2.brown, 10)))
    body(.several, feature(155, prefix(left.brown, 10), caps))
    // Lists of names and of words that announce them.
    body(.word, feature(160, UInt64(known.own.rawValue), caps))
    body(.several, feature(161, UInt64(known.phrase.rawValue), known.place))
    body(.several, feature(162, UInt64(leftKnown.own.rawValue), caps))
    body(.several, feature(163, UInt64(rightKnown.own.rawValue), caps))
    body(.several, feature(164, UInt64(leftKnown.own.rawValue), UInt64(known.own.rawValue)))
    body(.several, feature(165, UInt64(known.own.rawValue), UInt64(rightKnown.own.rawValue)))
    body(.several, feature(166, UInt64(left2Known.own.rawValue), caps))
    body(.several, feature(167, UInt64(right2Known.own.rawValue), caps))
    body(.several, feature(168, leftKnown.place, UInt64(leftKnown.phrase.rawValue)))
    body(.several, feature(169, rightKnown.place, UInt64(rightKnown.phrase.rawValue)))
    // What may begin or go on with a name further away, where the two words between are small.
    if left.isWord, left2.isWord, left.isCapitalized == false, left2.isCapitalized == false,
      let place = head(words, evidence, before: index - 2)
    {
      body(.several, feature(170, UInt64(evidence[place].own.rawValue), caps))
      body(.several, feature(171, words[place].lower, caps))
      body(.several, feature(172, shapes(words[place]), caps, UInt64(index - place)))
    }
    if right.isWord, right2.isWord, right.isCapitalized == false, right2.isCapitalized == false,
      let place = capital(words, behind: index + 2)
    {
      body(.several, feature(175, UInt64(evidence[place].own.rawValue), caps))
      body(.several, feature(176, UInt64(evidence[place].phrase.rawValue), caps, UInt64(place - index)))
    }
  }

  private static let heads: Gazetteer.Kinds = [.organizationWord, .locationWord, .eventWord, .productWord, .personWord]
  /// How many words are looked at for one that is further away.
  private static let reach = 5

  /// The next word to the left that has a capital or announces a name, in one run of words.
  @inline(__always)
  private static func head(_ words: [WordFeatures], _ evidence: [NameEvidence], before end: Int) -> Int? {
    var place = end - 1
    while place >= 0, end - place <= reach, words[place].isWord {
      if words[place].isCapitalized || evidence[place].own.isDisjoint(with: heads) == false { return place }
      place -= 1
    }
    return nil
  }

  /// The next word to the right that has a capital, in one run of words.
  @inline(__always)
  private static func capital(_ words: [WordFeatures], behind start: Int) -> Int? {
    var place = start + 1
    while place < words.count, place - start <= reach, words[place].isWord {
      if words[place].isCapitalized { return place }
      place += 1
    }
    return nil
  }

  /// The first bits of a Brown cluster's path.
  @inline(__always)
  private static func prefix(_ path: UInt16, _ bits: UInt16) -> UInt64 {
    if path == 0 { return 0 }
    let length = UInt16(15 - path.leadingZeroBitCount)
    return UInt64(length > bits ? path &>> (length - bits) : path)
  }
}
