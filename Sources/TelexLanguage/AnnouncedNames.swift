import TelexModel
package import TelexText

/// Names whose kind the noun before them tells: "l'ouragan Irma" is no person, "le constructeur automobile Renault" no place.
///
/// A party or a team in brackets behind a person's name is one, too; and a place is part of the institution's name that stands
/// before it ("tribunal de commerce de Nantes").
///
/// Only nouns that stand before names of one kind: a "procès" can be named after anything.
package struct AnnouncedNames: Sendable {
  package let table: ResourceTable
  /// By hash of the noun in small letters.
  private let kinds: [UInt64: Entity.Kind]
  /// Nouns for those whose party stands in brackets behind their name.
  private let politicians: Set<UInt64>
  /// By the last word of an institution's designation: designations, as hashes of their words in small letters.
  private let institutions: [UInt64: [[UInt64]]]

  /// - Throws: `ResourceError` where `announced-names.tsv` is missing or has a kind that isn't one.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("announced-names.tsv", of: "TelexLanguage", in: directory)
    var kinds: [UInt64: Entity.Kind] = [:]
    var politicians: Set<UInt64> = []
    var institutions: [UInt64: [[UInt64]]] = [:]
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "not a kind and its words") }
      func hashes(_ words: Substring) -> [UInt64] {
        words.split(separator: " ").map { hash(folded(Array($0.utf8), .lower)) }
      }
      let words = hashes(row.fields[1][...])
      if row.fields[0] == "institution" {
        for designation in row.fields[1].split(separator: ",").map(hashes) {
          guard let last = designation.last else { continue }
          institutions[last, default: []].append(designation)
        }
      } else if row.fields[0] == "politician" {
        politicians.formUnion(words)
      } else if let kind = Entity.Kind(rawValue: row.fields[0]) {
        for word in words { kinds[word] = kind }
      } else {
        throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
    // The longest first: "tribunal de commerce" before "tribunal".
    self.institutions = institutions.mapValues { $0.sorted { $0.count > $1.count } }
    (self.kinds, self.politicians) = (kinds, politicians)
  }

  private static let links = Set(["de", "d'"].map { hash($0.utf8) })
  /// Words that may stand between the noun and the name.
  private static let reach = 4

  /// The kind that the noun before a name tells, with adjectives and complements without an article between them ("groupe
  /// d'armement", "société de gestion américaine"); nil for none.
  func kind(of name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> Entity.Kind? {
    guard words[name.range.lowerBound].isCapitalized else { return nil }
    var before = name.range.lowerBound - 1
    if let kind = apposed(name, words, evidence) { return kind }
    while before >= 0, name.range.lowerBound - before <= Self.reach + 1 {
      let word = words[before]
      if let kind = kinds[word.lower] {
        // "le groupe pétrolier Nordal": as an adjective it announces nothing, the noun before it does.
        let isAdjective = word.tags & PartOfSpeech.adjective.bit != 0 && before > 0
        if isAdjective, let other = kinds[words[before - 1].lower] { return other }
        // "son chef de groupe Urs Hefti": somebody's function, who is named behind it.
        let isFunction =
          before > 1 && Self.links.contains(words[before - 1].lower) && evidence[before - 2].own.contains(.personWord)
        return isFunction ? nil : kind
      }
      guard word.isWord, word.isCapitalized == false else { return nil }
      if before > 0, word.tags & PartOfSpeech.noun.bit != 0, Self.links.contains(words[before - 1].lower) {
        before -= 2
      } else if word.tags & PartOfSpeech.adjective.bit != 0 {
        before -= 1
      } else {
        return nil
      }
    }
    return nil
  }

  /// "La compagnie, Transvia, supprime": a name between commas behind the noun; but not "le patron du groupe, Noa Sorel,".
  private func apposed(_ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> Entity.Kind? {
    let (comma, end) = (name.range.lowerBound - 1, name.range.upperBound)
    guard comma > 1, words[comma].form == Self.comma, end < words.count, words[end].form == Self.comma,
      kinds[words[comma - 1].lower] == .organization, Self.determiners.contains(words[comma - 2].lower),
      comma < 3 || Self.joints.contains(words[comma - 3].lower) == false,
      evidence[name.range.lowerBound].own.isDisjoint(with: .givenName)
    else { return nil }
    return .organization
  }

  private static let determiners = Set(["la", "l'", "le", "cette", "ce", "une", "un"].map { hash($0.utf8) })

  /// The names of a sentence, each of the kind that it is announced as; those that nothing but the noun before them tells; and
  /// parties behind politicians.
  func apply(to names: [NameSpan], _ words: [WordFeatures], _ evidence: [NameEvidence]) -> [NameSpan] {
    var result: [NameSpan] = []
    var free = 0
    for var name in names where name.range.lowerBound >= free {
      if let start = institution(before: name, words, after: free) {
        name.range = start..<name.range.upperBound
        (name.kind, name.isAnnounced) = (.organization, true)
      }
      result += announced(in: free..<name.range.lowerBound, words, evidence)
      if let kind = kind(of: name, words, evidence) {
        (name.kind, name.isAnnounced) = (kind, true)
      } else if let before = result.last, isUnlistedBehind(before, name, words, evidence) {
        (name.kind, name.isAnnounced) = (.organization, true)
      }
      result.append(name)
      free = name.range.upperBound
      if let party = party(behind: name, words, evidence) {
        result.append(party)
        free = party.range.upperBound
      }
    }
    return result + announced(in: free..<words.count, words, evidence)
  }

  private static let joints = Set(["de", "d'", "du", "des"].map { hash($0.utf8) })
  private static let articles = Set(["la", "l'", "le", "les"].map { hash($0.utf8) })

  /// Where the designation of an institution begins that a place belongs to, a town that nobody knows too; nil for none.
  private func institution(before name: NameSpan, _ words: [WordFeatures], after free: Int) -> Int? {
    guard name.kind == .location || name.kind == .organization else { return nil }
    var last = name.range.lowerBound - 1
    if last > free, Self.articles.contains(words[last].lower) { last -= 1 }
    guard last > free, Self.joints.contains(words[last].lower), let designations = institutions[words[last - 1].lower]
    else { return nil }
    return designations.lazy.map { (last - $0.count, $0) }.first { start, designation in
      start >= free && zip(words[start...], designation).allSatisfy { $0.lower == $1 }
    }?.0
  }

  /// "la compagnie Transvia", "le tribunal de Marval": words with capitals behind a noun that announces a name, where no list has
  /// them as something else.
  private func announced(
    in range: Range<Int>, _ words: [WordFeatures], _ evidence: [NameEvidence]
  ) -> [NameSpan] {
    var result: [NameSpan] = []
    var index = max(range.lowerBound, 1)
    while index < range.upperBound {
      var end = index
      while end < range.upperBound, isUnlisted(words[end], evidence[end]) { end += 1 }
      if end > index {
        var name = NameSpan(range: index..<end, kind: .organization)
        if let start = institution(before: name, words, after: range.lowerBound) {
          (name.range, name.isAnnounced) = (start..<end, true)
          result.append(name)
        } else if let kind = kind(of: name, words, evidence) {
          (name.kind, name.isAnnounced) = (kind, true)
          result.append(name)
        }
      }
      index = max(end, index + 1)
    }
    return result
  }

  /// A word of two letters or more, as "groupe A" names nobody.
  private func isUnlisted(_ word: WordFeatures, _ evidence: NameEvidence) -> Bool {
    word.isWord && word.isCapitalized && word.length > 1 && word.hasDigit == false && word.isElided == false
      && evidence.own.isDisjoint(with: Self.others)
  }

  private static let comma = hash(",".utf8)
  private static let open = hash("(".utf8)
  private static let close = hash(")".utf8)
  private static let places: Gazetteer.Kinds = [.country, .largeCity, .city, .region]
  /// What lists know as something that is no body.
  private static let others = places.union(persons)
  private static let persons: Gazetteer.Kinds = [.demonym, .calendar, .givenName, .personWord]

  /// "Nino Keller (Alpine-Velotec)": what stands in brackets behind a person and is no known place is a team or a party.
  private func isUnlistedBehind(
    _ person: NameSpan, _ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]
  ) -> Bool {
    let range = name.range
    return person.kind == .person && (name.kind == .location || name.kind == .organization)
      && person.range.upperBound + 1 == range.lowerBound
      && words[range.lowerBound - 1].form == Self.open
      && range.upperBound < words.count && words[range.upperBound].form == Self.close
      && evidence[range.lowerBound].phrase.isDisjoint(with: Self.places)
      && evidence[range.lowerBound].own.isDisjoint(with: Self.places)
  }

  /// "la députée Fatoumata Diallo (Ligue verte)": words in brackets behind a politician's name, the first with a capital, no
  /// place all of them, and none a person's or a number.
  private func party(
    behind name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]
  ) -> NameSpan? {
    let start = name.range.upperBound + 1
    guard name.kind == .person, start < words.count, words[start - 1].form == Self.open, words[start].isCapitalized,
      words[max(0, name.range.lowerBound - Self.reach * 2)..<name.range.lowerBound].contains(where: {
        politicians.contains($0.lower)
      }),
      let end = (start..<min(start + 6, words.count)).first(where: { words[$0].form == Self.close })
    else { return nil }
    let isPlain = (start..<end).allSatisfy {
      words[$0].isWord && words[$0].hasDigit == false && evidence[$0].own.isDisjoint(with: Self.persons)
    }
    let isPlace = (start..<end).allSatisfy { evidence[$0].phrase.isDisjoint(with: Self.places) == false }
    guard isPlain, isPlace == false else { return nil }
    var party = NameSpan(range: start..<end, kind: .organization)
    party.isAnnounced = true
    return party
  }
}
