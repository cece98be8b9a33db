import TelexModel
import TelexText

/// Whose words a passage in marks holds: by incise, colon, source, the report around it, or the verb that governs it.
extension QuotedSpeech {
  func attributed(_ passage: QuotedPassage, _ kind: Quotation.Kind, within indirect: [Draft]) -> Draft? {
    let limit = speech.sentenceRange(of: passage.close)?.upperBound ?? passage.close + 1
    let opening = speech.sentenceRange(of: passage.open) ?? passage.open..<passage.close + 1
    let beginsSentence = passage.open <= opening.lowerBound + 1
    var behind = passage.close + 1
    if words.isComma(behind) { behind += 1 }
    if behind < limit,
      let incise = speech.incise(
        at: behind, limit: limit, allowsUnknownVerbs: beginsSentence || words.isComma(behind - 1))
    {
      let isDirect = kind == .direct || (beginsSentence && words.isCapitalized(passage.range.lowerBound))
      return draft(passage, isDirect ? .direct : .mixed, incise, "incise", 0.95)
    }
    if let colon = colon(before: passage, opening) {
      let isDirect = kind == .direct || words.isCapitalized(passage.range.lowerBound)
      return draft(passage, isDirect ? .direct : .mixed, colon, "colon", colon.cue == nil ? 0.75 : 0.92)
    }
    if let announced = announced(behind: passage, kind, opening) { return announced }
    if let source = source(before: passage, opening) { return draft(passage, kind, source, "source", 0.9) }
    if let owner = indirect.first(where: {
      $0.parts[0].lowerBound <= passage.open && passage.close < $0.parts[0].upperBound + 2 && $0.speaker != nil
    }) {
      return Draft(
        kind: kind, parts: passage.parts, speaker: owner.speaker, cue: owner.cue, hearsay: owner.hearsay,
        lemma: owner.lemma,
        rule: "\(kind.rawValue)/reported",
        confidence: 0.85)
    }
    if let source = viewpoint(behind: passage, opening) { return draft(passage, .mixed, source, "viewpoint", 0.75) }
    if let cue = governing(passage, opening) {
      guard let subject = reported.subject(of: cue, opening) else { return nil }
      return Draft(
        kind: kind, parts: passage.parts, speaker: subject, cue: cue, rule: "\(kind.rawValue)/governed", confidence: 0.8
      )
    }
    return nil
  }

  /// "« A, confiait-elle en mai. B »": the journalist's incise inside the marks parts what was said.
  func interrupted(_ passage: QuotedPassage) -> [Draft]? {
    guard passage.parts.count == 1 else { return nil }
    let range = passage.range
    for cue in speech.cues(in: range) where cue.form == .finite && cue.group.lowerBound > range.lowerBound + 4 {
      let comma = cue.group.lowerBound - 1
      guard words.isComma(comma), let limit = speech.sentenceRange(of: cue.verb)?.upperBound,
        let incise = speech.incise(at: comma + 1, limit: min(limit, range.upperBound), allowsUnknownVerbs: false),
        incise.cue?.verb == cue.verb
      else { continue }
      let end = speech.phrases.skippingAdjuncts(from: incise.range.upperBound, limit: min(limit, range.upperBound))
      guard end < range.upperBound, words.isComma(end) || words.tokens[end].kind == .terminator else { continue }
      return [words.trimmed(range.lowerBound..<comma), end + 1..<range.upperBound].filter { !$0.isEmpty }.map {
        Draft(
          kind: .direct, parts: [$0], speaker: incise.speaker, cue: cue, rule: "direct/incise-inside", confidence: 0.8)
      }
    }
    return nil
  }

  private func draft(
    _ passage: QuotedPassage, _ kind: Quotation.Kind, _ incise: Incise, _ rule: String, _ confidence: Double
  ) -> Draft {
    Draft(
      kind: kind, parts: passage.parts, speaker: incise.speaker, cue: incise.cue, hearsay: incise.hearsay,
      lemma: incise.lemma,
      rule: "\(kind.rawValue)/\(rule)",
      confidence: confidence)
  }

  /// "« … »: la directrice a ouvert la séance": who the sentence behind the colon is about.
  private func announced(behind passage: QuotedPassage, _ kind: Quotation.Kind, _ sentence: Range<Int>) -> Draft? {
    guard kind == .direct, passage.open == sentence.lowerBound, words.isColon(passage.close + 1),
      let behind = speech.sentenceRange(of: passage.close + 1), passage.close + 2 < behind.upperBound,
      let subject = speech.phrases.forward(from: passage.close + 2, limit: behind.upperBound), speech.canSpeak(subject)
    else { return nil }
    return Draft(
      kind: kind, parts: passage.parts, speaker: SpeakerWords(range: subject, via: .colon), rule: "direct/announced",
      confidence: 0.65)
  }

