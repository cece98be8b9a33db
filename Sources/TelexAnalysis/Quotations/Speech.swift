import TelexModel
import TelexText

/// Everything the readers of quotations share about one dispatch.
struct Speech {
  let words: Words
  let lexicon: CueLexicon
  let nouns: SpeakerNouns
  let sources: SourceExpressions
  let phrases: NounPhrases
  /// In reading order.
  let cues: [CueOccurrence]
  /// By token: the first cue whose group begins there; -1 for none.
  private let starts: [Int32]
  /// By token: in which passage of the first depth it stands.
  let passages: [QuotedPassage]
  private let passageOf: [Int32]

  init(_ words: Words, lexicon: CueLexicon, nouns: SpeakerNouns, sources: SourceExpressions, blocks: [Block]) {
    self.words = words
    self.lexicon = lexicon
    self.nouns = nouns
    self.sources = sources
    cues = CueReader(words: words, lexicon: lexicon).occurrences()
    var starts = [Int32](repeating: -1, count: words.tokens.count)
    for (index, cue) in cues.enumerated() where starts[cue.group.lowerBound] < 0 {
      starts[cue.group.lowerBound] = Int32(index)
    }
    self.starts = starts
    var verbal = [Bool](repeating: false, count: words.tokens.count)
    for cue in cues where cue.form == .finite || cue.form == .gerund { verbal[cue.group.lowerBound] = true }
    phrases = NounPhrases(words: words, nouns: nouns, cueStarts: verbal)
    passages = QuotedPassages(words: words).passages(in: blocks)
    var passageOf = [Int32](repeating: -1, count: words.tokens.count)
    for (index, passage) in passages.enumerated() where passage.depth == 0 {
      for part in passage.parts { for token in part { passageOf[token] = Int32(index) } }
    }
    self.passageOf = passageOf
  }

  func word(_ cue: CueOccurrence) -> CueWord { lexicon.words[cue.word] }

