import TelexModel
import TelexText

/// What past participles report: accusations, judgements and convictions.
extension ReportedSpeech {
  /// "est accusé par le parquet de corruption", "soupçonné d'avoir fui": what others say of somebody.
  func accusation(_ cue: CueOccurrence, _ sentence: Range<Int>) -> Draft? {
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
    let range = words.trimmed(index + 1..<phraseEnd(from: index + 1, sentence, opens: opens(cue, sentence)))
    guard !range.isEmpty, !isWholePassage(range) else { return nil }
    return Draft(
      kind: .indirect, parts: [range], speaker: agent, cue: cue, rule: "indirect/accusation", confidence: 0.65)
  }

  /// "une somme jugée excessive par la ministre": an adjective is what is thought.
  func judgement(_ cue: CueOccurrence, _ word: CueWord, _ sentence: Range<Int>) -> Draft? {
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

  /// "Convaincu que le site a un avenir, M. Durand …", "la ministre, persuadée que …": what the subject that stands beside it
  /// thinks.
  func attitude(_ cue: CueOccurrence, _ sentence: Range<Int>) -> Draft? {
    let que = cue.group.upperBound
    guard que + 1 < sentence.upperBound, words.has(que, .que) else { return nil }
    let first = cue.group.lowerBound
    let opens = words.trimmed(sentence).lowerBound == first
    let predicates = cue.isPassive
    guard opens || predicates || words.isComma(first - 1) else { return nil }
    let end =
      opens
      ? (que + 1..<sentence.upperBound).first { words.isComma($0) } ?? sentence.upperBound
      : clauseEnd(from: que + 1, sentence, opens: false)
    let range = words.trimmed(que + 1..<end)
    guard !range.isEmpty, !isWholePassage(range), let speaker = holder(of: cue, end, sentence, opens, predicates) else {
      return nil
    }
    return Draft(
      kind: .indirect, parts: [range], speaker: speaker, cue: cue, rule: "indirect/attitude", confidence: 0.75)
  }

  /// Who is convinced: the subject behind the comma, of "est", or of the verb before; an inverted one right before.
  private func holder(
    of cue: CueOccurrence, _ end: Int, _ sentence: Range<Int>, _ opens: Bool, _ predicates: Bool
  ) -> SpeakerWords? {
    let first = cue.group.lowerBound
    if opens {
      guard end + 1 < sentence.upperBound, words.isComma(end) else { return nil }
      let main = end + 1..<sentence.upperBound
      guard let subject = phrases.mainSubject(of: main), subject.range.lowerBound <= end + 2 else { return nil }
      return subject.via == .pronoun || speech.canSpeak(subject.range) ? subject : nil
    }
    if predicates {
      guard let subject = subject(of: cue, sentence) else { return nil }
      return subject.via == .pronoun && !words.isImpersonal(subject.range.lowerBound) || speech.canSpeak(subject.range)
        ? subject : nil
    }
    // "…, a jugé Claire Durand, secrétaire générale du syndicat, convaincue que".
    let before = sentence.lowerBound..<first - 1
    if let said = speech.cues(in: before).last, said.form == .finite,
      let incise = speech.incise(at: said.group.lowerBound, limit: first - 1, allowsUnknownVerbs: false)
    {
      return incise.speaker
    }
    guard let subject = phrases.mainSubject(of: before), subject.via == .pronoun || speech.canSpeak(subject.range)
    else { return nil }
    return subject
  }
}
