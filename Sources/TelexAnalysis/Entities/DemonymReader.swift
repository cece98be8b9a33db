import TelexModel
import TelexText

/// Leads demonyms to their places: "le président américain", "les Belges", "un quotidien vaudois".
struct DemonymReader {
  let words: Words
  let known: KnownNames
  let geography: Geography

  func read(into document: inout Document) {
    var ids = Dictionary(
      document.entities.filter { $0.kind == .location }.map { (key($0.name, $0.country), $0.id) },
      uniquingKeysWith: { first, _ in first })
    let names = document.mentions.filter { $0.form == .name }.sorted { $0.span < $1.span }
    var next = 0
    var found: [Mention] = []
    for span in document.namingSpans {
      for token in words.tokens.indices(in: span) where words.tokens[token].kind == .word {
        guard known.isDemonym(words.hashes[token]) else { continue }
        let places = known.places(ofDemonym: words.hashes[token])
        let span = words.tokens[token].span
        while next < names.count, names[next].span.end <= span.start { next += 1 }
        guard next == names.count || !names[next].span.overlaps(span), !isLanguage(token) else { continue }
        var mention = Mention(
          span: span, kind: .location, form: .demonym, entity: nil, confidence: 0.97, rule: "demonym/table")
        if let place = chosen(places) {
          let key = key(place.name, place.country)
          let cityKey = self.key(place.name, nil)
          if let id = ids[key] ?? (place.subtype == nil ? ids[cityKey] : nil) {
            mention.entity = id
          } else {
            let entity = Self.entity(of: place, id: "demonym\(document.entities.count)")
            document.entities.append(entity)
            ids[key] = entity.id
            mention.entity = entity.id
          }
        } else {
          mention.confidence = 0.9
          document.diagnostics.append(
            Diagnostic(
              "ambiguous-demonym", .info,
              "May mean \(places.map(\.name).joined(separator: ", ")); the text does not say which.", at: span))
        }
        found.append(mention)
      }
    }
    document.mentions += found
    document.mentions.sort { $0.span < $1.span }
  }

  private func key(_ name: String, _ country: String?) -> String { "\(name)|\(country ?? "")" }

  static func entity(of place: KnownNames.Known, id: String) -> Entity {
    var entity = Entity(id: id, kind: .location, name: place.name, confidence: 0.97)
    entity.subtype = place.subtype
    entity.country = place.country
    entity.identifiers = place.identifiers
    entity.geo = place.geo
    return entity
  }

  /// The place of one reading, or the one of several that the text names itself.
  private func chosen(_ places: [KnownNames.Known]) -> KnownNames.Known? {
    guard places.count > 1 else { return places.first }
    let named = places.filter { $0.country.map(geography.names) ?? false }
    return named.count == 1 ? named.first : nil
  }

  /// "en français", "le français": the language, unless a noun or name follows.
  private func isLanguage(_ token: Int) -> Bool {
    guard !words.isCapitalized(token), token > 0 else { return false }
    let before = words.text[words.tokens[token - 1].span]
    let spellings: [StaticString] = ["en", "le", "l'", "du", "au"]
    guard words.has(token - 1, [.article, .preposition]),
      spellings.contains(where: { spelling in
        before.count == spelling.utf8CodeUnitCount && zip(before, 0...).allSatisfy { $0 == spelling.utf8Start[$1] }
      })
    else { return false }
    return !words.isCapitalized(token + 1) && !(words.isWord(token + 1) && words.readings[token + 1].contains(.noun))
  }
}
