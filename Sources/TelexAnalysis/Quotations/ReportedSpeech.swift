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
    for sentence in words.sentences {
      hearsay(in: sentence, &drafts)
      announcements(in: sentence, &drafts)
    }
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
    if word.constructions.contains(.attitude) {
      return cue.form == .participle || cue.isPassive ? attitude(cue, sentence) : nil
    }
    if cue.form == .participle { return judgement(cue, word, sentence) }
    guard let (start, rule) = complementizer(behind: cue, word, sentence.upperBound) else { return nil }
    // "il entend annoncer sa candidature": it is not announced.
    if rule == "noun", cue.form == .infinitive, !isPast(cue) { return nil }
    if cue.form == .infinitive, isPurpose(cue, sentence) { return nil }
    let isPassive = cue.isPassive && word.lemma != "convenir"
    if isPassive { return nil }
    let full = rule == "que" || rule == "question" || rule == "colon" || rule == "attribute"
    let speaker = subject(of: cue, sentence)
    if let speaker, isGeneric(speaker, cue) { return nil }
    var end =
      full
      ? clauseEnd(from: start, sentence, opens: opens(cue, sentence))
      : phraseEnd(from: start, sentence, opens: opens(cue, sentence))
    if !full, speaker?.via == .relative { end = mainVerb(behind: start, end) }
    let range = words.trimmed(start..<end)
    guard range.count > (rule == "noun" ? 1 : 0) else { return nil }
    if rule == "colon", !hasMainVerb(range) || range.contains(where: { words.isQuoteMark($0) }) { return nil }
    // Wholly in quotation marks: the passage alone is the quotation.
    if isWholePassage(range) { return nil }
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

  /// "Les émissions devront reculer pour espérer limiter …": the purpose of a thing is nobody's words.
  private func isPurpose(_ cue: CueOccurrence, _ sentence: Range<Int>) -> Bool {
    guard cue.group.lowerBound > sentence.lowerBound, words.isSpelled(cue.group.lowerBound - 1, Self.pour),
      let main = phrases.mainSubject(of: sentence), main.via == .subject
    else { return false }
    return !speech.canSpeak(main.range)
  }

  /// "Après avoir annoncé la fermeture, le directeur …": it was said.
  private func isPast(_ cue: CueOccurrence) -> Bool {
    words.has(cue.group.lowerBound, .haveOpen) && words.isSpelled(cue.group.lowerBound - 1, Self.après)
  }

  private static let après = FoldedHash("après").value, pour = FoldedHash("pour").value

  /// "les personnes qui souhaitent partir": a clause that tells which ones of many are meant, not what somebody said.
  private func isGeneric(_ speaker: SpeakerWords, _ cue: CueOccurrence) -> Bool {
    guard speaker.via == .relative else { return false }
    let first = speaker.range.lowerBound
    let relative = cue.group.lowerBound - 1
    guard words.has(relative, .relative), !words.isComma(relative - 1) else { return false }
    return words.has(first, .subject) || Self.definites.contains(words.hashes[first])
      || first > 0 && Self.definites.contains(words.hashes[first - 1])
  }

  private static let definites = ["les", "des", "aux", "ces", "tous", "toutes", "ceux", "celles", "celui", "celle"]
    .map { FoldedHash($0).value }

  /// In a relative clause: where the verb of the clause around it stands, which ends what is reported.
  func mainVerb(behind start: Int, _ end: Int) -> Int {
    var opens = false
    for index in start..<max(start, end) {
      if words.has(index, [.relative, .subordinator]), !words.has(index, [.adverb, .reflexive]) { opens = true }
      if words.isFinite(index) {
        if !opens, index > start { return index }
        opens = false
      }
    }
    return end
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
}
