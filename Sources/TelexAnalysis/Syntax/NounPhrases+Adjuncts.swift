import TelexModel
import TelexText

/// What stands between a verb and its inverted subject or complement: adverbs, dates, places, asides.
extension NounPhrases {
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
        index = behindAge(end(ofAdjunct: phrase), limit)
      } else if words.isComma(index), steps > 1, index + 1 < limit {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  private static let ans = FoldedHash("ans").value

  /// "a lancé au prévenu, 71 ans, | la procureure".
  private func behindAge(_ index: Int, _ limit: Int) -> Int {
    guard index + 3 < limit, words.isComma(index), words.tokens[index + 1].kind == .number,
      words.isSpelled(index + 2, Self.ans), words.isComma(index + 3)
    else { return index }
    return index + 4
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

  /// The end of "en outre", "par ailleurs", "pour sa part", "de son côté" that begins at a token.
  func aside(at token: Int) -> Int? {
    guard words.has(token, .preposition) else { return nil }
    var index = token + 1
    if words.has(index, .possessive) { index += 1 }
    guard words.has(index, .aside), !words.has(index, [.article, .of, .object]),
      !words.has(index, .preposition) || words.ends(index, with: "utre")
    else { return nil }
    return index + 1
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
    if words.isLatter(index) { return nil }
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
}
