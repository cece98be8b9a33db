import TelexModel
import TelexText

/// The subjects of verbs, looked for backwards from the verb, and of sentences, from their beginnings.
extension NounPhrases {
  /// The subject before a verb whose group begins at `verb`.
  func subject(before verb: Int) -> SpeakerWords? { subject(before: verb, depth: 0) }

  private func subject(before verb: Int, depth: Int) -> SpeakerWords? {
    guard let sentence = words.sentence(of: verb) else { return nil }
    let low = words.sentences[sentence].lowerBound
    var index = verb - 1
    while index >= low, words.isAdverb(index), !words.has(index, .subject) { index -= 1 }
    // "… a présenté un plan et espère": the subject is that of the verb before.
    if index > low, words.has(index, [.and, .but]), !words.has(index, .subject) {
      guard depth < 3,
        let first = verbOutsideMarks(before: index, low)
          ?? (low..<index).last(where: { (words.isFinite($0) || startsCue($0)) && !isSubordinate($0, low) })
      else { return nil }
      var group = first
      while group > low, words.has(group - 1, [.object, .not]), !words.has(group - 1, .subject) { group -= 1 }
      return subject(before: group, depth: depth + 1)
    }
    var apposition: Range<Int>?
    for _ in 0..<4 {
      guard index >= low, words.isComma(index) else { break }
      guard let comma = openingComma(before: index, low) else { return nil }
      let inside = comma + 1..<index
      if apposition == nil, isName(inside) { apposition = inside }
      index = comma - 1
    }
    guard index >= low else { return nil }
    if words.has(index, .subject), words.tokens[index].kind != .clitic, !words.has(index, .que) {
      return SpeakerWords(range: index..<index + 1, via: .pronoun)
    }
    if words.has(index, .relative) {
      guard words.ends(index, with: "qui") || words.tokens[index].span.count == 3 else { return nil }
      var before = index - 1
      if words.isComma(before) { before -= 1 }
      guard before >= low, let phrase = ending(at: before, low, isAntecedent: true) else { return nil }
      return SpeakerWords(range: nearest(in: phrase), via: .relative)
    }
    guard let phrase = ending(at: index, low) else { return nil }
    if let apposition { return SpeakerWords(range: phrase.lowerBound..<apposition.upperBound, via: .subject) }
    return SpeakerWords(range: phrase, via: .subject)
  }

  /// "Elle estime que « l'arbitre a triché » et annonce": what is said in marks has subjects of its own.
  private func verbOutsideMarks(before token: Int, _ low: Int) -> Int? {
    var index = token - 1
    while index >= low {
      if words.isQuoteMark(index), let open = words.partner(of: index), open < index {
        index = open
      } else if words.isFinite(index) || startsCue(index), !isSubordinate(index, low) {
        return index
      }
      index -= 1
    }
    return nil
  }

  /// "six ans requis contre l'ex-ministre, qui": of an antecedent without a speaker at its head, the one behind its last
  /// preposition; "une question de la députée Anne Morel, qui": or the person behind "de".
  private func nearest(in phrase: Range<Int>) -> Range<Int> {
    func head(_ range: Range<Int>) -> Int? {
      range.first { words.isWord($0) && !words.has($0, [.article, .determiner]) }
    }
    func isSpeaker(_ token: Int?) -> Bool {
      guard let token, token < phrase.upperBound else { return false }
      switch nouns.kind(words.hashes[token]) {
      case .function, .person, .body: return true
      default: return words.name(at: token) != nil || words.has(token, .title) || words.has(token, .subject)
      }
    }
    if !isSpeaker(head(phrase)), let person = namedPerson(in: phrase) { return person }
    guard !isSpeaker(head(phrase)),
      let preposition = phrase.dropFirst().last(where: { words.has($0, .preposition) && !words.has($0, .of) }),
      let inner = forward(from: preposition + 1, limit: phrase.upperBound), inner.upperBound == phrase.upperBound,
      isSpeaker(head(inner)) || head(inner).map({ nouns.isFormer(words.text[words.tokens[$0].span]) }) ?? false
    else { return phrase }
    return inner
  }

  /// The person named behind the last "de" of a phrase that ends with the name, unless what stands before could speak as well
  /// ("le rapport de la députée Anne Morel").
  private func namedPerson(in phrase: Range<Int>) -> Range<Int>? {
    guard let of = phrase.dropFirst().last(where: { words.has($0, .of) }), nouns.kind(words.hashes[of - 1]) == nil,
      let inner = forward(from: of + 1, limit: phrase.upperBound), inner.upperBound == phrase.upperBound,
      let head = inner.first(where: { words.isWord($0) && !words.has($0, [.article, .determiner]) }),
      [.function, .person].contains(nouns.kind(words.hashes[head])),
      inner.contains(where: { words.name(at: $0) != nil })
    else { return nil }
    return inner
  }

