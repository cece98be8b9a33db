import TelexModel
import TelexText

extension ReportedSpeech {
  // MARK: Where the words reported end

  /// A clause ends with its sentence, before an incise, or before another verb of saying of the same speaker.
  ///
  /// - Parameter isOpening: whether the verb of saying opens the sentence as a participle: what it reports ends at a comma.
  func clauseEnd(from start: Int, _ sentence: Range<Int>, opens isOpening: Bool) -> Int {
    var index = start
    while index < sentence.upperBound {
      if let partner = words.partner(of: index) {
        if partner < start { return index }
        if partner > index {
          index = partner + 1
          continue
        }
      }
      switch words.tokens[index].kind {
      case .terminator where index >= sentence.upperBound - 2: return index
      case .separator:
        if !words.isComma(index) { return index }
        if isOpening { return index }
        if closes(at: index + 1, sentence) { return index }
      case .word:
        // "… que le port rouvrirait en ajoutant que".
        if index > start, words.isSpelled(index, Self.en), let next = speech.cue(startingAt: index + 1),
          next.form == .gerund
        {
          return index
        }
        if words.has(index, [.and, .but]), let next = speech.cue(startingAt: skippingAdverbs(index + 1)),
          next.form == .finite, next.clitic == nil,
          !words.isFinite(index - 1)
        {
          return index
        }
      default: break
      }
      index += 1
    }
    return sentence.upperBound
  }

  private static let en = FoldedHash("en").value

  /// "Estimant que le projet est utile, …".
  func opens(_ cue: CueOccurrence, _ sentence: Range<Int>) -> Bool {
    cue.form != .finite && words.trimmed(sentence).lowerBound >= cue.group.lowerBound - 2
  }

  /// Behind a comma: something that is the journalist's again.
  func closes(at token: Int, _ sentence: Range<Int>) -> Bool {
    let next = skippingAdverbs(token)
    guard next < sentence.upperBound else { return false }
    if let cue = speech.cue(startingAt: next), cue.form == .gerund { return true }
    // "sans préciser", "sans les nommer", "tout en reconnaissant".
    if words.has(next, .without) {
      var verb = skippingAdverbs(next + 1)
      while verb < sentence.upperBound, words.has(verb, .object) { verb += 1 }
      if words.isInfinitive(verb) { return true }
    }
    if words.has(next, .nobody), words.has(next + 1, .preposition), next + 2 < sentence.upperBound,
      words.tokens[next + 1].span.count == 2, words.ends(next + 2, with: "ant")
    {
      return true
    }
    if words.has(next, .preposition), let cue = speech.cue(startingAt: next + 1), cue.form == .gerund { return true }
    if words.has(next, [.and, .but]), let cue = speech.cue(startingAt: skippingAdverbs(next + 1)), cue.form == .finite {
      return true
    }
    if speech.incise(at: next, limit: sentence.upperBound, allowsUnknownVerbs: false) != nil { return true }
    return words.tokens[next].kind == .word && words.ends(next, with: "avant") && words.has(next + 1, .of)
  }

  func skippingAdverbs(_ token: Int) -> Int {
    var index = token
    while index < words.tokens.count, words.isAdverb(index), speech.cue(startingAt: index) == nil { index += 1 }
    return index
  }

  /// An infinitive or noun phrase ends at the first comma that no list goes on behind.
  func phraseEnd(from start: Int, _ sentence: Range<Int>, opens isOpening: Bool) -> Int {
    let end = clauseEnd(from: start, sentence, opens: isOpening)
    var opensClause = false
    var index = start
    while index < end {
      if let partner = words.partner(of: index), partner > index {
        index = partner + 1
        continue
      }
      if words.isComma(index), let behind = parenthesis(at: index, end) {
        index = behind
        continue
      }
      if words.isComma(index), !goesOn(behind: index, end) { return index }
      // "annonce avoir pris la ville et attaque": another verb of the same subject.
      if index > start, words.has(index, .and), !opensClause, isVerb(behind: index, end) { return index }
      if words.has(index, [.relative, .subordinator]), !words.has(index, [.adverb, .reflexive]) { opensClause = true }
      if index > start, words.has(index, .but), !words.has(index - 1, .and) { return index }
      index += 1
    }
    return end
  }

  /// "avoir perçu, entre 2011 et 2014, des commissions": where the verb's object comes behind what stands between commas.
  private func parenthesis(at comma: Int, _ end: Int) -> Int? {
    let verb = comma - 1
    guard verb > 0,
      words.isInfinitive(verb) || words.readings[verb].contains(.participle) && words.isInfinitive(verb - 1),
      words.has(comma + 1, .preposition),
      let close = (comma + 1..<min(end, comma + 14)).first(where: { words.isComma($0) || words.isFinite($0) }),
      words.isComma(close), close + 1 < end, !words.has(close + 1, [.relative, .and, .but, .subordinator, .without])
    else { return nil }
    return close + 1
  }

  private func isVerb(behind token: Int, _ end: Int) -> Bool {
    var index = token + 1
    while index < end, words.has(index, [.object, .not]) || words.isAdverb(index) {
      if words.isFinite(index), !words.has(index, .object) { return true }
      index += 1
    }
    return index < end && words.isFinite(index)
  }

  private func goesOn(behind comma: Int, _ end: Int) -> Bool {
    let next = comma + 1
    guard next < end else { return false }
    if words.has(next, .and) {
      // ", et l'archevêque a annoncé": a clause of its own.
      let clause = (next..<end).first { words.isComma($0) || words.has($0, .relative) } ?? end
      return !(next..<clause).contains { words.isFinite($0) }
    }
    if words.has(next, .preposition) { return true }
    // A later "et" closes a list that this comma is part of.
    var index = next
    while index < end, !words.isComma(index) {
      if words.has(index, .and), !words.isFinite(index + 1) { return words.has(next, [.determiner, .of]) }
      index += 1
    }
    return false
  }

  /// Whether a range is one passage with its marks, and nothing else.
  func isWholePassage(_ range: Range<Int>) -> Bool {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, words.has(low, [.of, .article, .que]), !words.isOpening(low) { low += 1 }
    while high > low {
      if words.tokens[high - 1].kind == .terminator || words.isComma(high - 1) {
        high -= 1
      } else if words.tokens[high - 1].kind == .closeBracket, let open = words.partner(of: high - 1), open > low,
        high - open <= 4
      {
        // "« … » (sic)".
        high = open
      } else {
        break
      }
    }
    guard low < high, words.isQuoteMark(low), let close = words.partner(of: low), close > low, close < high else {
      return false
    }
    // A few words of the journalist's behind a long passage make no report of it.
    return close == high - 1 || (close - low > 8 && (high - close) * 3 < close - low)
  }
}
