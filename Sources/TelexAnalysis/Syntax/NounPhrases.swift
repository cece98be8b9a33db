import TelexModel
import TelexText

/// Reads noun phrases by their small words, where no syntax is at hand: forwards from where one can begin, and backwards
/// from a verb to its subject.
struct NounPhrases {
  let words: Words
  let nouns: SpeakerNouns
  /// By token: the group of a finite cue or of a participle like "précisant" begins here; empty where cues are not read.
  private let cueStarts: [Bool]

  init(words: Words, nouns: SpeakerNouns, cueStarts: [Bool] = []) {
    self.words = words
    self.nouns = nouns
    self.cueStarts = cueStarts
  }

  private func startsCue(_ token: Int) -> Bool { token < cueStarts.count && cueStarts[token] }

  /// Tokens that a noun phrase may have.
  private static let longest = 48

  /// The noun phrase that begins at a token, at most up to `limit`.
  ///
  /// - Parameter isHeadless: whether a noun without an article may begin it: behind "au", "en".
  func forward(from start: Int, limit: Int, isHeadless: Bool = false) -> Range<Int>? {
    guard start < limit, begins(at: start) || (isHeadless && words.readings[start].contains(.noun)) else { return nil }
    var index = start
    var end = start
    var takesComplement = false
    let limit = min(limit, start + Self.longest)
    while index < limit {
      if words.isWord(index) {
        if index > start, stops(at: index, from: start, limit, takesComplement) { break }
        if words.has(index, .complementHead) { takesComplement = true }
        end = index + 1
      } else if words.isQuoteMark(index), let close = words.partner(of: index), close > index, close - index <= 5,
        close < limit,
        index == start || nouns.kind(words.hashes[index - 1]) != nil || words.has(index - 1, [.article, .naming])
          || (words.isCapitalized(index - 1) && words.isCapitalized(index + 1))
      {
        end = close + 1
        index = close
      } else if words.isComma(index), let apposed = apposedName(behind: index, start, limit) {
        return start..<apposed
      } else if words.tokens[index].kind == .openBracket, let close = words.partner(of: index), close > index,
        close - index <= 4,
        close < limit, words.isCapitalized(index + 1)
      {
        end = close + 1
        index = close
      } else {
        break
      }
      index += 1
    }
    // A phrase never ends with a word that asks for another.
    while end > start, words.has(end - 1, [.of, .article, .and]), words.tokens[end - 1].kind != .abbreviation {
      end -= 1
    }
    return end > start ? start..<end : nil
  }

  func begins(at token: Int) -> Bool {
    guard words.tokens.indices.contains(token) else { return false }
    if words.isQuoteMark(token) { return words.isOpening(token) }
    guard words.isWord(token) else { return false }
    if words.has(token, [.determiner, .title]) { return true }
    if words.has(token, .subject) { return words.tokens[token].span.count > 5 }
    if words.isCapitalized(token) {
      return words.classes[token].isDisjoint(with: [.preposition, .adverb, .subordinator, .but, .and])
    }
    return words.tokens[token].kind == .number || nouns.kind(words.hashes[token]) != nil
  }

  private func stops(at index: Int, from start: Int, _ limit: Int, _ takesComplement: Bool) -> Bool {
    if words.isCapitalized(index) { return false }
    if words.tokens[index].kind == .clitic { return true }
    if words.has(index, .of) {
      return words.isInfinitive(index + 1) && words.readings[index + 1].isDisjoint(with: .noun)
    }
    if words.has(index, [.relative, .subordinator, .but, .not]) { return true }
    if words.has(index, .adjunct) {
      let leads = words.has(index, .preposition) && words.tokens[index].span.count <= 3
      return
        !(leads && takesComplement
        && (words.ends(index, with: "u") || words.ends(index, with: "x") || words.has(index + 1, .article)))
    }
    if words.has(index, .preposition) { return true }
    if words.has(index, .and) {
      return !(begins(at: index + 1) || words.has(index + 1, .of)) || startsCue(index + 1)
    }
    if words.has(index, [.have, .be, .finite]) || startsCue(index) || words.isFinite(index) { return true }
    if words.has(index, .day) { return true }
    // An article stands inside a phrase only behind de, à or et.
    if words.has(index, .article) { return !words.has(index - 1, [.of, .preposition, .and, .determiner]) }
    if words.has(index, .subject), !words.has(index, .object) { return true }
    return words.has(index, .never) || (words.isAdverb(index) && !words.has(index, .determiner))
  }

  /// Behind "le ministre des Finances,": the end of the name that stands there.
  private func apposedName(behind comma: Int, _ start: Int, _ limit: Int) -> Int? {
    guard
      (start..<comma).contains(where: { token in
        switch nouns.kind(words.hashes[token]) {
        case .function, .person: true
        default: false
        }
      })
    else { return nil }
    var index = comma + 1
    if words.has(index, .title) { index += 1 }
    guard index < limit, words.isCapitalized(index), words.tokens[index].kind != .elision,
      words.classes[index].isDisjoint(with: [.preposition, .determiner, .subject, .adverb])
    else { return nil }
    while index < limit, words.isWord(index),
      words.isCapitalized(index) || (words.has(index, .of) && words.isCapitalized(index + 1))
    {
      index += 1
    }
    // "D'après le ministre, Jeanne Durand part": the name begins the clause.
    if words.isFinite(index) || words.has(index, [.not, .reflexive]) { return nil }
    return index
  }

