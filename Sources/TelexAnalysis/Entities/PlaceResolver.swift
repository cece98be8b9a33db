import TelexLanguage
import TelexModel
import TelexText

/// Finds which town of the world a name means: by population, by the dispatch's own geography, and by what the text
/// says beside it ("Vienne (Isère)", "Tripoli, Liban"). Where two readings remain, both are given and none is chosen.
struct PlaceResolver {
  let words: Words
  let places: Places
  let known: KnownNames
  let kinds: PlaceKinds

  /// How many units of the decimal logarithm of population the first reading must be ahead.
  private static let margin = 0.7
  /// What full support by the dispatch's geography is worth in the same units.
  private static let support = 2.5
  /// What being a country's capital is worth where the dispatch hints at none of the countries: French wires say which
  /// San José they mean, unless it is that of Costa Rica.
  private static let capital = 1.0
  /// A town of a country that the text never hints at must have so many people.
  private static let unsupported = 100_000

  private struct Scored {
    var place: Places.Place
    var score: Double
  }

  func resolve(_ document: inout Document, _ geography: Geography) {
    var geography = geography
    let mentions = document.mentions.sorted { $0.span < $1.span }
    var spans: [String: [Span]] = [:]
    for mention in mentions where mention.kind == .location && mention.form == .name {
      if let id = mention.entity { spans[id, default: []].append(mention.span) }
    }
    var countries: [String: String] = [:]
    for entity in document.entities where entity.country != nil { countries[entity.id] = entity.country }
    let open = document.entities.indices.filter {
      document.entities[$0].kind == .location && document.entities[$0].geo == nil
        && document.entities[$0].subtype == nil
    }
    var candidates: [Int: [Places.Place]] = [:]
    for index in open {
      let entity = document.entities[index]
      let key = KnownNames.key(Array(entity.name.utf8))
      let found = places.places(named: key)
      if found.isEmpty, entity.country == nil, let capital = known.capital(key) {
        (document.entities[index].name, document.entities[index].country) = capital
        document.entities[index].identifiers["iso3166"] = capital.country
        document.entities[index].subtype = "capital"
      } else if found.isEmpty {
        document.entities[index].subtype = kinds.subtype(of: entity.name)
      } else {
        candidates[index] = found.filter { place in entity.country.map { $0 == place.country } ?? true }
      }
    }
    // Towns that leave no doubt tell where the others are.
    var left: [Int] = []
    for index in open.sorted() {
      guard let found = candidates[index] else { continue }
      let hint = hint(spans[document.entities[index].id] ?? [], mentions, countries)
      let ranked = ranked(found, document.entities[index].name, geography, hint)
      if let first = ranked.first, isClear(ranked), first.place.population >= Self.unsupported || hint != nil {
        geography.add(first.place.country, 0.5)
      }
      left.append(index)
    }
    for index in left {
      let hint = hint(spans[document.entities[index].id] ?? [], mentions, countries)
      let ranked = ranked(candidates[index] ?? [], document.entities[index].name, geography, hint)
      settle(index, ranked, geography, hint, &document, spans)
    }
    merge(&document)
  }

  private func ranked(
    _ found: [Places.Place], _ name: String, _ geography: Geography, _ hint: String?
  ) -> [Scored] {
    let key = KnownNames.key(Array(name.utf8))
    // Other languages' names count where no place has the name itself.
    let own = found.filter { !$0.isOtherName }
    let named = own.isEmpty ? found : own
    // The dispatch's own geography tells more than which of them is a capital.
    let isHinted = hint != nil || named.contains { geography.supports($0.country) }
    return named.map { place in
      var score = log10(place.population) + Self.support * geography.share(place.country)
      if !isHinted, known.capital(key, of: place.country) != nil { score += Self.capital }
      if place.country == hint { score += 10 }
      return Scored(place: place, score: score)
    }
    .sorted { ($1.score, $0.place.index) < ($0.score, $1.place.index) }
  }

  private func isClear(_ ranked: [Scored]) -> Bool {
    guard let first = ranked.first else { return false }
    return ranked.count == 1 || first.score - ranked[1].score >= Self.margin
  }

