import TelexModel
import TelexText

/// Finds indirect quotations: what somebody says, thinks, promises or asks, in the journalist's words.
struct ReportedSpeech {
  let speech: Speech
  private var words: Words { speech.words }
  private var phrases: NounPhrases { speech.phrases }

  init(_ speech: Speech) { self.speech = speech }

  func drafts(headings: [Range<Int>]) -> [Draft] {
    var drafts: [Draft] = []
    for cue in speech.cues where speech.passage(of: cue.verb) == nil {
      guard let sentence = speech.sentenceRange(of: cue.verb) else { continue }
      if let draft = complement(of: cue, in: sentence) ?? clause(before: cue, in: sentence) { drafts.append(draft) }
    }
    for sentence in words.sentences { hearsay(in: sentence, &drafts) }
    return drafts
  }

  // MARK: Complements

  private func complement(of cue: CueOccurrence, in sentence: Range<Int>) -> Draft? {
    let word = speech.word(cue)
    if cue.isNegated { return nil }
    if word.constructions.contains(.passive), cue.isPassive || cue.form == .participle {
      return accusation(cue, sentence)
    }
    if cue.form == .participle { return nil }
    guard let (start, rule) = complementizer(behind: cue, word, sentence.upperBound) else { return nil }
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

  /// Who speaks: the subject of the verb, or of the main verb where the cue is a participle or infinitive.
  func subject(of cue: CueOccurrence, _ sentence: Range<Int>) -> SpeakerWords? {
    if let clitic = cue.clitic { return SpeakerWords(range: clitic..<clitic + 1, via: .pronoun) }
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
    if constructions.contains(.infinitive), words.isInfinitive(infinitive(at: index, limit)) {
      return (index, "infinitive")
    }
    if constructions.contains(.infinitive), words.has(index, .adjunct), !words.has(index, .of) {
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
      words.has(index, .preposition), !words.isInfinitive(infinitive(at: index + 1, limit)),
      !constructions.contains(.addressed) || index == cue.group.upperBound
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
      words.isOpening(index + 1) || words.has(index + 1, .determiner)
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
      if constructions.contains(.à), isÀ(index), words.isInfinitive(infinitive(at: index + 1, limit)) {
        return (index + 1, "à")
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

  // MARK: Where the words reported end

  /// A clause ends with its sentence, before an incise, or before another verb of saying of the same speaker.
  private func clauseEnd(from start: Int, _ sentence: Range<Int>, _ cue: CueOccurrence) -> Int {
    let isOpening = cue.form != .finite && words.trimmed(sentence).lowerBound >= cue.group.lowerBound - 2
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

  /// Behind a comma: something that is the journalist's again.
  private func closes(at token: Int, _ sentence: Range<Int>) -> Bool {
    let next = skippingAdverbs(token)
    guard next < sentence.upperBound else { return false }
    if let cue = speech.cue(startingAt: next), cue.form == .gerund { return true }
    if words.has(next, .preposition), let cue = speech.cue(startingAt: next + 1), cue.form == .gerund { return true }
    if words.has(next, [.and, .but]), let cue = speech.cue(startingAt: skippingAdverbs(next + 1)), cue.form == .finite {
      return true
    }
    if speech.incise(at: next, limit: sentence.upperBound, allowsUnknownVerbs: false) != nil { return true }
    return words.tokens[next].kind == .word && words.ends(next, with: "avant") && words.has(next + 1, .of)
  }

  private func skippingAdverbs(_ token: Int) -> Int {
    var index = token
    while index < words.tokens.count, words.isAdverb(index), speech.cue(startingAt: index) == nil { index += 1 }
    return index
  }

  /// An infinitive or noun phrase ends at the first comma that no list goes on behind.
  private func phraseEnd(from start: Int, _ sentence: Range<Int>, _ cue: CueOccurrence) -> Int {
    let end = clauseEnd(from: start, sentence, cue)
    var index = start
    while index < end {
      if let partner = words.partner(of: index), partner > index {
        index = partner + 1
        continue
      }
      if words.isComma(index), !goesOn(behind: index, end) { return index }
      if index > start, words.has(index, .but), !words.has(index - 1, .and) { return index }
      index += 1
    }
    return end
  }

  private func goesOn(behind comma: Int, _ end: Int) -> Bool {
    let next = comma + 1
    guard next < end else { return false }
    if words.has(next, [.and, .preposition]) { return true }
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
    while high > low, words.tokens[high - 1].kind == .terminator || words.isComma(high - 1) { high -= 1 }
    guard low < high, words.isQuoteMark(low), let close = words.partner(of: low), close > low, close < high else {
      return false
    }
    // A few words of the journalist's behind a long passage make no report of it.
    return close == high - 1 || (close - low > 8 && (high - close) * 3 < close - low)
  }

  // MARK: Clauses with an incise, and hearsay

  /// "Les combats ont cessé, a déclaré un porte-parole."
  private func clause(before cue: CueOccurrence, in sentence: Range<Int>) -> Draft? {
    let comma = cue.group.lowerBound - 1
    guard cue.form == .finite, comma > sentence.lowerBound, words.isComma(comma), !words.isClosing(comma - 1),
      let incise = speech.incise(at: comma + 1, limit: sentence.upperBound, allowsUnknownVerbs: false),
      incise.cue?.verb == cue.verb,
      !words.has(cue.group.upperBound, .que)
    else { return nil }
    let range = words.trimmed(sentence.lowerBound..<comma)
    guard range.count > 2, hasMainVerb(range), speech.passage(of: comma - 1) == nil, !isWholePassage(range) else {
      return nil
    }
    // A subject before the comma would make the phrase behind the verb its object.
    if cue.clitic == nil, lacksVerb(before: comma, range) { return nil }
    return Draft(
      kind: .indirect, parts: [range], speaker: incise.speaker, cue: cue, rule: "indirect/incise", confidence: 0.75)
  }

  /// A verb of the clause itself, not of a relative clause in it.
  func hasMainVerb(_ range: Range<Int>) -> Bool {
    var relatives = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if let partner = words.partner(of: index), partner > index, partner < range.upperBound, !words.isQuoteMark(index)
      {
        index = partner + 1
        continue
      }
      if words.has(index, [.relative, .subordinator]), !words.has(index, [.adverb, .determiner]) {
        relatives += 1
      } else if words.isFinite(index) {
        if relatives == 0 { return true }
        relatives -= 1
      }
      index += 1
    }
    return false
  }

  /// "Le ministre, arrivé hier, a annoncé …": between the commas stands no clause, before them a subject.
  private func lacksVerb(before comma: Int, _ range: Range<Int>) -> Bool {
    guard let open = (range.lowerBound..<comma).last(where: { words.isComma($0) }) else { return false }
    return !hasMainVerb(range.lowerBound..<open) && !hasMainVerb(open + 1..<comma)
  }

  private func hearsay(in sentence: Range<Int>, _ drafts: inout [Draft]) {
    for token in sentence where words.has(token, .hearsay) || words.has(token, .of) {
      guard speech.passage(of: token) == nil, let source = speech.hearsay(at: token, limit: sentence.upperBound) else {
        continue
      }
      if let range = content(of: source, in: sentence), !isWholePassage(range), range.count > 0 {
        drafts.append(
          Draft(
            kind: .indirect, parts: [range], speaker: source.speaker, hearsay: source.hearsay, rule: "indirect/hearsay",
            confidence: 0.75))
      }
      return
    }
    point(of: sentence, &drafts)
  }

  private func content(of source: Incise, in sentence: Range<Int>) -> Range<Int>? {
    let before = sentence.lowerBound..<source.range.lowerBound
    let isFirst = before.allSatisfy {
      words.has($0, [.but, .and]) || words.isAdverb($0) || words.isComma($0) || words.isOpening($0)
    }
    var behind = source.range.upperBound
    if isFirst {
      while behind < sentence.upperBound, !words.isComma(behind) {
        if let close = words.partner(of: behind), close > behind, close < sentence.upperBound {
          behind = close + 1
          continue
        }
        guard words.isWord(behind), !words.isFinite(behind) else { return nil }
        behind += 1
      }
      guard behind < sentence.upperBound else { return nil }
      return words.trimmed(behind + 1..<sentence.upperBound)
    }
    return words.trimmed(before)
  }

  /// "Pour M. Durand, …" at the beginning of a sentence.
  private func point(of sentence: Range<Int>, _ drafts: inout [Draft]) {
    guard let source = viewpoint(of: sentence) else { return }
    let range = words.trimmed(source.range.upperBound + 1..<sentence.upperBound)
    guard range.count > 2, !isWholePassage(range), hasMainVerb(range) else { return }
    drafts.append(
      Draft(
        kind: .indirect, parts: [range], speaker: source.speaker, hearsay: source.hearsay, rule: "indirect/viewpoint",
        confidence: 0.6))
  }

  func viewpoint(of sentence: Range<Int>) -> Incise? {
    var index = sentence.lowerBound
    while index < sentence.upperBound, words.has(index, [.but, .and]) || words.isComma(index) { index += 1 }
    guard index < sentence.upperBound, words.tokens[index].kind == .word, words.tokens[index].span.count == 4,
      words.ends(index, with: "our"),
      let phrase = phrases.forward(from: index + 1, limit: sentence.upperBound),
      phrase.upperBound < sentence.upperBound,
      words.isComma(phrase.upperBound) || words.isOpening(phrase.upperBound), isSomebody(phrase)
    else { return nil }
    return Incise(
      cue: nil, speaker: SpeakerWords(range: phrase, via: .hearsay), range: index..<phrase.upperBound,
      hearsay: index..<index + 1)
  }

  private func isSomebody(_ phrase: Range<Int>) -> Bool {
    if words.has(phrase.lowerBound, .title) || phrases.isName(phrase) { return true }
    guard words.has(phrase.lowerBound, .article), phrase.count > 1 else { return false }
    let kind = speech.nouns.kind(words.hashes[phrase.lowerBound + 1])
    return kind == .function || kind == .person
  }
}
