package import TelexText

/// Words that begin the name of a place and say what it is (`place-kinds.tsv`).
package struct PlaceKinds: Sendable {
  private var subtypes: [UInt64: String] = [:]
  /// Words in small letters that make a place of any name.
  private var sites: Set<UInt64> = []

  /// - Throws: `ResourceError` where the table can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("place-kinds.tsv", of: "TelexAnalysis", in: resources)
    for row in table.rows {
      guard row.fields.count == 2 || row.fields.count == 3 else {
        throw table.error(row, "a subtype, words and words are due")
      }
      for word in row.fields[1].split(separator: " ") { subtypes[FoldedHash(String(word)).value] = row.fields[0] }
      for word in row.fields.dropFirst(2).joined().split(separator: " ") {
        subtypes[FoldedHash(String(word)).value] = row.fields[0]
        sites.insert(FoldedHash(String(word)).value)
      }
    }
  }

  /// "aéroport de Mazar-i-Sharif" is a facility; nil where the first word says nothing.
  func subtype(of name: String) -> String? {
    guard let space = name.firstIndex(of: " ") else { return nil }
    return subtypes[FoldedHash(String(name[..<space])).value]
  }

  /// "aéroport de Mazar-i-Sharif" names a place, whoever speaks for it; "Stade rennais" is a club.
  func isSite(_ name: String) -> Bool {
    guard let space = name.firstIndex(of: " "), name.first?.isLowercase == true else { return false }
    return sites.contains(FoldedHash(String(name[..<space])).value)
  }
}
