import TelexLanguage
import TelexModel
import TelexText

/// Which countries a dispatch is about, by what it says itself: countries named, demonyms, cities that only one country
/// has, and the variety of French it is written in.
struct Geography {
  private var named: [String: Double] = [:]
  private var all: [String: Double] = [:]
  /// The strongest country's weight.
  private var most = 0.0

  /// How many times more people the dateline's town has than the next of its name in another country.
  private static let clear = 5

  init(_ document: Document, words: Words, known: KnownNames, map: Places) {
    for mention in document.mentions where mention.kind == .location || mention.kind == .organization {
      guard let country = known.country(KnownNames.key(words.text[mention.span])) else { continue }
      named[country, default: 0] += 1
      add(country, 1)
    }
    for hash in words.hashes where known.isDemonym(hash) {
      let places = known.places(ofDemonym: hash)
      if places.count == 1, let country = places.first?.country { add(country, 0.7) }
    }
    switch document.item.languageVariant {
    case "fr-BE": add("BE", 1)
    case "fr-CH": add("CH", 1)
    case "fr-CA": add("CA", 1)
    default: break
    }
    if let place = document.item.located {
      let key = KnownNames.key(Array(place.utf8))
      if let country = known.country(key) ?? Self.country(of: map.places(named: key)) { add(country, 1) }
    }
  }

  /// The country of a town, where no other of its name comes near it.
  private static func country(of towns: [Places.Place]) -> String? {
    guard let first = towns.max(by: { $0.population < $1.population }) else { return nil }
    let others = towns.filter { $0.country != first.country }.map(\.population)
    return others.max().map { first.population >= clear * $0 } ?? true ? first.country : nil
  }

  mutating func add(_ country: String, _ weight: Double) {
    all[country, default: 0] += weight
    most = max(most, all[country] ?? 0)
  }

  /// Whether the text names the country itself.
  func names(_ country: String) -> Bool { named[country] != nil }

  func supports(_ country: String) -> Bool { all[country] != nil }

  /// Its weight against the strongest country's, from 0 to 1.
  func share(_ country: String) -> Double {
    guard let weight = all[country], most > 0 else { return 0 }
    return weight / most
  }
}