  /// Whether a verb belongs to a clause that "qui", "dont", "que" or a conjunction opens right before its subject.
  func isSubordinate(_ verb: Int, _ low: Int) -> Bool {
    var index = verb - 1
    while index >= low, verb - index < 9, words.isWord(index), !words.isFinite(index) {
      if words.has(index, [.relative, .subordinator]), !words.has(index, [.adverb, .reflexive]) { return true }
      index -= 1
    }
    return false
  }

  /// The comma that opens what the comma at `close` closes.
  private func openingComma(before close: Int, _ low: Int) -> Int? {
    var index = close - 1
    while index >= low {
      if let open = words.partner(of: index), open < index {
        index = open - 1
        continue
      }
      if words.isComma(index) { return index > low ? index : nil }
      if words.tokens[index].kind == .separator || words.isOpening(index) { return nil }
      index -= 1
    }
    return nil
  }

  /// "Georges Gilkinet", "Georges Gilkinet (Ecolo)", "le colonel Georges Gilkinet".
  func isName(_ range: Range<Int>) -> Bool {
    if range.count > 2, words.has(range.lowerBound, .article),
      nouns.kind(words.hashes[range.lowerBound + 1]) == .function
    {
      return isName(range.dropFirst(2))
    }
    if let last = range.last, words.tokens[last].kind == .closeBracket, let open = words.partner(of: last),
      open > range.lowerBound
    {
      return isName(range.lowerBound..<open)
    }
    return !range.isEmpty && range.count <= 6
      && range.allSatisfy { words.isCapitalized($0) || words.has($0, [.of, .title]) }
      && words.isCapitalized(range.upperBound - 1)
  }

  /// The noun phrase that ends with a token: from the first word that can begin one, behind the clause's last boundary.
  func ending(at last: Int, _ low: Int, isAntecedent: Bool = false) -> Range<Int>? {
    // "Elle [l'UE] vient": the agency says who is meant.
    if words.tokens[last].kind == .closeBracket, let open = words.partner(of: last), open < last,
      words.has(open - 1, .subject),
      let inside = forward(from: open + 1, limit: last), inside.upperBound == last
    {
      return inside
    }
    var start = last
    while start > low {
      let before = start - 1
      if let open = words.partner(of: start), open < start {
        start = max(open, low)
        if start == open, open > low { continue }
        break
      }
      if words.isWord(before) {
        if words.has(before, .relative), !words.has(before, .subject) { break }
        if words.has(before, [.subordinator, .but, .finite, .have, .be, .hearsay]), !words.isCapitalized(before) {
          break
        }
        // "66 personnes étaient à bord et la compagnie annonce": another clause ends before "et".
        if words.has(before, .and), begins(at: start), hasVerb(before: before, low) { break }
      } else if words.isClosing(before), !words.isQuoteMark(before) || last - before < 6 {
        // Brackets and short names in marks belong to the phrase.
      } else {
        break
      }
      start = before
    }
    var first = start
    while first <= last {
      if begins(at: first), first == start || !words.has(first - 1, [.preposition, .of]) || words.has(first - 1, .and) {
        break
      }
      if words.has(first, .preposition), !words.isCapitalized(first) || first == low {
        // A phrase behind a preposition is no subject: the subject begins behind it.
        let next = words.has(first + 1, .of) ? first + 2 : first + 1
        guard let phrase = forward(from: next, limit: last + 1) else {
          // "en réponse à une question de la députée Anne Morel, qui": a bare noun speaks for nobody, but who is in it may.
          return isAntecedent && next <= last ? namedPerson(in: next..<last + 1) : nil
        }
        if phrase.upperBound > last { return isAntecedent ? phrase : nil }
        first = phrase.upperBound
        if date(at: first, last + 1) == last + 1 { return nil }
        continue
      }
      if let behind = date(at: first, last + 1), behind <= last {
        first = behind
        continue
      }
      first += 1
    }
    return first <= last ? first..<last + 1 : nil
  }

  /// Whether the clause before a token has a verb of its own, so that what follows is another clause.
  private func hasVerb(before token: Int, _ low: Int) -> Bool {
    var index = token - 1
    while index >= low, token - index < 24 {
      if words.isComma(index) || words.has(index, [.relative, .subordinator]) && !words.has(index, .adverb) {
        return false
      }
      if words.isFinite(index) { return true }
      index -= 1
    }
    return false
  }

