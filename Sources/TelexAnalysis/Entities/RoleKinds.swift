package import TelexText

/// Which nouns take in others ("l'élue" may be the mayor), what titles say ("Me" is a lawyer), and which nouns lead back to a
/// person without being functions ("l'accusé") (`role-kinds.tsv`).
package struct RoleKinds: Sendable {
  /// Whom a noun of a person means: the one named last, whoever is called so with his name, or the only one named.
  enum Reference: String { case last, held, only }

  /// By folded hash of the wider noun: the nouns it takes in.
  private let wider: FoldedTable<FoldedSet>
  private let titles: FoldedTable<UInt64>
  private let common: FoldedSet
  private let persons: FoldedTable<Reference>

  /// - Throws: `ResourceError` where the table can't be read or has a row of another kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("role-kinds.tsv", of: "TelexAnalysis", in: resources)
    var wider: [UInt64: Set<UInt64>] = [:]
    var titles: [UInt64: UInt64] = [:]
    var common: Set<UInt64> = []
    var persons: [UInt64: Reference] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "a kind, nouns and nouns are due") }
      let nouns = row.fields[2].split(separator: " ").map { FoldedHash(String($0)).value }
      for word in row.fields[1].split(separator: " ").map({ FoldedHash(String($0)).value }) {
        switch row.fields[0] {
        case "wider": wider[word, default: []].formUnion(nouns)
        case "title": titles[word] = nouns.first
        case "common": common.insert(word)
        case "person":
          guard let reference = Reference(rawValue: row.fields[2]) else {
            throw table.error(row, "last, held or only is due")
          }
          persons[word] = reference
        default: throw table.error(row, "no such kind: \(row.fields[0])")
        }
      }
    }
    self.wider = FoldedTable(wider.mapValues { FoldedSet($0) })
    self.titles = FoldedTable(titles)
    self.common = FoldedSet(common)
    self.persons = FoldedTable(persons)
  }

  /// Whom a noun means that is no function; nil where it leads back to nobody.
  func reference(of noun: UInt64) -> Reference? { persons[noun] }

  func isWider(_ noun: UInt64, than other: UInt64) -> Bool { wider[noun]?.contains(other) ?? false }

  /// Whether many persons of one dispatch may be called by a noun, said of them or not: "le coureur".
  func isCommon(_ noun: UInt64) -> Bool { common.contains(noun) }

  func noun(ofTitle hash: UInt64) -> UInt64? { titles[hash] }
}
