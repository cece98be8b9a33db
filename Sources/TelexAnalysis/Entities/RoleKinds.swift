package import TelexText

/// Which nouns take in others ("l'élue" may be the mayor), and what titles say ("Me" is a lawyer) (`role-kinds.tsv`).
package struct RoleKinds: Sendable {
  /// By folded hash of the wider noun: the nouns it takes in.
  private let wider: FoldedTable<FoldedSet>
  private let titles: FoldedTable<UInt64>
  private let common: FoldedSet

  /// - Throws: `ResourceError` where the table can't be read or has a row of another kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("role-kinds.tsv", of: "TelexAnalysis", in: resources)
    var wider: [UInt64: Set<UInt64>] = [:]
    var titles: [UInt64: UInt64] = [:]
    var common: Set<UInt64> = []
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "a kind, nouns and nouns are due") }
      let nouns = row.fields[2].split(separator: " ").map { FoldedHash(String($0)).value }
      for word in row.fields[1].split(separator: " ").map({ FoldedHash(String($0)).value }) {
        switch row.fields[0] {
        case "wider": wider[word, default: []].formUnion(nouns)
        case "title": titles[word] = nouns.first
        case "common": common.insert(word)
        default: throw table.error(row, "no such kind: \(row.fields[0])")
        }
      }
    }
    self.wider = FoldedTable(wider.mapValues { FoldedSet($0) })
    self.titles = FoldedTable(titles)
    self.common = FoldedSet(common)
  }

  func isWider(_ noun: UInt64, than other: UInt64) -> Bool { wider[noun]?.contains(other) ?? false }

  /// Whether many persons of one dispatch may be called by a noun, said of them or not: "le coureur".
  func isCommon(_ noun: UInt64) -> Bool { common.contains(noun) }

  func noun(ofTitle hash: UInt64) -> UInt64? { titles[hash] }
}