  /// The cues whose verb stands in a range of tokens.
  func cues(in range: Range<Int>) -> ArraySlice<CueOccurrence> {
    func first(_ token: Int) -> Int {
      var low = 0
      var high = cues.count
      while low < high {
        let middle = (low + high) / 2
        if cues[middle].verb < token { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = first(range.lowerBound)
    return cues[start..<max(start, first(range.upperBound))]
  }

  func cue(startingAt token: Int) -> CueOccurrence? {
    guard starts.indices.contains(token), starts[token] >= 0 else { return nil }
    return cues[Int(starts[token])]
  }

  func passage(of token: Int) -> Int? {
    guard passageOf.indices.contains(token), passageOf[token] >= 0 else { return nil }
    return Int(passageOf[token])
  }

  func sentenceRange(of token: Int) -> Range<Int>? { words.sentence(of: token).map { words.sentences[$0] } }

  /// The index in `NounPhrases` words of somebody who can speak: a name, a function, a body, a document.
  func canSpeak(_ phrase: Range<Int>) -> Bool {
    if words.has(phrase.lowerBound, .nobody), words.name(at: phrase.lowerBound) == nil, !counts(phrase) { return false }
    if phrase.count == 2, words.isLatter(phrase.lowerBound + 1) { return true }
    let head = words.has(phrase.lowerBound, .determiner) ? phrase.lowerBound + 1 : phrase.lowerBound
    if head < phrase.upperBound, nouns.kind(words.hashes[head]) == .thing { return false }
    return phrase.contains { token in
      // "selon celle-ci".
      if token == phrase.lowerBound, phrase.count == 1, words.has(token, .subject) { return true }
      if words.name(at: token) != nil { return true }
      if let kind = nouns.kind(words.hashes[token]) { return kind != .thing }
      guard words.isCapitalized(token), !words.has(token, [.determiner, .article, .preposition, .adverb]) else {
        return false
      }
      // The capital of a sentence's first word makes no name of it.
      guard let sentence = sentenceRange(of: token), token <= sentence.lowerBound + 1 else { return true }
      return token > phrase.lowerBound || words.readings[token].isEmpty
    }
  }

  private static let none = ["aucun", "aucune", "nul", "nulle"].map { FoldedHash($0).value }

  /// "plusieurs sources", "certains élus": a word for nobody in particular that a noun of those who speak follows.
  private func counts(_ phrase: Range<Int>) -> Bool {
    phrase.count > 1 && words.has(phrase.lowerBound, .determiner)
      && nouns.kind(words.hashes[phrase.lowerBound + 1]) != nil
      && !Self.none.contains(words.hashes[phrase.lowerBound])
  }

  /// Whether a phrase reads as somebody behind an inverted verb that words in marks precede: "a balayé le technicien".
  private func isActor(_ phrase: Range<Int>) -> Bool {
    canSpeak(phrase)
      || (phrase.count < 8 && words.has(phrase.lowerBound, .determiner) && phrase.count > 1
        && words.readings[phrase.lowerBound + 1].contains(.noun))
  }

  /// "a-t-il ajouté", "a souligné mardi le ministre", "selon la police": who speaks behind a passage or a clause, where the
  /// words for it begin at a token.
  func incise(at start: Int, limit: Int, allowsUnknownVerbs: Bool) -> Incise? {
    var index = start
    while index < limit, words.isAdverb(index) || words.has(index, .subordinator), cue(startingAt: index) == nil {
      index += 1
    }
    if index > start + 3 { return nil }
    if let found = hearsay(at: index, limit: limit), found.speaker.via != .relative { return found }
    if let cue = cue(startingAt: index), cue.form == .finite, cue.group.upperBound <= limit, !cue.isNegated {
      let constructions = word(cue).constructions
      guard !constructions.isDisjoint(with: [.speech, .que]) else { return nil }
      if constructions.contains(.heard) {
        return source(behind: cue.group.upperBound, limit: limit)
          .map { Incise(cue: cue, speaker: $0, range: start..<$0.range.upperBound) }
      }
      if let clitic = cue.clitic {
        // "a-t-on appris de source policière": the source speaks.
        if words.ends(clitic, with: "on"),
          let source = source(behind: cue.group.upperBound, limit: limit)
        {
          return Incise(cue: cue, speaker: source, range: start..<source.range.upperBound)
        }
        return Incise(
          cue: cue, speaker: SpeakerWords(range: clitic..<clitic + 1, via: .pronoun),
          range: start..<cue.group.upperBound)
      }
      if cue.isPassive { return nil }
      let next = phrases.skippingAdjuncts(from: cue.group.upperBound, limit: limit)
      guard var phrase = phrases.forward(from: next, limit: limit) else { return nil }
      if !canSpeak(phrase), let behind = speaker(behindManner: phrase, limit) { phrase = behind }
      guard allowsUnknownVerbs ? isActor(phrase) : canSpeak(phrase) else { return nil }
      let whole = phrases.withName(behind: phrase, limit: limit)
      return Incise(cue: cue, speaker: SpeakerWords(range: whole, via: .inverted), range: start..<whole.upperBound)
    }
    return allowsUnknownVerbs ? unknownVerb(at: index, start, limit) : nil
  }

  /// "a déclaré les larmes aux yeux | le Premier ministre", "la voix nouée | la maire".
  private func speaker(behindManner phrase: Range<Int>, _ limit: Int) -> Range<Int>? {
    let next = phrases.skippingAdjuncts(from: phrase.upperBound, limit: limit)
    guard next < limit, words.has(next, .article) || words.isCapitalized(next),
      let speaker = phrases.forward(from: next, limit: limit), canSpeak(speaker)
    else { return nil }
    return speaker
  }

  /// An inverted verb that no list holds, behind words in quotation marks: "s'enflamme-t-il", "a tonné Jean Durand".
  private func unknownVerb(at start: Int, _ first: Int, _ limit: Int) -> Incise? {
    var index = start
    while index < limit, words.has(index, .object), !words.isCapitalized(index) { index += 1 }
    guard index < limit, words.tokens[index].kind == .word, !words.isCapitalized(index) else { return nil }
    var verbEnd = index + 1
    var clitic: Int?
    if words.has(verbEnd, .subjectClitic), words.tokens[verbEnd].kind == .clitic {
      clitic = verbEnd
      verbEnd += 1
    }
    if words.has(index, [.have, .be]) {
      while verbEnd < limit, words.isAdverb(verbEnd) { verbEnd += 1 }
      guard verbEnd < limit, words.readings[verbEnd].contains(.participle) else { return nil }
      verbEnd += 1
    } else if !words.readings[index].contains(.finite) {
      return nil
    }
    if let clitic, !words.ends(clitic, with: "je") {
      return Incise(cue: nil, speaker: SpeakerWords(range: clitic..<clitic + 1, via: .pronoun), range: first..<verbEnd)
    }
    guard words.has(index, [.have, .be]) || words.has(index - 1, .reflexive) else { return nil }
    guard
      let phrase = phrases.forward(
        from: phrases.skippingAdjuncts(from: verbEnd, limit: limit), limit: limit), isActor(phrase),
      nouns.kind(words.hashes[phrase.lowerBound]) != .document
    else { return nil }
    return Incise(cue: nil, speaker: SpeakerWords(range: phrase, via: .inverted), range: first..<phrase.upperBound)
  }

  /// "(a-t-on appris jeudi) de source policière", "auprès du parquet".
  private func source(behind token: Int, limit: Int) -> SpeakerWords? {
    var index = token
    while index < limit, index < token + 12, words.isWord(index) {
      let isOf = words.has(index, .of) && words.tokens[index].span.count == 2
      if isOf, words.ends(index + 1, with: "ource") || words.ends(index + 1, with: "ources"),
        let phrase = phrases.forward(from: index + 1, limit: limit, isHeadless: true)
      {
        return SpeakerWords(range: phrase, via: .hearsay)
      }
      if words.has(index, .adjunct), words.ends(index, with: "uprès"), words.has(index + 1, .of) {
        return phrases.forward(from: index + 2, limit: limit, isHeadless: true)
          .map { SpeakerWords(range: $0, via: .hearsay) }
      }
      // "a-t-on indiqué au ministère", "avertit-on à la FGTB", "chez Norval", "dans l'entourage du ministre".
      if words.has(index, .adjunct), let phrase = phrases.forward(from: index + 1, limit: limit, isHeadless: true) {
        let head = words.has(phrase.lowerBound, .determiner) ? phrase.lowerBound + 1 : phrase.lowerBound
        if head < phrase.upperBound,
          words.name(at: head) == .organization || [.body, .person].contains(nouns.kind(words.hashes[head]))
        {
          return SpeakerWords(range: phrase, via: .hearsay)
        }
        index = phrase.upperBound
        continue
      }
      index += 1
    }
    return nil
  }

  /// "selon la police", "d'après le rapport", "à ses yeux"; where the speaker comes before it: "…, pour qui".
  func hearsay(at token: Int, limit: Int) -> Incise? {
    guard let found = sources.expression(at: token, in: words, limit: limit), let sentence = sentenceRange(of: token)
    else { return nil }
    var next = found.range.upperBound
    func incise(_ speaker: SpeakerWords, _ end: Int) -> Incise {
      Incise(cue: nil, speaker: speaker, range: token..<end, hearsay: found.range, lemma: found.lemma)
    }
    switch found.kind {
    case .side: return nil
    case .own:
      return found.own.map { incise(SpeakerWords(range: $0..<$0 + 1, via: .pronoun), next) }
    case .noun:
      next -= 1
      guard
        words.isComma(token - 1) || words.tokens[token].beginsLine || words.isCapitalized(token)
          || words.has(next + 1, .complementHead)
      else { return nil }
      return phrases.forward(from: next, limit: limit, isHeadless: true)
        .map { incise(SpeakerWords(range: $0, via: .hearsay), $0.upperBound) }
    case .any, .initial:
      if words.has(next, .relative), !words.has(next, .que), words.isComma(token - 1) {
        guard let phrase = phrases.ending(at: token - 2, sentence.lowerBound, isAntecedent: true) else { return nil }
        return incise(SpeakerWords(range: phrase, via: .relative), next + 1)
      }
      if found.kind == .initial, !opens(token, sentence) { return nil }
      if words.has(next, .aside), words.isWord(next), !words.has(next, [.of, .determiner, .preposition]) {
        return incise(SpeakerWords(range: next..<next + 1, via: .pronoun), next + 1)
      }
      guard let phrase = phrases.forward(from: next, limit: limit), !words.has(phrase.lowerBound, .firstPlural) else {
        // "selon nos informations": the agency itself.
        return nil
      }
      // "selon la saison" is no source; what people are asked to believe is.
      let speaks = found.kind == .initial ? isSomebody(phrase) : canSpeak(phrase)
      guard speaks || found.range.count > 2 && isActor(phrase) else { return nil }
      let whole = phrases.withName(behind: phrase, limit: limit)
      return incise(SpeakerWords(range: whole, via: .hearsay), whole.upperBound)
    }
  }

  /// Whether nothing but conjunctions stands before a token in its sentence.
  private func opens(_ token: Int, _ sentence: Range<Int>) -> Bool {
    (sentence.lowerBound..<max(token, sentence.lowerBound)).allSatisfy {
      words.has($0, [.but, .and]) || words.isComma($0) || words.isOpening($0) || words.tokens[$0].kind == .dash
    }
  }

  /// Behind "pour" only persons and named bodies hold a view: "pour la région" is no view.
  private func isSomebody(_ phrase: Range<Int>) -> Bool {
    if words.has(phrase.lowerBound, .title) || phrases.isName(phrase) {
      return !phrase.allSatisfy { words.name(at: $0) == .location }
    }
    let head = words.has(phrase.lowerBound, .determiner) ? phrase.lowerBound + 1 : phrase.lowerBound
    guard head < phrase.upperBound else { return false }
    switch words.name(at: head) {
    case .person, .organization: return true
    default: break
    }
    switch nouns.kind(words.hashes[head]) {
    case .function, .person: return true
    case .body: return phrase.contains { words.name(at: $0) == .organization }
    default: return false
    }
  }

  /// "du côté de la FGTB, on redoute", "à la FGTB, on redoute": who "on" is.
  func side(of sentence: Range<Int>) -> Range<Int>? {
    let first = sentence.lowerBound
    if let found = sources.expression(at: first, in: words, limit: sentence.upperBound), found.kind == .side {
      return phrases.forward(from: found.range.upperBound, limit: sentence.upperBound, isHeadless: true)
    }
    guard first + 1 < sentence.upperBound, Self.at.contains(words.hashes[first]),
      let body = phrases.forward(from: first + 1, limit: sentence.upperBound, isHeadless: true),
      words.isComma(body.upperBound), words.isImpersonal(body.upperBound + 1),
      let head = body.first(where: { words.name(at: $0) != nil || !words.has($0, [.article, .determiner]) }),
      words.name(at: head) == .organization || nouns.kind(words.hashes[head]) == .body
    else { return nil }
    return body
  }

  private static let at = FoldedSet(words: ["à", "a", "au", "aux"])
}
