import TelexModel
import TelexText

/// By which construction words are reported behind a verb, and where they begin.
extension ReportedSpeech {
  /// Where the words reported begin behind a cue, and by which construction.
  func complementizer(behind cue: CueOccurrence, _ word: CueWord, _ limit: Int) -> (start: Int, rule: String)? {
    let constructions = word.constructions
    let isAddressed = constructions.contains(.addressed)
    var index = cue.group.upperBound
    while index < limit {
      if words.isAdverb(index), !words.has(index, [.que, .of]) {
        index += 1
      } else if let behind = phrases.aside(at: index), behind < limit {
        index = behind
      } else {
        break
      }
    }
    if !constructions.isDisjoint(with: [.infinitive, .que]), words.isInfinitive(infinitive(at: index, limit)) {
      return (index, "infinitive")
    }
    if !constructions.isDisjoint(with: [.infinitive, .que]), words.has(index, .adjunct), !words.has(index, .of) {
      // "a déclaré à l'agence avoir vu".
      let behind = phrases.skippingAdjuncts(from: index, limit: limit)
      if behind > index, words.isInfinitive(infinitive(at: behind, limit)) { return (behind, "infinitive") }
    }
    if constructions.contains(.attribute), index < limit, words.isWord(index), words.readings[index].contains(.other),
      words.readings[index].isDisjoint(with: .noun) || words.readings[index].contains(.participle),
      !words.has(index, [.que, .preposition, .determiner])
    {
      return (index, "attribute")
    }
    if constructions.contains(.nounÀ), isÀ(index) || words.ends(index, with: "au") || words.ends(index, with: "aux"),
      words.has(index, .preposition), !words.isInfinitive(infinitive(at: index + 1, limit))
    {
      let isContracted = !isÀ(index)
      if isContracted || opensNoun(at: index + 1, limit) { return (index + 1, "noun") }
    }
    if constructions.contains(.nounPour), cue.form == .finite, words.isSpelled(index, Self.pour) {
      if words.isInfinitive(infinitive(at: index + 1, limit)) { return (index + 1, "infinitive") }
      if opensNoun(at: index + 1, limit) { return (index + 1, "noun") }
    }
    if constructions.contains(.speech), words.isColon(index), index + 2 < limit, !words.isOpening(index + 1) {
      return (index + 1, "colon")
    }
    if constructions.contains(.noun) {
      let noun = phrases.date(at: index + (words.has(index, .preposition) ? 1 : 0), limit) ?? index
      if opensNoun(at: noun, limit) { return (noun, "noun") }
      // "exige de Berne un plan": of whom it is asked.
      if words.has(index, .of), words.tokens[index].span.count == 2,
        let asked = phrases.forward(from: index + 1, limit: limit), words.has(asked.upperBound, .article),
        opensNoun(at: asked.upperBound, limit)
      {
        return (asked.upperBound, "noun")
      }
    }
    if constructions.contains(.nounDe), words.has(index, .of),
      words.isOpening(index + 1) || words.has(index + 1, .determiner) || counts(at: index + 1)
        || isBareNoun(at: index + 1, limit)
    {
      return (index + 1, "noun")
    }
    let first = index
    var steps = 0
    while index < limit, steps < 18 {
      steps += 1
      if words.has(index, .que) {
        guard constructions.contains(.que), index + 1 < limit else { return nil }
        if words.has(index - 1, .notQue), index > first { return nil }
        return (index + 1, "que")
      }
      if words.has(index, .of), constructions.contains(.de), words.isInfinitive(infinitive(at: index + 1, limit)) {
        return (index + 1, "de")
      }
      // "accuse le gouvernement de laxisme".
      if constructions.contains(.passive), index > first, words.has(index, .of), words.tokens[index].span.count == 2,
        index + 1 < limit, !words.isCapitalized(index + 1), words.readings[index + 1].contains(.noun),
        !words.has(index + 1, [.determiner, .article])
      {
        return (index + 1, "de")
      }
      if constructions.contains(.à), isÀ(index), words.isInfinitive(infinitive(at: index + 1, limit)) {
        return (index + 1, "à")
      }
      // "a appelé les parties à la retenue".
      if constructions.contains(.nounÀ), index > first, isÀ(index), opensNoun(at: index + 1, limit),
        words.has(first, .determiner) || words.isCapitalized(first)
      {
        return (index + 1, "noun")
      }
      if constructions.contains(.question), index == first, isQuestion(at: index) { return (index, "question") }
      if index == first, !isAddressed, opensNoun(at: index, limit) || words.isOpening(index) { return nil }
      if let close = words.partner(of: index), close > index {
        index = close + 1
        continue
      }
      if words.isComma(index) {
        // "dans un message, dont l'agence a obtenu copie, que".
        index = relativeEnd(behind: index, limit) ?? index + 1
        continue
      }
      guard words.isWord(index) else { return nil }
      if words.has(index, [.relative, .but, .subordinator]) || words.isFinite(index) { return nil }
      // Another cue takes what follows.
      if let next = speech.cue(startingAt: index), next.verb != cue.verb,
        next.form != .participle || speech.word(next).constructions.contains(.attitude)
      {
        return nil
      }
      index += 1
    }
    return nil
  }