  /// The subject of a sentence's main verb, as far as its beginning tells.
  func mainSubject(of sentence: Range<Int>) -> SpeakerWords? {
    var index = sentence.lowerBound
    var guardSteps = 0
    var isIntroduced = false
    while index < sentence.upperBound, guardSteps < 6 {
      guardSteps += 1
      if words.has(index, .subject), !words.has(index, .determiner), words.isWord(index) {
        return SpeakerWords(range: index..<index + 1, via: .pronoun)
      }
      if words.has(index, .adjunct) || words.has(index, .subordinator) || words.isAdverb(index)
        || date(at: index, sentence.upperBound) != nil || isParticiple(index, sentence.lowerBound)
        || isBare(index, sentence.lowerBound)
      {
        guard let comma = (index..<sentence.upperBound).first(where: { words.isComma($0) }) else { return nil }
        isIntroduced = true
        index = comma + 1
      } else if words.isOpening(index), let close = words.partner(of: index) {
        index = close + 1
      } else if !words.isWord(index) || words.has(index, [.but, .and]) || isAlone(index) {
        index += 1
      } else {
        guard let phrase = forward(from: index, limit: sentence.upperBound) else { return nil }
        // "Jugé excessif par le ministre, Jean Durand, le projet a …": the phrase right before the verb.
        if isIntroduced, words.isComma(phrase.upperBound),
          let next = forward(from: phrase.upperBound + 1, limit: sentence.upperBound), words.isFinite(next.upperBound)
        {
          return SpeakerWords(range: next, via: .subject)
        }
        return SpeakerWords(range: phrase.lowerBound..<nameEnd(behind: phrase, sentence.upperBound), via: .subject)
      }
    }
    return nil
  }

  /// "le président du groupe à l'Assemblée, Paul Lambert,": a phrase with the person's name that stands in apposition behind a
  /// complement of place.
  func withName(behind phrase: Range<Int>, limit: Int) -> Range<Int> {
    guard words.has(phrase.upperBound, .adjunct),
      let place = forward(from: phrase.upperBound + 1, limit: limit, isHeadless: true)
    else { return phrase }
    let end = nameEnd(behind: place, limit)
    return end > place.upperBound && !words.isWord(end) ? phrase.lowerBound..<end : phrase
  }

  /// "Son adversaire de 2021, Jeanne Durand,": the end of the person's name in apposition.
  private func nameEnd(behind phrase: Range<Int>, _ limit: Int) -> Int {
    var index = phrase.upperBound + 1
    if let name = describedName(at: index) { index = name }
    guard words.isComma(phrase.upperBound), index < limit, words.name(at: index) == .person else {
      return phrase.upperBound
    }
    while index < limit, words.name(at: index) == .person { index += 1 }
    return index
  }

  private static let alone = FoldedSet(words: ["seul", "seule", "seuls", "seules"])

  /// "Seul le maire a voté contre".
  private func isAlone(_ token: Int) -> Bool {
    Self.alone.contains(words.hashes[token]) && words.has(token + 1, .determiner)
  }

  /// "Faute de majorité,", "Grâce à l'aide de l'Union,", "Président du club depuis mai,": a noun without an article that opens a
  /// sentence, with a complement, is about somebody else.
  private func isBare(_ token: Int, _ first: Int) -> Bool {
    token == first && words.isWord(token) && words.name(at: token) == nil && words.readings[token].contains(.noun)
      && words.readings[token].isDisjoint(with: .finite) && !words.has(token, [.determiner, .title, .subject])
      && !nouns.isPlural(words.hashes[token]) && !words.ends(token, with: "s")
      && (words.has(token + 1, .of) || words.isSpelled(token + 1, Self.at))
  }

  private static let at = FoldedHash("à").value

  /// "Interrogé sur …,", "Se disant …,": a participle that begins a sentence, and names nobody.
  private func isParticiple(_ token: Int, _ first: Int) -> Bool {
    guard token <= first + 1, words.isWord(token), words.name(at: token) == nil else { return false }
    if words.has(token, .reflexive) { return words.isWord(token + 1) && words.ends(token + 1, with: "ant") }
    guard words.readings[token].contains(.participle), !words.has(token, .determiner) else { return false }
    // "Parti seul en tête,": a bare noun begins no sentence, unless others are added to it ("Employés et ouvriers").
    return words.readings[token].isDisjoint(with: .noun)
      || token == first && !words.has(token + 1, [.and, .of]) && !words.isFinite(token + 1)
  }
}
