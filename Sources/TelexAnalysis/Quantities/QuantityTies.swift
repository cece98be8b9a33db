import TelexModel
import TelexText

/// Ties quantities to who has the thing counted and where it is, where the text says so beside the number: "la Suisse
/// compte 8 millions d'habitants", "10.000 hommes en Afghanistan". Runs behind the entities; where other words stand
/// between, nothing is said. Numbers within names are taken away.
package struct QuantityTies: Annotator {
  private let rules: QuantityRules
  /// Words between the noun counted and the preposition of its place: "400 postes supprimés en Suisse".
  private static let wordsBetween = 2

  package init(rules: QuantityRules) { self.rules = rules }

  package func annotate(_ document: inout Document) {
    let names = document.mentions.filter { $0.form == .name }.sorted { $0.span < $1.span }
    guard !names.isEmpty else { return }
    dropNumbersOfNames(&document, names)
    var first = 0
    for index in document.quantities.indices {
      let quantity = document.quantities[index]
      while first < names.count, names[first].span.end <= quantity.span.start { first += 1 }
      if first > 0 { document.quantities[index].holder = holder(of: quantity, names[first - 1], document) }
      if let name = names[first...].first(where: { $0.span.start >= quantity.span.end }) {
        document.quantities[index].place = place(of: quantity, name, document)
      }
    }
  }

  /// "les 24 Heures du Mans": a number within a name counts nothing. Where others are parts of it, it did.
  private func dropNumbersOfNames(_ document: inout Document, _ names: [Mention]) {
    let wholes = Set(document.quantities.compactMap(\.partOf))
    var next = 0
    document.quantities.removeAll { quantity in
      while next < names.count, names[next].span.end <= quantity.span.start { next += 1 }
      return next < names.count && names[next].span.start <= quantity.span.start
        && quantity.span.end < names[next].span.end && !wholes.contains(quantity.id)
    }
  }

  private func reference(_ mention: Mention) -> Reference? {
    mention.entity.map { Reference(.entity($0), span: mention.span) }
  }

  /// A name, a form of a verb of having, adverbs, the number.
  private func holder(of quantity: Quantity, _ name: Mention, _ document: Document) -> Reference? {
    let gap = Span(name.span.end, max(name.span.end, quantity.span.start))
    let tokens = document.tokens[document.tokens.indices(in: gap)]
    guard tokens.count <= 5, !tokens.isEmpty, name.span.end <= quantity.span.start else { return nil }
    var hasVerb = false
    for token in tokens {
      let classes = classes(of: token, document)
      if classes & rules.possess != 0, !hasVerb {
        hasVerb = true
      } else if classes & rules.adverb == 0 {
        return nil
      }
    }
    return hasVerb ? reference(name) : nil
  }

  /// The number with its noun, at most a word or two in small letters, a preposition of place, the name of a place.
  private func place(of quantity: Quantity, _ name: Mention, _ document: Document) -> Reference? {
    guard name.kind == .location, quantity.kind != "percent", quantity.kind != "age", quantity.kind != "money",
      quantity.kind != "fraction",
      quantity.object != nil
    else { return nil }
    let tokens = document.tokens[document.tokens.indices(in: Span(quantity.span.end, name.span.start))]
    guard tokens.count <= Self.wordsBetween + 3 else { return nil }
    var words = 0
    var prepositions = 0
    for token in tokens {
      guard token.kind == .word || token.kind == .elision, !token.isCapitalized else { return nil }
      let classes = classes(of: token, document)
      if classes & rules.locative != 0 {
        prepositions += 1
      } else {
        guard prepositions == 0, classes & (rules.function | rules.partitive) == 0, words < Self.wordsBetween else {
          return nil
        }
        words += 1
      }
    }
    guard prepositions > 0 else { return nil }
    return reference(name)
  }

  private func classes(of token: Token, _ document: Document) -> UInt64 {
    let entry = rules.reader.vocabulary.find(FoldedHash(document.text.utf8[token.range]).value)
    return entry >= 0 ? rules.reader.vocabulary.entries[Int(entry)].classes : 0
  }
}