  private func settle(
    _ index: Int, _ ranked: [Scored], _ geography: Geography, _ hint: String?, _ document: inout Document,
    _ spans: [String: [Span]]
  ) {
    guard let first = ranked.first else { return }
    let place = first.place
    let isLikely =
      place.population >= Self.unsupported || geography.supports(place.country) || place.country == hint
    let entity = document.entities[index]
    if isClear(ranked), isLikely {
      document.entities[index].country = place.country
      document.entities[index].identifiers["geonames"] = places.identifier(of: place)
      document.entities[index].identifiers["iso3166"] = place.country
      document.entities[index].geo = places.coordinates(of: place)
      let key = KnownNames.key(Array(entity.name.utf8))
      let title = KnownNames.key(Array(places.title(of: place).utf8))
      let capital = known.capital(key, of: place.country)
      // "LIEGE, 5 mars": a dateline writes without accents and small letters.
      if let capital {
        document.entities[index].name = capital
      } else if key == title {
        document.entities[index].name = places.title(of: place)
      }
      let isCapital = capital != nil || known.capital(title, of: place.country) != nil
      document.entities[index].subtype = isCapital ? "capital" : "city"
      return
    }
    let remaining = ranked.prefix(5).filter { first.score - $0.score < Self.margin }
    let candidates = remaining.map { scored in
      "geonames:\(places.identifier(of: scored.place)) \(places.title(of: scored.place)), \(scored.place.country)"
    }
    document.entities[index].candidates = candidates
    let within = ranked.filter { first.score - $0.score < Self.margin }
    if isLikely, within.allSatisfy({ $0.place.country == place.country }) {
      document.entities[index].country = place.country
    }
    document.entities[index].subtype = "city"
    document.diagnostics.append(
      Diagnostic(
        "ambiguous-place", .info,
        "\(entity.name) may be \(candidates.joined(separator: "; ")); the text does not say which.",
        at: spans[entity.id]?.first))
  }

  /// The country that stands beside the name: in brackets, behind a comma, behind "en", "au", "aux".
  private func hint(_ spans: [Span], _ mentions: [Mention], _ countries: [String: String]) -> String? {
    for span in spans.prefix(8) {
      var token = words.tokens.indices(in: span).upperBound
      guard words.tokens.indices.contains(token) else { continue }
      let isMark = words.tokens[token].kind == .openBracket || words.isComma(token)
      guard isMark || words.has(token, .preposition) else { continue }
      token += 1
      if !isMark || words.has(token, .preposition) {
        while words.has(token, [.preposition, .article]) { token += 1 }
      } else {
        while words.has(token, .article) { token += 1 }
      }
      guard words.tokens.indices.contains(token), token - words.tokens.indices(in: span).upperBound < 4 else {
        continue
      }
      let next = mentions.beginning(in: words.tokens[token].span).first { $0.form == .name }
      if let id = next?.entity, let country = countries[id] {
        // "Paris, la France …": only what is bracketed or closed by a comma belongs to the town.
        let behind = words.tokens.indices(in: next?.span ?? span).upperBound
        let isClosed =
          !isMark || words.isComma(behind)
          || (words.tokens.indices.contains(behind) && words.tokens[behind].kind == .closeBracket)
        if isClosed { return country }
      }
    }
    return nil
  }

  /// Two names of one town are one entity.
  private func merge(_ document: inout Document) {
    var first: [String: String] = [:]
    var owner: [String: String] = [:]
    for entity in document.entities {
      guard entity.kind == .location, let id = entity.identifiers["geonames"] else { continue }
      if let earlier = first[id] { owner[entity.id] = earlier } else { first[id] = entity.id }
    }
    guard !owner.isEmpty else { return }
    document.entities.removeAll { owner[$0.id] != nil }
    for index in document.mentions.indices {
      if let id = document.mentions[index].entity, let other = owner[id] { document.mentions[index].entity = other }
    }
  }

  /// Of a count of people, without a library: whole digits, and the share of the next one.
  private func log10(_ count: Int) -> Double {
    var rest = Double(max(1, count))
    var result = 0.0
    while rest >= 10 {
      rest /= 10
      result += 1
    }
    return result + (rest - 1) / 9
  }
}
