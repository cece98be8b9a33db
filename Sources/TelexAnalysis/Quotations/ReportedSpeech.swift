import TelexModel
import TelexText

/// Finds indirect quotations: what somebody says, thinks, promises or asks, in the journalist's words.
struct ReportedSpeech {
  let speech: Speech
  var words: Words { speech.words }
  var phrases: NounPhrases { speech.phrases }

  init(_ speech: Speech) { self.speech = speech }

  func drafts() -> [Draft] {
    var drafts: [Draft] = []
    // What is said not to be so, up to which token: nobody says what stands in it.
    var denied = 0
    var infinitives: Set<Int> = []
    for cue in speech.cues where speech.passage(of: cue.verb) == nil && cue.verb >= denied {
      guard let sentence = speech.sentenceRange(of: cue.verb), !infinitives.contains(cue.verb) else { continue }
      guard let draft = reading(of: cue, in: sentence) else { continue }
      drafts.append(draft)
      if speech.word(cue).constructions.contains(.denied) { denied = draft.range.upperBound }
      // "a dit espérer que": one report.
      if draft.rule == "indirect/infinitive" {
        infinitives.insert(infinitive(at: draft.range.lowerBound, sentence.upperBound))
      }
    }
    for sentence in words.sentences { hearsay(in: sentence, &drafts) }
    return drafts
  }

  /// What follows the verb, or where the verb follows with its subject behind it what stands before: "…, a annoncé mardi
  /// l'échevine".
  private func reading(of cue: CueOccurrence, in sentence: Range<Int>) -> Draft? {
    let complement = complement(of: cue, in: sentence)
    if let complement, complement.rule != "indirect/noun" { return complement }
    return clause(before: cue, in: sentence) ?? complement
  }

  // MARK: Complements

  private func complement(of cue: CueOccurrence, in sentence: Range<Int>) -> Draft? {
    let word = speech.word(cue)
    if cue.isNegated { return nil }
    if word.constructions.contains(.passive), cue.isPassive || cue.form == .participle {
      return accusation(cue, sentence)
    }
    if cue.form == .participle { return judgement(cue, word, sentence) }
    guard let (start, rule) = complementizer(behind: cue, word, sentence.upperBound) else { return nil }
    // "il entend annoncer sa candidature": it is not announced.
    if rule == "noun", cue.form == .infinitive { return nil }
    let isPassive = cue.isPassive && word.lemma != "convenir"
    if isPassive { return nil }
    let full = rule == "que" || rule == "question" || rule == "colon" || rule == "attribute"
    let end =
      full ? clauseEnd(from: start, sentence, cue) : phraseEnd(from: start, sentence, cue)
    let range = words.trimmed(start..<end)
    guard range.count > (rule == "noun" ? 1 : 0) else { return nil }
    if rule == "colon", !hasMainVerb(range) || range.contains(where: { words.isQuoteMark($0) }) { return nil }
    // Wholly in quotation marks: the passage alone is the quotation.
    if isWholePassage(range) { return nil }
    let speaker = subject(of: cue, sentence)
    // "on pense que": nobody says it, unless the sentence tells who "on" is.
    if let speaker, speaker.via == .pronoun, words.isImpersonal(speaker.range.lowerBound),
      speech.side(of: sentence) == nil
    {
      return nil
    }
    // "ce qui indique que": a fact speaks, nobody does.
    if let speaker, speaker.via == .relative, words.has(speaker.range.lowerBound, .subject) { return nil }
    var draft = Draft(
      kind: .indirect, parts: [range], speaker: speaker, cue: cue, rule: "indirect/\(rule)",
      confidence: rule == "noun" ? 0.6 : 0.8)
    if draft.speaker == nil { draft.confidence -= 0.15 }
    return draft
  }

  /// "est accusé par le parquet de corruption", "soupçonné d'avoir fui": what others say of somebody.
  private func accusation(_ cue: CueOccurrence, _ sentence: Range<Int>) -> Draft? {
    var index = cue.group.upperBound
    var agent: SpeakerWords?
    if index + 1 < sentence.upperBound, words.tokens[index].span.count == 3, words.ends(index, with: "ar"),
      let phrase = phrases.forward(from: index + 1, limit: sentence.upperBound)
    {
      agent = SpeakerWords(range: phrase, via: .inverted)
      // The phrase may have taken the accusation in.
      if let of = phrase.dropFirst().first(where: { words.has($0, .of) }), !words.has(phrase.upperBound, .of) {
        agent = SpeakerWords(range: phrase.lowerBound..<of, via: .inverted)
        index = of
      } else {
        index = phrase.upperBound
      }
    }
    guard words.has(index, .of), words.tokens[index].span.count <= 3, index + 1 < sentence.upperBound else {
      return nil
    }
    let range = words.trimmed(index + 1..<phraseEnd(from: index + 1, sentence, cue))
    guard !range.isEmpty, !isWholePassage(range) else { return nil }
    return Draft(
      kind: .indirect, parts: [range], speaker: agent, cue: cue, rule: "indirect/accusation", confidence: 0.65)
  }

