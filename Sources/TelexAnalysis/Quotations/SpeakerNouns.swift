package import TelexText

/// Nouns of those who speak (`speaker-nouns.tsv`).
package struct SpeakerNouns: Sendable {
  package enum Kind: String, Sendable {
    case function, person, body, document
    /// What has no voice: "selon les critères" names no source.
    case thing
  }

  private var kinds: [UInt64: Kind] = [:]
  private var plurals: Set<UInt64> = []
  private var feminines: Set<UInt64> = []

  /// - Throws: `ResourceError` where the table can't be read or names an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("speaker-nouns.tsv", of: "TelexAnalysis", in: resources)
    for row in table.rows {
      guard row.fields.count == 2, let kind = Kind(rawValue: row.fields[0]) else {
        throw table.error(row, "a known kind and nouns are due")
      }
      for noun in row.fields[1].split(separator: " ").map(String.init) {
        let hash = FoldedHash(noun).value
        if kinds[hash] == nil || plurals.remove(hash) != nil { kinds[hash] = kind }
        if Self.looksFeminine(noun) { feminines.insert(hash) }
        for plural in Self.plurals(of: noun) {
          let hash = FoldedHash(plural).value
          if kinds[hash] == nil {
            kinds[hash] = kind
            plurals.insert(hash)
          }
        }
      }
    }
  }

  package func kind(_ hash: UInt64) -> Kind? { kinds[hash] }
  package func isPlural(_ hash: UInt64) -> Bool { plurals.contains(hash) }
  package func isFeminine(_ hash: UInt64) -> Bool { feminines.contains(hash) }

  private static func plurals(of noun: String) -> [String] {
    if noun.hasSuffix("s") || noun.hasSuffix("x") { return [] }
    if noun.hasSuffix("al") { return [noun.dropLast(1) + "ux", noun + "s"] }
    if noun.hasSuffix("eau") { return [noun + "x"] }
    return [noun + "s"]
  }

  /// Feminine by its ending alone; "ministre", "juge" say nothing.
  private static func looksFeminine(_ noun: String) -> Bool {
    [
      "ente", "ée", "trice", "euse", "ère", "ière", "ienne", "ante", "elle", "ane", "ate", "cheffe", "reine",
      "esse", "onne", "eure", "tive", "igne",
    ]
    .contains { noun.hasSuffix($0) }
  }
}
