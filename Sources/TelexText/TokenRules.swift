/// The word lists of the tokenizer (`Resources/tokens.txt`): shortened words, elisions, clitics, words that stay whole.
package struct TokenRules: Sendable {
  /// When a shortened word keeps its point.
  package enum Abbreviation: Sendable {
    /// Always: `etc.`, `env.`.
    case always
    /// Before a name; never the end of a sentence: `M.`, `Dr.`.
    case title
    /// Beside a number: `12 sept.`, `p. 4`.
    case number
  }

  /// By folded hash of the word without its point; of titles with a capital, by the exact bytes too.
  private let abbreviations: [UInt64: Abbreviation]
  /// Titles that count only with their capital: `Col.`, not "col.".
  private let capitalTitles: Set<UInt64>
  private let elisions: Set<UInt64>
  private let clitics: Set<UInt64>
  private let wholes: Set<UInt64>
  private let ordinals: Set<UInt64>
  private let domains: Set<UInt64>
  private let openers: Set<UInt64>
  private let calendar: Set<UInt64>
  /// What `tokens.txt` gives as examples: a text, and its tokens.
  package let examples: [ResourceTable.Row]

  /// - Throws: `ResourceError` where the list can't be read or holds an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("tokens.txt", of: "TelexText", in: resources)
    var abbreviations: [UInt64: Abbreviation] = [:]
    var sets: [String: Set<UInt64>] = [:]
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "two fields are due: kind and words") }
      for word in row.fields[1].split(separator: " ") {
        let hash = FoldedHash(String(word)).value
        switch row.fields[0] {
        case "abbreviation": abbreviations[hash] = .always
        case "title": abbreviations[hash] = .title
        case "capital-title":
          abbreviations[hash] = .title
          sets["capital-title", default: []].insert(hash)
        case "number-abbreviation": abbreviations[hash] = .number
        case "elision", "clitic", "whole", "ordinal", "domain", "opener", "calendar":
          sets[row.fields[0], default: []].insert(hash)
        default: throw table.error(row, "no such kind: \(row.fields[0])")
        }
      }
    }
    self.abbreviations = abbreviations
    capitalTitles = sets["capital-title"] ?? []
    elisions = sets["elision"] ?? []
    clitics = sets["clitic"] ?? []
    wholes = sets["whole"] ?? []
    ordinals = sets["ordinal"] ?? []
    domains = sets["domain"] ?? []
    openers = sets["opener"] ?? []
    calendar = sets["calendar"] ?? []
    examples = table.positive
  }

  /// The kind of shortened word that `word` (without its point) is.
  package func abbreviation(_ word: UnsafeBufferPointer<UInt8>, isCapitalized: Bool) -> Abbreviation? {
    let hash = FoldedHash(word).value
    guard let kind = abbreviations[hash] else { return nil }
    return capitalTitles.contains(hash) && !isCapitalized ? nil : kind
  }

  func isElision(_ word: UnsafeBufferPointer<UInt8>) -> Bool { elisions.contains(FoldedHash(word).value) }
  func isClitic(_ word: UnsafeBufferPointer<UInt8>) -> Bool { clitics.contains(FoldedHash(word).value) }
  func isWhole(_ word: UnsafeBufferPointer<UInt8>) -> Bool { wholes.contains(FoldedHash(word).value) }
  func isOrdinal(_ suffix: UnsafeBufferPointer<UInt8>) -> Bool { ordinals.contains(FoldedHash(suffix).value) }
  func isDomain(_ word: UnsafeBufferPointer<UInt8>) -> Bool { domains.contains(FoldedHash(word).value) }
  /// A month or weekday: "juillet-août" are two of them.
  func isCalendar(_ word: UnsafeBufferPointer<UInt8>) -> Bool { calendar.contains(FoldedHash(word).value) }
  /// A word that begins sentences and no names: "Le", "Selon".
  package func isOpener(_ word: UnsafeBufferPointer<UInt8>) -> Bool { openers.contains(FoldedHash(word).value) }
}