  /// "X a déclaré : « … »", in the same sentence or at the end of the paragraph before.
  private func colon(before passage: QuotedPassage, _ sentence: Range<Int>) -> Incise? {
    let mark = passage.open - 1
    guard mark >= 0, words.isColon(mark), let introduction = speech.sentenceRange(of: mark) else { return nil }
    // Between the commas of another sentence in marks nothing speaks.
    let cue = speech.cues(in: introduction.lowerBound..<max(introduction.lowerBound, mark)).last {
      speech.passage(of: $0.verb) == nil && !$0.isNegated
        && $0.form != .participle
        && !speech.word($0).constructions.isDisjoint(with: [.speech, .que, .fragment])
    }
    if let cue {
      if let subject = reported.subject(of: cue, introduction) {
        return Incise(cue: cue, speaker: subject, range: introduction)
      }
      if cue.form == .finite, !cue.isPassive,
        let inverted = speech.incise(at: cue.group.lowerBound, limit: mark, allowsUnknownVerbs: false)
      {
        return inverted
      }
    }
    guard words.isCapitalized(passage.range.lowerBound),
      let subject = speech.phrases.mainSubject(of: introduction.lowerBound..<mark),
      subject.via == .pronoun || speech.canSpeak(subject.range)
    else { return nil }
    return Incise(
      cue: cue, speaker: SpeakerWords(range: subject.range, via: subject.via == .pronoun ? .pronoun : .colon),
      range: introduction)
  }

  /// "Un « musée des horreurs », pour la patronne de la CGT": words in marks without a verb, and whose view it is.
  private func viewpoint(behind passage: QuotedPassage, _ sentence: Range<Int>) -> Incise? {
    let mark = passage.close + 1
    guard passage.open - sentence.lowerBound <= 3, mark + 1 < sentence.upperBound,
      !(sentence.lowerBound..<passage.open).contains(where: { words.isFinite($0) })
    else { return nil }
    let pour = words.isComma(mark) ? mark + 1 : mark
    guard words.isSpelled(pour, Self.pour),
      let phrase = speech.phrases.forward(from: pour + 1, limit: sentence.upperBound), speech.canSpeak(phrase)
    else { return nil }
    return Incise(
      cue: nil, speaker: SpeakerWords(range: phrase, via: .hearsay), range: pour..<phrase.upperBound,
      hearsay: pour..<pour + 1, lemma: "pour")
  }

  private static let pour = FoldedHash("pour").value

  /// "Selon X, « … »", "Pour X, « … »".
  private func source(before passage: QuotedPassage, _ sentence: Range<Int>) -> Incise? {
    for token in max(sentence.lowerBound, passage.open - 40)..<max(sentence.lowerBound, passage.open)
    where speech.sources.begins(words.hashes[token]) {
      if speech.passage(of: token) == nil, let source = speech.hearsay(at: token, limit: passage.open),
        passage.open - source.range.upperBound <= 2, passage.open >= source.range.upperBound
      {
        return source
      }
    }
    if let (source, end) = reported.viewpoint(of: sentence), passage.open >= end, passage.open - end <= 1 {
      return source
    }
    return nil
  }

  /// The verb of saying that a fragment is the complement of: the nearest before it in its clause.
  private func governing(_ passage: QuotedPassage, _ sentence: Range<Int>) -> CueOccurrence? {
    let cue = speech.cues(in: sentence.lowerBound..<max(sentence.lowerBound, passage.open)).last {
      $0.group.upperBound <= passage.open && speech.passage(of: $0.verb) == nil
    }
    guard let cue, passage.open - cue.group.upperBound <= 16, cue.form != .participle, !cue.isPassive else {
      return nil
    }
    let constructions = speech.word(cue).constructions
    let between = cue.group.upperBound..<passage.open
    let adjuncts = speech.phrases.skippingAdjuncts(from: between.lowerBound, limit: between.upperBound)
    // "dans un message, dont l'agence a obtenu copie, que « … »".
    let near = reported.relativeEnd(behind: words.isComma(adjuncts) ? adjuncts : adjuncts - 1, passage.open) ?? adjuncts
    let isNear = (near..<between.upperBound).allSatisfy {
      words.isAdverb($0) || words.has($0, [.que, .preposition, .article]) || words.isComma($0)
    }
    if cue.isNegated, !constructions.contains(.fragment) { return nil }
    guard !constructions.isDisjoint(with: .fragment) || (isNear && !constructions.isDisjoint(with: [.speech, .que]))
    else { return nil }
    // Another clause between them takes the words away from the verb.
    if between.contains(where: { words.isFinite($0) && !(adjuncts..<near).contains($0) }) { return nil }
    return cue
  }
}
