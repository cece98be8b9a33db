import TelexModel

/// What names must hold and must not, where annotated dispatches are of two minds.
enum NameRules {
  private static let articles = hashes(["le", "la", "les", "du", "des", "au", "aux"])
  private static let plurals = hashes(["les", "des", "aux"])
  private static let determiners = hashes([
    "le", "la", "les", "un", "une", "sa", "son", "ses", "leur", "leurs", "ce", "cette", "ces",
  ])
  private static let links = hashes(["de", "du", "d'"])
  private static let streets = hashes(["rue", "avenue", "boulevard", "impasse", "quai", "allée"])

  private static func hashes(_ words: [String]) -> Set<UInt64> { Set(words.map { hash($0.utf8) }) }

  /// The names of a sentence without titles and articles, with treaties whole, and with armed groups in small letters.
  static func apply(to names: [NameSpan], _ words: [WordFeatures], _ evidence: [NameEvidence]) -> [NameSpan] {
    var result: [NameSpan] = []
    var free = 0
    for name in names.compactMap({ bare(beforeVerb(person(in: $0, words, evidence) ?? $0, words), words, evidence) }) {
      let whole =
        treaty(name, words, evidence, after: free) ?? event(name, words, evidence, after: free)
        ?? street(name, words, after: free) ?? name
      result += groups(in: free..<whole.range.lowerBound, words, evidence)
      result.append(whole)
      free = whole.range.upperBound
    }
    return result + groups(in: free..<words.count, words, evidence)
  }

  /// The name without a small article or a title before it; nil where nothing is left.
  private static func bare(_ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> NameSpan? {
    let end = name.range.upperBound
    var first = name.range.lowerBound
    while first < end {
      let word = words[first]
      let isTitle = name.kind == .person && evidence[first].own.isDisjoint(with: [.personWord, .demonym]) == false
      if word.isCapitalized {
        // "Monsieur Dupont", "le Vaudois Luca Berset", but not a name that is spelled like a title.
        guard isTitle, first + 1 < end, words[first + 1].isCapitalized else { break }
      } else {
        guard word.isElided || articles.contains(word.lower) || isTitle else { break }
      }
      first += 1
    }
    guard first < end, isInhabitant(first..<end, evidence) == false, isThing(first..<end, evidence) == false
    else { return nil }
    if name.kind == .organization, isCommon(first..<end, words, evidence) { return nil }
    var name = name
    name.range = first..<end
    return name
  }

  /// "Nordal | ferme sa raffinerie": in a body's name or a place's no small word that can be a verb stands before a determiner.
  private static func beforeVerb(_ name: NameSpan, _ words: [WordFeatures]) -> NameSpan {
    guard name.kind == .organization || name.kind == .location, name.range.count > 2,
      let verb = name.range.dropFirst().dropLast().first(where: {
        words[$0].isCapitalized == false && words[$0].tags & PartOfSpeech.verb.bit != 0
          && words[$0].tags & PartOfSpeech.adposition.bit == 0
          && words[$0 + 1].isCapitalized == false && determiners.contains(words[$0 + 1].lower)
      })
    else { return name }
    var name = name
    name.range = name.range.lowerBound..<verb
    return name
  }

  /// "le Vaudois": who comes from somewhere has no name by that.
  private static func isInhabitant(_ range: Range<Int>, _ evidence: [NameEvidence]) -> Bool {
    let others: Gazetteer.Kinds = [.country, .largeCity, .city, .region, .givenName, .surname, .organization]
    let own = evidence[range.lowerBound].own
    return range.count == 1 && own.contains(.demonym) && own.isDisjoint(with: others)
  }

  /// "la TVA": an acronym of what is no name.
  private static func isThing(_ range: Range<Int>, _ evidence: [NameEvidence]) -> Bool {
    let others: Gazetteer.Kinds = [.organization, .country, .largeCity, .city, .region, .givenName, .surname]
    let own = evidence[range.lowerBound].own
    return range.count == 1 && own.contains(.thing) && own.isDisjoint(with: others)
  }

  /// "armée syrienne", "gouvernement canadien": a common noun with a demonym says what a body is, not its name.
  private static func isCommon(
    _ range: Range<Int>, _ words: [WordFeatures], _ evidence: [NameEvidence]
  ) -> Bool {
    range.count == 2 && evidence[range.lowerBound].own.contains(.organizationWord)
      && evidence[range.lowerBound + 1].own.contains(.demonym)
      && range.allSatisfy { words[$0].isCapitalized == false }
  }

  /// The person at the end of "ministre de l'Economie Eric Lombard", where body and person were taken for one.
  private static func person(in name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> NameSpan? {
    let range = name.range
    guard name.kind == .organization, range.count >= 3,
      (max(0, range.lowerBound - 3)..<range.lowerBound).contains(where: { evidence[$0].own.contains(.personWord) }),
      let start = (range.lowerBound + 1..<range.upperBound - 1).first(where: {
        words[$0].isCapitalized && words[$0 + 1].isCapitalized && evidence[$0].own.contains(.givenName)
          && words[$0 - 1].isCapitalized && evidence[$0 + 1].own.contains(.organization) == false
      })
    else { return nil }
    let end = (start..<range.upperBound).first { words[$0].isWord == false } ?? range.upperBound
    return NameSpan(range: start..<end, kind: .person)
  }

  /// "traité de Rome", "accords de Minsk II": works by name, not places.
  private static func treaty(
    _ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence], after free: Int
  ) -> NameSpan? {
    let start = name.range.lowerBound - 2
    guard name.kind == .location, start >= free, evidence[start].own.contains(.treatyWord),
      links.contains(words[start + 1].lower),
      evidence[name.range.lowerBound].phrase.contains(.country) == false
    else { return nil }
    return NameSpan(range: start..<name.range.upperBound, kind: .product)
  }

  /// "le Tour de Romandie", "la Coupe du Brabant": with a capital that no sentence gave it, a word for events makes a place's name
  /// an event's.
  private static func event(
    _ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence], after free: Int
  ) -> NameSpan? {
    let start = name.range.lowerBound - 2
    guard name.kind == .location, start >= max(free, 1), words[start].isCapitalized,
      words[start].isAllCapitals == false, evidence[start].own.contains(.eventWord),
      evidence[start].own.isDisjoint(with: [.organizationWord, .locationWord]),
      links.contains(words[start + 1].lower)
    else { return nil }
    return NameSpan(range: start..<name.range.upperBound, kind: .event)
  }

  /// "rue Paul Lambert": a place that bears a person's name.
  private static func street(_ name: NameSpan, _ words: [WordFeatures], after free: Int) -> NameSpan? {
    let start = name.range.lowerBound - 1
    guard name.kind == .person, start >= free, streets.contains(words[start].lower) else { return nil }
    return NameSpan(range: start..<name.range.upperBound, kind: .location)
  }

  private static func groups(in range: Range<Int>, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> [NameSpan] {
    range.compactMap { index in
      guard index > 0, words[index].isCapitalized == false, evidence[index].own.contains(.group),
        plurals.contains(words[index - 1].lower)
      else { return nil }
      return NameSpan(range: index..<index + 1, kind: .organization)
    }
  }
}
