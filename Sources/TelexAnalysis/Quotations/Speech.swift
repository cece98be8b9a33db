import TelexModel
import TelexText

/// Everything the readers of quotations share about one dispatch.
struct Speech {
  let words: Words
  let lexicon: CueLexicon
  let nouns: SpeakerNouns
  let phrases: NounPhrases
  /// In reading order.
  let cues: [CueOccurrence]
  /// By token: the cue whose group begins there, and the one whose verb stands there.
  private let starts: [Int: Int]
  /// By token: in which passage of the first depth it stands.
  let passages: [QuotedPassage]
  private let passageOf: [Int32]

  init(_ words: Words, lexicon: CueLexicon, nouns: SpeakerNouns, blocks: [Block]) {
    self.words = words
    self.lexicon = lexicon
    self.nouns = nouns
    cues = CueReader(words: words, lexicon: lexicon).occurrences()
    var starts: [Int: Int] = [:]
    for (index, cue) in cues.enumerated() where starts[cue.group.lowerBound] == nil {
      starts[cue.group.lowerBound] = index
    }
    self.starts = starts
    let verbal = cues.filter { $0.form == .finite || $0.form == .gerund }.map(\.group.lowerBound)
    phrases = NounPhrases(words: words, nouns: nouns, cueStarts: Set(verbal))
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

  func cue(startingAt token: Int) -> CueOccurrence? { starts[token].map { cues[$0] } }

  func passage(of token: Int) -> Int? {
    guard passageOf.indices.contains(token), passageOf[token] >= 0 else { return nil }
    return Int(passageOf[token])
  }

  func sentenceRange(of token: Int) -> Range<Int>? { words.sentence(of: token).map { words.sentences[$0] } }

  /// The index in `NounPhrases` words of somebody who can speak: a name, a function, a body, a document.
  func canSpeak(_ phrase: Range<Int>) -> Bool {
    phrase.contains { token in
      // "selon celle-ci".
      if token == phrase.lowerBound, phrase.count == 1, words.has(token, .subject) { return true }
      if nouns.kind(words.hashes[token]) != nil { return true }
      return words.isCapitalized(token) && (token > phrase.lowerBound || !words.has(token, [.determiner, .article]))
    }
  }

  /// "a-t-il ajouté", "a souligné mardi le ministre", "selon la police": who speaks behind a passage or a clause, where the
  /// words for it begin at a token.
  func incise(at start: Int, limit: Int, allowsUnknownVerbs: Bool) -> Incise? {
    var index = start
    while index < limit, words.isAdverb(index) || words.has(index, .subordinator), cue(startingAt: index) == nil {
      index += 1
    }
    if index > start + 3 { return nil }
    if words.has(index, .hearsay) || (words.has(index, .of) && words.has(index + 1, .hearsay)),
      let found = hearsay(at: index, limit: limit)
    {
      return found
    }
    if let cue = cue(startingAt: index), cue.form == .finite, cue.group.upperBound <= limit, !cue.isNegated {
      let constructions = word(cue).constructions
      guard !constructions.isDisjoint(with: [.speech, .que]) else { return nil }
      if let clitic = cue.clitic {
        return Incise(
          cue: cue, speaker: SpeakerWords(range: clitic..<clitic + 1, via: .pronoun),
          range: start..<cue.group.upperBound)
      }
      if cue.isPassive { return nil }
      let next = phrases.skippingAdjuncts(from: cue.group.upperBound, limit: limit)
      guard let phrase = phrases.forward(from: next, limit: limit), canSpeak(phrase) else { return nil }
      return Incise(cue: cue, speaker: SpeakerWords(range: phrase, via: .inverted), range: start..<phrase.upperBound)
    }
    return allowsUnknownVerbs ? unknownVerb(at: index, start, limit) : nil
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
    guard let phrase = phrases.forward(from: verbEnd, limit: limit), canSpeak(phrase),
      nouns.kind(words.hashes[phrase.lowerBound]) != .document
    else { return nil }
    return Incise(cue: nil, speaker: SpeakerWords(range: phrase, via: .inverted), range: first..<phrase.upperBound)
  }

  /// "selon la police", "d'après le rapport".
  func hearsay(at token: Int, limit: Int) -> Incise? {
    var next = token + 1
    if words.has(token, .of) {
      // "de source policière".
      if next < limit, words.tokens[token].span.count == 2,
        words.ends(next, with: "ource") || words.ends(next, with: "ources"),
        words.isComma(token - 1) || words.tokens[token].beginsLine || words.isCapitalized(token),
        let phrase = phrases.forward(from: next, limit: limit)
      {
        return Incise(
          cue: nil, speaker: SpeakerWords(range: phrase, via: .hearsay), range: token..<phrase.upperBound,
          hearsay: token..<next)
      }
      guard words.has(next, .hearsay), !words.ends(next, with: "elon") else { return nil }
      next += 1
    } else if !words.ends(token, with: "elon") {
      return nil
    }
    if words.has(next, .aside), words.isWord(next), !words.has(next, [.of, .determiner, .preposition]) {
      return Incise(
        cue: nil, speaker: SpeakerWords(range: next..<next + 1, via: .pronoun), range: token..<next + 1,
        hearsay: token..<next)
    }
    guard let phrase = phrases.forward(from: next, limit: limit), canSpeak(phrase) else { return nil }
    return Incise(
      cue: nil, speaker: SpeakerWords(range: phrase, via: .hearsay), range: token..<phrase.upperBound,
      hearsay: token..<next)
  }
}

/// Words that name the speaker beside what is said.
struct Incise {
  var cue: CueOccurrence?
  var speaker: SpeakerWords
  /// All tokens of it.
  var range: Range<Int>
  /// "selon", "d'après".
  var hearsay: Range<Int>?
}