  /// "une somme jugée excessive par la ministre": an adjective is what is thought.
  private func judgement(_ cue: CueOccurrence, _ word: CueWord, _ sentence: Range<Int>) -> Draft? {
    let start = cue.group.upperBound
    guard word.act == "opine", word.constructions.contains(.fragment), start < sentence.upperBound,
      words.isWord(start), !words.isCapitalized(start), words.readings[start].contains(.other),
      words.readings[start].isDisjoint(with: [.noun, .finite]),
      !words.has(start, [.preposition, .determiner, .article, .que, .and, .subject, .adverb, .relative, .subordinator])
    else { return nil }
    var end = start + 1
    while end < sentence.upperBound, words.has(end, .and), end + 1 < sentence.upperBound,
      words.readings[end + 1].contains(.other), words.readings[end + 1].isDisjoint(with: [.noun, .finite])
    {
      end += 2
    }
    var draft = Draft(
      kind: .indirect, parts: [start..<end], cue: cue, rule: "indirect/judgement", confidence: 0.5)
    if end + 1 < sentence.upperBound, words.tokens[end].span.count == 3, words.ends(end, with: "ar"),
      let phrase = phrases.forward(from: end + 1, limit: sentence.upperBound), speech.canSpeak(phrase)
    {
      draft.speaker = SpeakerWords(range: phrase, via: .inverted)
    }
    return draft
  }

  /// Who speaks: the subject of the verb, or of the main verb where the cue is a participle or infinitive.
  func subject(of cue: CueOccurrence, _ sentence: Range<Int>) -> SpeakerWords? {
    if let clitic = cue.clitic { return SpeakerWords(range: clitic..<clitic + 1, via: .pronoun) }
    if let auxiliary = cue.auxiliary {
      if words.clitic(behind: auxiliary) { return SpeakerWords(range: auxiliary + 1..<auxiliary + 2, via: .pronoun) }
      var group = auxiliary
      while group > sentence.lowerBound, words.has(group - 1, [.object, .not]), !words.has(group - 1, .subject) {
        group -= 1
      }
      return phrases.subject(before: group)
    }
    if cue.form == .finite { return phrases.subject(before: cue.group.lowerBound) }
    // "lancée par un témoin, déclarant que": the agent right before the comma.
    let comma = cue.group.lowerBound - 1
    if cue.form == .gerund, comma > sentence.lowerBound, words.isComma(comma), !isSpoken(sentence.lowerBound..<comma),
      let by = (max(sentence.lowerBound, comma - 8)..<comma).last(where: {
        words.tokens[$0].span.count == 3 && words.ends($0, with: "ar")
      }),
      let phrase = phrases.forward(from: by + 1, limit: comma), phrase.upperBound == comma
    {
      return SpeakerWords(range: phrase, via: .subject)
    }
    // "ajoutant que" carries on what was said before in the sentence; at its beginning the subject follows.
    return SpeakerWords(range: cue.group.lowerBound..<cue.group.lowerBound + 1, via: .carried)
  }

  /// Whether somebody speaks in a stretch of a sentence.
  private func isSpoken(_ range: Range<Int>) -> Bool {
    range.contains { words.isQuoteMark($0) }
      || speech.cues(in: range).contains { $0.form == .finite && !$0.isPassive }
  }

  /// Where the words reported begin behind a cue, and by which construction.
  private func complementizer(behind cue: CueOccurrence, _ word: CueWord, _ limit: Int) -> (start: Int, rule: String)? {
    let constructions = word.constructions
    let isAddressed = constructions.contains(.addressed)
    var index = cue.group.upperBound
    while index < limit, words.isAdverb(index), !words.has(index, [.que, .of]) { index += 1 }
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
    if constructions.contains(.speech), words.isColon(index), index + 2 < limit, !words.isOpening(index + 1) {
      return (index + 1, "colon")
    }
    if constructions.contains(.noun) {
      let noun = phrases.date(at: index + (words.has(index, .preposition) ? 1 : 0), limit) ?? index
      if opensNoun(at: noun, limit) { return (noun, "noun") }
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
        index += 1
        continue
      }
      guard words.isWord(index) else { return nil }
      if words.has(index, [.relative, .but, .subordinator]) || words.isFinite(index) { return nil }
      // Another cue takes what follows.
      if let next = speech.cue(startingAt: index), next.form != .participle, next.verb != cue.verb { return nil }
      index += 1
    }
    return nil
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
  private func infinitive(at token: Int, _ limit: Int) -> Int {
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
