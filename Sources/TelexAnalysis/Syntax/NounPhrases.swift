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

  func startsCue(_ token: Int) -> Bool { token < cueStarts.count && cueStarts[token] }

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
        if index > start, !isInsideName(index), stops(at: index, from: start, limit, takesComplement) { break }
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
    end = beforeParticiple(start, end)
    // A phrase never ends with a word that asks for another.
    while end > start, words.has(end - 1, [.of, .article, .and]), words.tokens[end - 1].kind != .abbreviation {
      end -= 1
    }
    return end > start ? start..<end : nil
  }

  /// "un habitant | joint par téléphone", "un rapport | publié en juin": a participle with a complement of its own is no part
  /// of the name that a phrase gives.
  private func beforeParticiple(_ start: Int, _ end: Int) -> Int {
    let last = end - 1
    guard last > start + 1, words.tokens.indices.contains(end), words.readings[last].contains(.participle),
      !words.isCapitalized(last), nouns.kind(words.hashes[last]) == nil, !words.has(last, .complementHead),
      words.has(end, .preposition) || words.has(end, .day) || words.isAdverb(end), !words.has(end, .of),
      words.readings[last - 1].contains(.noun) || words.name(at: last - 1) != nil
    else { return end }
    return last
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

  /// Inside a name of several words nothing ends: "Groupe d'experts sur l'évolution du climat".
  private func isInsideName(_ token: Int) -> Bool {
    guard let kind = words.name(at: token), words.name(at: token - 1) == kind else { return false }
    return !words.isCapitalized(token)
  }

  /// "le capitaine Paul Lambert", "la Belge Anne Durand", "la climatologue belge Anne Durand": where a person's name begins
  /// behind an article and a word or two; nil where none does.
  func describedName(at article: Int) -> Int? {
    guard words.has(article, .article) else { return nil }
    for name in article + 2...article + 4 {
      if words.name(at: name) == .person { return name }
      let word = name - 1
      guard words.tokens.indices.contains(name), words.tokens[word].kind == .word,
        words.classes[word].isDisjoint(with: [.preposition, .determiner, .subject, .adverb, .of, .relative]),
        words.name(at: word) != .person, !words.isFinite(word)
      else { return nil }
    }
    return nil
  }

  private func stops(at index: Int, from start: Int, _ limit: Int, _ takesComplement: Bool) -> Bool {
    // "a témoigné en pleurs | Mme Durand": a title follows a function, or begins a phrase.
    if words.has(index, .title), !words.isCapitalized(index - 1), nouns.kind(words.hashes[index - 1]) == nil,
      words.readings[index - 1].contains(.noun)
    {
      return true
    }
    if words.isCapitalized(index) { return false }
    if words.tokens[index].kind == .clitic { return true }
    // "le département d'État | s'est borné".
    if words.has(index, .reflexive), !words.has(index, [.article, .determiner]) { return true }
    if words.has(index, .of) {
      return words.isInfinitive(index + 1) && words.readings[index + 1].isDisjoint(with: .noun)
    }
    // "un point de presse" denies nothing.
    if words.has(index, [.not, .never]), words.has(index - 1, [.article, .determiner]), !words.has(index, .subordinator)
    {
      return false
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
    if words.has(index, .day) { return !words.isLatter(index) }
    // An article stands inside a phrase only behind de, à or et.
    if words.has(index, .article) { return !words.has(index - 1, [.of, .preposition, .and, .determiner]) }
    if words.has(index, .subject), !words.has(index, .object) { return true }
    return words.has(index, .never) || (words.isAdverb(index) && !words.has(index, .determiner))
  }

  /// Behind "le ministre des Finances,": the end of the name that stands there.
  private func apposedName(behind comma: Int, _ start: Int, _ limit: Int) -> Int? {
    var index = comma + 1
    let isTitled = words.has(index, .title) && words.name(at: index + 1) == .person
    guard
      isTitled
        || (start..<comma).contains(where: { token in
          switch nouns.kind(words.hashes[token]) {
          case .function, .person: true
          default: false
          }
        })
    else { return nil }
    if words.has(index, .title) { index += 1 }
    if let name = describedName(at: index), name < limit { index = name }
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
}
