package import TelexText

/// Nouns of those who speak (`speaker-nouns.tsv`).
package struct SpeakerNouns: Sendable {
  package enum Kind: String, Sendable {
    case function, person, body, document
    /// What has no voice: "selon les critères" names no source.
    case thing
  }

  private struct Noun: Sendable {
    var kind: Kind
    var isPlural = false
    var isFeminine = false
    var isPublic = false
  }

  private let nouns: FoldedTable<Noun>

  /// - Throws: `ResourceError` where the table can't be read or names an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("speaker-nouns.tsv", of: "TelexAnalysis", in: resources)
    var nouns: [UInt64: Noun] = [:]
    var genders: [UInt64: Bool] = [:]
    for row in table.rows where row.fields.count == 2 && ["feminine", "other"].contains(row.fields[0]) {
      for noun in row.fields[1].split(separator: " ") {
        genders[FoldedHash(String(noun)).value] = row.fields[0] == "feminine"
      }
    }
    for row in table.rows where !["feminine", "other", "public"].contains(row.fields[0]) {
      guard row.fields.count == 2, let kind = Kind(rawValue: row.fields[0]) else {
        throw table.error(row, "a known kind and nouns are due")
      }
      for noun in row.fields[1].split(separator: " ").map(String.init).flatMap(Self.spellings) {
        let hash = FoldedHash(noun).value
        // A noun that was some other's plural is one of its own.
        if nouns[hash]?.isPlural ?? true {
          nouns[hash] = Noun(kind: kind, isFeminine: nouns[hash]?.isFeminine ?? false)
        }
        if genders[hash] ?? Self.looksFeminine(noun) { nouns[hash]?.isFeminine = true }
        for plural in Self.plurals(of: noun) {
          let hash = FoldedHash(plural).value
          if nouns[hash] == nil { nouns[hash] = Noun(kind: kind, isPlural: true) }
        }
      }
    }
    for row in table.rows where row.fields.count == 2 && row.fields[0] == "public" {
      for noun in row.fields[1].split(separator: " ") { nouns[FoldedHash(String(noun)).value]?.isPublic = true }
    }
    self.nouns = FoldedTable(nouns)
  }

  package func kind(_ hash: UInt64) -> Kind? { nouns[hash]?.kind }

  /// "ex-président": a function behind "ex-".
  func isFormer(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count > 4, let first = word.first, first | 0x20 == 0x65,
      word.dropFirst().starts(with: [0x78, 0x2D])
        || word.dropFirst().starts(with: [0x58, 0x2D])
    else { return false }
    return kind(FoldedHash(word.dropFirst(3)).value) == .function
  }

  package func isPlural(_ hash: UInt64) -> Bool { nouns[hash]?.isPlural ?? false }
  /// Whether a state has one body of this name.
  package func isPublic(_ hash: UInt64) -> Bool { nouns[hash]?.isPublic ?? false }
  package func isFeminine(_ hash: UInt64) -> Bool { nouns[hash]?.isFeminine ?? false }

  /// "entraineur": the spelling of 1990 drops the circumflex of i and u.
  private static func spellings(of noun: String) -> [String] {
    guard noun.contains("î") || noun.contains("û") else { return [noun] }
    return [noun, String(noun.map { $0 == "î" ? "i" : $0 == "û" ? "u" : $0 })]
  }

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
