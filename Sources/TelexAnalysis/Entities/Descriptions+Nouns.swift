import TelexModel
import TelexText

/// Nouns that a name explains.
extension Descriptions {
  /// "l'opérateur Sprint … L'opérateur": a noun with a body's or product's name, and the noun alone behind it.
  mutating func nameNouns() {
    var named: [UInt64: Set<String>] = [:]
    var firsts: [UInt64: Int] = [:]
    for mention in mentions where mention.kind == .organization || mention.kind == .product {
      guard let entity = mention.entity else { continue }
      var index = words.tokens.indices(in: mention.span).lowerBound - 1
      if words.isQuoteMark(index) { index -= 1 }
      var steps = 0
      while index > 0, steps < 6, words.isWord(index), !words.has(index, .article),
        !words.has(index, [.preposition, .relative]) || words.has(index, .of)
      {
        index -= 1
        steps += 1
      }
      guard steps > 0, words.has(index, .article), words.isWord(index + 1), !words.isCapitalized(index + 1),
        !words.has(index + 1, .of),
        words.readings[index + 1].contains(.noun),
        !words.has(words.tokens.indices(in: mention.span).lowerBound - 1, .of)
      else { continue }
      named[words.hashes[index + 1], default: []].insert(entity)
      firsts[words.hashes[index + 1]] = min(firsts[words.hashes[index + 1]] ?? .max, index + 1)
    }
    guard !named.isEmpty else { return }
    for token in words.tokens.indices {
      guard let entities = named[words.hashes[token]], entities.count == 1, let entity = entities.first,
        let first = firsts[words.hashes[token]],
        token > first, token > 0,
        isDefinite(token - 1) || words.has(token - 1, .of) && reader.spelled(token - 1, ["du"]),
        let sentence = words.sentence(of: token),
        let phrase = reader.phrases.forward(from: token, limit: words.sentences[sentence].upperBound),
        phrase.count == 1, let span = words.span(phrase), !words.isQuoteMark(token + 1)
      else { continue }
      found.append(
        Mention(
          span: span, kind: entityKinds[entity] ?? .organization, form: .nominal, entity: entity, confidence: 0.8,
          rule: "description/noun"))
    }
  }
}