  private static let pour = FoldedHash("pour").value

  /// Behind a comma: where a relative clause ends that stands between a verb and its "que".
  func relativeEnd(behind comma: Int, _ limit: Int) -> Int? {
    guard words.isComma(comma), words.has(comma + 1, .relative), !words.has(comma + 1, .que) else { return nil }
    let reach = min(limit, comma + 20)
    guard comma + 2 < reach, let close = (comma + 2..<reach).first(where: { words.isComma($0) }), close + 1 < limit,
      words.has(close + 1, .que), (comma + 2..<close).contains(where: { words.isFinite($0) })
    else { return nil }
    return close + 1
  }

  /// "de nouvelles sanctions", "de lourdes pertes".
  private func isBareNoun(at token: Int, _ limit: Int) -> Bool {
    token + 1 < limit && words.isWord(token) && words.readings[token].contains(.other)
      && words.readings[token].isDisjoint(with: [.infinitive, .finite]) && words.readings[token + 1].contains(.noun)
      && !words.has(token + 1, [.of, .preposition, .and])
  }

  /// "au moins huit morts", "30 morts".
  private func counts(at token: Int) -> Bool {
    guard words.tokens.indices.contains(token) else { return false }
    return words.tokens[token].kind == .number
      || (words.has(token, .article) && words.has(token, .preposition) && words.has(token + 1, .notQue))
      || (words.has(token, .notQue) && words.has(token + 1, .of))
  }

  private func isÀ(_ token: Int) -> Bool {
    words.tokens[token].span.count == 2 && words.text.utf8[Int(words.tokens[token].start)] == 0xC3
  }

  /// The verb of an infinitive phrase that begins at a token, behind its pronouns and negation.
  func infinitive(at token: Int, _ limit: Int) -> Int {
    var index = token
    while index < limit,
      words.isOpening(index) || words.has(index, [.not, .never, .object])
        || (words.isAdverb(index) && !words.isInfinitive(index)),
      !words.has(index, [.of])
    {
      index += 1
    }
    return index
  }

  private func opensNoun(at token: Int, _ limit: Int) -> Bool {
    guard token + 1 < limit, words.isWord(token), words.has(token, .determiner), phrases.date(at: token, limit) == nil
    else { return false }
    return !words.has(token + 1, .que)
  }

  private func isQuestion(at token: Int) -> Bool {
    guard words.has(token, .question), !words.has(token, .determiner), words.isWord(token) else { return false }
    // "si" and "s'il", but no reflexive pronoun.
    return !words.has(token, .reflexive)
  }
}
