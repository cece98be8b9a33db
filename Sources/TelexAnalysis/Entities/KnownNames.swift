import TelexLanguage
package import TelexModel
package import TelexText

/// Countries, regions and well-known bodies by all the names that the press uses, and the demonyms that lead to places
/// (`countries.tsv`, `regions.tsv`, `city-demonyms.tsv`, `known-names.tsv`).
package struct KnownNames: Sendable {
  package struct Known: Sendable {
    package var kind: Entity.Kind
    package var subtype: String?
    package var name: String
    package var acronym: String?
    /// ISO 3166-1 alpha-2: of a country its own, of a region or body the one it belongs to.
    package var country: String?
    package var isCountry = false
    /// "le Kremlin": a place or house that speaks for a government.
    package var isSeat = false
    package var identifiers: [String: String] = [:]
    /// Degrees, WGS 84.
    package var geo: (latitude: Double, longitude: Double)?
  }

  private var all: [Known] = []
  private var byName: [[UInt8]: [Int]] = [:]
  /// Names that are acronyms: short, and something else elsewhere.
  private var acronyms: Set<[UInt8]> = []
  /// By folded hash of a demonym: its countries, regions or cities.
  private var demonyms = FoldedTable<[Int]>()
  /// By folded hash: bodies that are written in small letters.
  private var commonNames = FoldedTable<Int>()
  /// Capitals by their names' keys: how the name is written, and of which country.
  private var capitals: [[UInt8]: [(name: String, country: String)]] = [:]

  /// - Throws: `ResourceError` where a table can't be read or is incomplete.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    var byHash = ByHash()
    try addCountries(try ResourceTable("countries.tsv", of: "TelexAnalysis", in: resources), &byHash)
    try addRegions(try ResourceTable("regions.tsv", of: "TelexAnalysis", in: resources), &byHash)
    try addCities(try ResourceTable("city-demonyms.tsv", of: "TelexAnalysis", in: resources), &byHash)
    try addBodies(try ResourceTable("known-names.tsv", of: "TelexAnalysis", in: resources), &byHash)
    demonyms = FoldedTable(byHash.demonyms)
    commonNames = FoldedTable(byHash.commonNames)
  }

  // MARK: Questions

  /// How names are compared: small letters, no accents, spaces for hyphens.
  package static func key(_ name: some Collection<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(name.count)
    if name.withContiguousStorageIfAvailable({ fold($0, .bare, into: &key) }) == nil { key = folded(name, .bare) }
    for index in key.indices where key[index] == 0x2D { key[index] = 0x20 }
    return key
  }

  /// What a name is known as, where only one thing is.
  ///
  /// - Parameters:
  ///   - key: as `key` makes it.
  ///   - share: how much the dispatch speaks of a country, from 0 to 1; "PS" is a party of a country only there.
  package func known(_ key: [UInt8], kind: Entity.Kind, share: (String) -> Double) -> Known? {
    guard let indices = byName[key] else { return nil }
    let fitting = indices.map { all[$0] }.filter { known in
      guard fits(known, kind, key) else { return false }
      guard let country = known.country, !known.isCountry, acronyms.contains(key) else { return true }
      return share(country) > 0
    }
    guard var first = fitting.first, fitting.allSatisfy({ $0.name == first.name }) else { return nil }
    guard fitting.count > 1 else { return first }
    // A party of that name in several countries: the one that the dispatch is about.
    let ranked = fitting.map { ($0, $0.country.map(share) ?? 0) }.sorted { $0.1 > $1.1 }
    if ranked[0].1 > ranked[1].1 { return ranked[0].0 }
    first.country = nil
    return first
  }

  /// A short acronym may be something else: the kinds must agree. A place may be taken for those who govern it.
  private func fits(_ known: Known, _ kind: Entity.Kind, _ key: [UInt8]) -> Bool {
    if known.kind == kind { return true }
    if known.isSeat { return kind == .location || kind == .organization }
    return known.kind == .location && kind == .organization && key.count > 3
  }

  /// A country by one of its names.
  package func country(_ key: [UInt8]) -> String? {
    byName[key]?.lazy.map { all[$0] }.first { $0.isCountry }?.country
  }

  /// The places that a demonym can lead to, by its folded hash.
  package func places(ofDemonym hash: UInt64) -> [Known] { demonyms[hash].map { $0.map { all[$0] } } ?? [] }

  package func isDemonym(_ hash: UInt64) -> Bool { demonyms[hash] != nil }

  /// A body that is written like a common noun, by its folded hash: "talibans".
  package func commonName(_ hash: UInt64) -> Known? { commonNames[hash].map { all[$0] } }

  /// Whether a name is a body's and nothing else's, acronyms aside.
  package func isBody(_ key: [UInt8]) -> Bool {
    guard let indices = byName[key], !acronyms.contains(key) else { return false }
    return indices.allSatisfy { all[$0].kind == .organization && !all[$0].isSeat }
  }

  /// How the name of a country's capital is written; nil where the name is none of its capitals'.
  package func capital(_ key: [UInt8], of country: String) -> String? {
    capitals[key]?.first { $0.country == country }?.name
  }

  /// The capital that a name is where one country alone has a capital of that name.
  package func capital(_ key: [UInt8]) -> (name: String, country: String)? {
    guard let found = capitals[key], found.count == 1 else { return nil }
    return found.first
  }

  // MARK: Tables

  /// What is reached by folded hashes, while it is being read.
  private struct ByHash {
    var demonyms: [UInt64: [Int]] = [:]
    var commonNames: [UInt64: Int] = [:]
  }

  private mutating func addCountries(_ table: ResourceTable, _ byHash: inout ByHash) throws(ResourceError) {
    for row in table.rows {
      guard row.fields.count == 9 else { throw table.error(row, "nine fields are due") }
      var known = Known(kind: .location, subtype: "country", name: row.fields[1], country: row.fields[0])
      known.isCountry = true
      known.identifiers = ["iso3166": row.fields[0], "iso3166-alpha3": row.fields[5]]
      if row.fields[6] != "-" { known.identifiers["geonames"] = row.fields[6] }
      let degrees = row.fields[7].split(separator: " ").compactMap { Double($0) }
      if degrees.count == 2 { known.geo = (degrees[0], degrees[1]) }
      add(known, [row.fields[1]] + list(row.fields[2]))
      addDemonyms(list(row.fields[3]), list(row.fields[4]), &byHash)
      for capital in list(row.fields[8]) where capital != "-" {
        capitals[Self.key(Array(capital.utf8)), default: []].append((capital, row.fields[0]))
      }
    }
  }

  private mutating func addRegions(_ table: ResourceTable, _ byHash: inout ByHash) throws(ResourceError) {
    for row in table.rows {
      guard row.fields.count == 6 else { throw table.error(row, "six fields are due") }
      let country = row.fields[1] == "-" ? nil : row.fields[1]
      let known = Known(kind: .location, subtype: row.fields[0], name: row.fields[2], country: country)
      add(known, [row.fields[2]] + list(row.fields[3]))
      addDemonyms(list(row.fields[4]), list(row.fields[5]), &byHash)
    }
  }

  /// Cities stand in the table of places; here they are reached by their demonyms alone.
  private mutating func addCities(_ table: ResourceTable, _ byHash: inout ByHash) throws(ResourceError) {
    for row in table.rows {
      guard row.fields.count == 4 else { throw table.error(row, "four fields are due") }
      all.append(Known(kind: .location, name: row.fields[1], country: row.fields[0]))
      addDemonyms(list(row.fields[2]), list(row.fields[3]), &byHash)
    }
  }

  private mutating func addBodies(_ table: ResourceTable, _ byHash: inout ByHash) throws(ResourceError) {
    for row in table.rows {
      guard row.fields.count >= 4, row.fields.count <= 6, let kind = Entity.Kind(rawValue: row.fields[0]) else {
        throw table.error(row, "a type, a name, an acronym, other names, a country and a kind are due")
      }
      var known = Known(kind: kind, name: row.fields[1])
      if row.fields[2] != "-" { known.acronym = row.fields[2] }
      if row.fields.count > 4, row.fields[4] != "-" { known.country = row.fields[4] }
      if row.fields.count > 5 {
        known.subtype = row.fields[5]
        known.isSeat = row.fields[5] == "seat"
      }
      if let acronym = known.acronym { acronyms.insert(Self.key(Array(acronym.utf8))) }
      let names = list(row.fields[3]).filter { $0 != "-" } + [row.fields[1]]
      add(known, names + (known.acronym.map { [$0] } ?? []))
      for name in names where name.first?.isLowercase == true && !name.contains(" ") {
        byHash.commonNames[FoldedHash(name).value] = all.count - 1
      }
    }
  }

  private func list(_ field: String) -> [String] { field.split(separator: "|").map(String.init) }

  private mutating func add(_ known: Known, _ names: [String]) {
    all.append(known)
    for key in Set(names.map { Self.key(Array($0.utf8)) }) { byName[key, default: []].append(all.count - 1) }
  }

  /// Those of what was added last, in all four forms.
  private mutating func addDemonyms(_ masculines: [String], _ feminines: [String], _ byHash: inout ByHash) {
    var forms = Set(masculines + feminines)
    for form in forms where form.last != "s" && form.last != "x" { forms.insert(form + "s") }
    for form in forms { byHash.demonyms[FoldedHash(form).value, default: []].append(all.count - 1) }
  }
}
