import TelexLanguage
package import TelexModel
package import TelexText

/// Countries and well-known bodies by all the names that the press uses (`countries.tsv`, `known-names.tsv`).
package struct KnownNames: Sendable {
  package struct Known: Sendable {
    package var kind: Entity.Kind
    package var name: String
    package var acronym: String?
    /// ISO 3166-1 alpha-2 of a country.
    package var country: String?
  }

  private var all: [Known] = []
  private var byName: [[UInt8]: Int] = [:]

  /// - Throws: `ResourceError` where a table can't be read or is incomplete.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let countries = try ResourceTable("countries.tsv", of: "TelexAnalysis", in: resources)
    for row in countries.rows {
      guard row.fields.count == 5 else { throw countries.error(row, "five fields are due") }
      let known = Known(kind: .location, name: row.fields[1], country: row.fields[0])
      add(known, [row.fields[1]] + row.fields[2].split(separator: "|").map(String.init))
    }
    let bodies = try ResourceTable("known-names.tsv", of: "TelexAnalysis", in: resources)
    for row in bodies.rows {
      guard row.fields.count == 4, let kind = Entity.Kind(rawValue: row.fields[0]) else {
        throw bodies.error(row, "a type, a name, an acronym and other names are due")
      }
      let acronym = row.fields[2] == "-" ? nil : row.fields[2]
      var names = row.fields[3].split(separator: "|").map(String.init).filter { $0 != "-" }
      names += [row.fields[1]] + (acronym.map { [$0] } ?? [])
      add(Known(kind: kind, name: row.fields[1], acronym: acronym), names)
    }
  }

  private mutating func add(_ known: Known, _ names: [String]) {
    all.append(known)
    for name in names { byName[folded(Array(name.utf8), .bare)] = all.count - 1 }
  }

  /// - Parameter name: folded `bare`.
  package func known(_ name: [UInt8], kind: Entity.Kind) -> Known? {
    guard let index = byName[name] else { return nil }
    let known = all[index]
    // A short acronym may be something else: the kinds must agree; a country may be taken for its government.
    return known.kind == kind || (known.country != nil && kind == .organization && name.count > 3) ? known : nil
  }
}
