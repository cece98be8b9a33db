package import TelexText

/// Populated places of the world with country, coordinates and population, by the names that French dispatches use.
///
/// Made by `telex-train places` from GeoNames: towns of 15,000 people or more everywhere, of 1,000 or more in Belgium,
/// France, Luxembourg and Switzerland. Keys are spelled bare (small letters, no accents) with spaces for hyphens.
package struct Places: Sendable {
  package struct Place: Sendable, Equatable {
    /// Number in the table: one place has one.
    package var index: Int
    /// ISO 3166-1 alpha-2.
    package var country: String
    package var population: Int
    /// Whether it was found by a name it has in another language, or had.
    package var isOtherName: Bool
  }

  private let names: WordAutomaton
  /// By name: first of its places, the most populous one first; one more at the end.
  private let starts: Column<UInt32>
  /// Numbers of places; the highest bit marks another name than the place's own.
  private let targets: Column<UInt32>
  /// By place, in units of 0.00001 degree.
  private let latitudes: Column<Int32>
  private let longitudes: Column<Int32>
  private let populations: Column<UInt32>
  private let identifiers: Column<UInt32>
  /// Two letters, the first one in the low byte.
  private let countries: Column<UInt16>
  private let titleStarts: Column<UInt32>
  private let titles: Column<UInt8>

  /// - Throws: `ResourceError` where `places.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("places.bin", in: directory)
    names = try WordAutomaton(from: file)
    starts = try file.section("starts")
    targets = try file.section("targets")
    latitudes = try file.section("latitudes")
    longitudes = try file.section("longitudes")
    populations = try file.section("populations")
    identifiers = try file.section("identifiers")
    countries = try file.section("countries")
    titleStarts = try file.section("title-starts")
    titles = try file.section("titles")
  }

  /// The places of a name, the most populous one first.
  package func places(named name: some Sequence<UInt8>) -> [Place] { places(named: Array(name)) }

  /// The places of a name, the most populous one first.
  package func places(named name: [UInt8]) -> [Place] {
    guard let index = Self.key(name).withUnsafeBufferPointer({ names.index(of: $0) }) else { return [] }
    return (Int(starts[index])..<Int(starts[index + 1])).map { target in
      let place = Int(targets[target] & 0x7FFF_FFFF)
      let letters = countries[place]
      let country = [UInt8(truncatingIfNeeded: letters), UInt8(truncatingIfNeeded: letters &>> 8)]
      return Place(
        index: place, country: String(decoding: country, as: UTF8.self), population: Int(populations[place]),
        isOtherName: targets[target] & 0x8000_0000 != 0)
    }
  }

  /// Degrees, WGS 84.
  package func coordinates(of place: Place) -> (latitude: Double, longitude: Double) {
    (Double(latitudes[place.index]) / 100_000, Double(longitudes[place.index]) / 100_000)
  }

  /// Its number in GeoNames.
  package func identifier(of place: Place) -> String { "\(identifiers[place.index])" }

  /// Its French name where GeoNames has one, else its own.
  package func title(of place: Place) -> String {
    let range = Int(titleStarts[place.index])..<Int(titleStarts[place.index + 1])
    return String(decoding: range.map { titles[$0] }, as: UTF8.self)
  }

  /// How a bare name stands in the table.
  package static func key(_ bareName: some Sequence<UInt8>) -> [UInt8] { bareName.map { $0 == 0x2D ? 0x20 : $0 } }
}