  /// Behind a verb: what can stand before its inverted subject ("a souligné mardi devant la presse Mme Durand").
  func skippingAdjuncts(from start: Int, limit: Int) -> Int {
    var index = start
    var steps = 0
    while index < limit, steps < 8 {
      steps += 1
      if let behind = date(at: index, limit) {
        index = behind
      } else if words.isAdverb(index) || words.has(index, .day) {
        index += 1
      } else if words.has(index, .adjunct) || manner(at: index),
        !(words.has(index, .hearsay) && words.ends(index, with: "elon"))
      {
        var next = index + 1
        if words.has(next, .of) { next += 1 }
        guard let phrase = forward(from: next, limit: limit, isHeadless: true) else {
          // "sur franceinfo": a name that no list holds.
          guard next < limit, words.tokens[next].kind == .word, words.readings[next].isEmpty else { break }
          index = next + 1
          continue
        }
        index = end(ofAdjunct: phrase)
      } else if words.isComma(index), steps > 1, index + 1 < limit {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  /// "au micro de la radio | Claire Vasseur": a person's name behind a thing's belongs to the verb.
  private func end(ofAdjunct phrase: Range<Int>) -> Int {
    guard let name = phrase.dropFirst().first(where: { words.name(at: $0) == .person }),
      words.name(at: phrase.lowerBound) == nil, !words.has(name - 1, [.of, .title, .and, .preposition]),
      !(phrase.lowerBound..<name).contains(where: { token in
        switch nouns.kind(words.hashes[token]) {
        case .function, .person: true
        default: false
        }
      })
    else { return phrase.upperBound }
    return name
  }

  /// "d'une voix ferme", "de son côté": how somebody speaks, not of what.
  private func manner(at token: Int) -> Bool {
    guard words.has(token, .of), words.tokens[token].span.count == 2, token + 2 < words.tokens.count else {
      return false
    }
    return words.has(token + 2, .aside) || (words.tokens[token].kind == .elision && words.has(token + 1, .article))
  }

  /// The end of a date that begins here: "le 12 mars", "ce mardi", "la semaine dernière", "mardi 3 mai 2016".
  func date(at start: Int, _ limit: Int) -> Int? {
    var index = start
    if words.has(index, .article) { index += 1 }
    var hasDay = false
    while index < limit, words.has(index, .day) && !words.has(index, .article) || isNumber(index) {
      if words.has(index, .day) { hasDay = true }
      index += 1
    }
    return hasDay ? index : nil
  }

  private func isNumber(_ token: Int) -> Bool {
    words.tokens[token].kind == .number || words.tokens[token].kind == .ordinal
  }

  // MARK: Subjects before their verb

  /// The subject before a verb whose group begins at `verb`.
  func subject(before verb: Int) -> SpeakerWords? { subject(before: verb, depth: 0) }

  private func subject(before verb: Int, depth: Int) -> SpeakerWords? {
    guard let sentence = words.sentence(of: verb) else { return nil }
    let low = words.sentences[sentence].lowerBound
    var index = verb - 1
    while index >= low, words.isAdverb(index), !words.has(index, .subject) { index -= 1 }
    // "… a présenté un plan et espère": the subject is that of the verb before.
    if index > low, words.has(index, [.and, .but]), !words.has(index, .subject) {
      guard depth < 3, let first = (low..<index).last(where: { words.isFinite($0) && !isSubordinate($0, low) }) else {
        return nil
      }
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
      return SpeakerWords(range: phrase, via: .relative)
    }
    guard let phrase = ending(at: index, low) else { return nil }
    if let apposition { return SpeakerWords(range: phrase.lowerBound..<apposition.upperBound, via: .subject) }
    return SpeakerWords(range: phrase, via: .subject)
  }

  /// Whether a verb belongs to a clause that "qui", "dont", "que" or a conjunction opens right before its subject.
  private func isSubordinate(_ verb: Int, _ low: Int) -> Bool {
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

  /// "Georges Gilkinet", "Georges Gilkinet (Ecolo)".
  func isName(_ range: Range<Int>) -> Bool {
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
        guard let phrase = forward(from: next, limit: last + 1) else { return nil }
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
      {
        guard let comma = (index..<sentence.upperBound).first(where: { words.isComma($0) }) else { return nil }
        isIntroduced = true
        index = comma + 1
      } else if words.isOpening(index), let close = words.partner(of: index) {
        index = close + 1
      } else if !words.isWord(index) || words.has(index, [.but, .and]) {
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
}

extension NounPhrases {
  /// "Son adversaire de 2021, Jeanne Durand,": the end of the person's name in apposition.
  private func nameEnd(behind phrase: Range<Int>, _ limit: Int) -> Int {
    var index = phrase.upperBound + 1
    guard words.isComma(phrase.upperBound), index < limit, words.name(at: index) == .person else {
      return phrase.upperBound
    }
    while index < limit, words.name(at: index) == .person { index += 1 }
    return index
  }

  /// "Interrogé sur …,", "Se disant …,": a participle that begins a sentence, and names nobody.
  private func isParticiple(_ token: Int, _ first: Int) -> Bool {
    guard token <= first + 1, words.isWord(token), words.name(at: token) == nil else { return false }
    if words.has(token, .reflexive) { return words.isWord(token + 1) && words.ends(token + 1, with: "ant") }
    return words.readings[token].contains(.participle) && words.readings[token].isDisjoint(with: .noun)
      && !words.has(token, .determiner)
  }
}

/// The words that the text uses for a speaker, and how they were found.
struct SpeakerWords {
  enum Via: String { case subject, inverted, pronoun, relative, hearsay, colon, continued, carried, heading }

  var range: Range<Int>
  var via: Via
}
