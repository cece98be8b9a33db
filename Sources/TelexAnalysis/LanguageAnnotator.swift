import TelexModel
package import TelexText

/// Finds the language of a dispatch by its commonest words, and the variety of French by words that only it has.
///
/// What the wire states stands; a disagreement is told. Where the words are few or another language's, nothing is
/// guessed, and a text that isn't French says so in the diagnostics.
package struct LanguageAnnotator: Annotator {
  private let words: [UInt64: [Int]]
  private let codes: [String]
  private let variants: [UInt64: String]
  private let agencies: [UInt64: String]
  package let table: ResourceTable

  /// Words that must be found before a language is named.
  private static let fewestWords = 3
  /// Tokens that are looked at.
  private static let sample = 2000

  /// - Throws: `ResourceError` where the words can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("languages.txt", of: "TelexAnalysis", in: resources)
    var words: [UInt64: [Int]] = [:]
    var codes: [String] = []
    var variants: [UInt64: String] = [:]
    var agencies: [UInt64: String] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due") }
      let hashes = row.fields[2].split(separator: " ").map { FoldedHash(String($0)).value }
      switch row.fields[0] {
      case "language":
        for hash in hashes { words[hash, default: []].append(codes.count) }
        codes.append(row.fields[1])
      case "variant": for hash in hashes { variants[hash] = row.fields[1] }
      case "agency": for hash in hashes { agencies[hash] = row.fields[1] }
      default: throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
    self.words = words
    self.codes = codes
    self.variants = variants
    self.agencies = agencies
  }

  package func annotate(_ document: inout Document) {
    let found = language(document)
    let stated = document.item.language.map { String($0.prefix { $0 != "-" && $0 != "_" }).lowercased() }
    if let stated, let found, stated != found {
      document.diagnostics.append(
        Diagnostic("language-mismatch", .warning, "The wire says \(stated); the text reads as \(found)."))
    }
    if document.item.language == nil { document.item.language = found }
    guard let language = found ?? stated else { return }
    guard language == "fr" else {
      document.diagnostics.append(
        Diagnostic("not-french", .warning, "The text is not French (\(language)); what was read in it is unreliable."))
      return
    }
    readVariant(&document)
  }

  /// The language whose words are most, if it is clearly ahead.
  private func language(_ document: Document) -> String? {
    var counts = [Int](repeating: 0, count: codes.count)
    var left = Self.sample
    for block in document.blocks where block.role != .header && left > 0 {
      let tokens = document.tokens[in: block.span].prefix(left)
      left -= tokens.count
      for token in tokens where token.kind == .word || token.kind == .elision {
        for language in words[FoldedHash(document.text.utf8[token.range]).value] ?? [] { counts[language] += 1 }
      }
    }
    let ranked = counts.enumerated().sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }
    guard let first = ranked.first, first.element >= Self.fewestWords else { return nil }
    let second = ranked.dropFirst().first?.element ?? 0
    return first.element * 4 > second * 5 ? codes[first.offset] : nil
  }

  /// Words decide; the agency's country decides between the varieties that share them.
  private func readVariant(_ document: inout Document) {
    guard document.item.languageVariant == nil else { return }
    var evidence: [Span] = []
    var found: Set<String> = []
    for block in document.blocks where block.role != .header {
      for token in document.tokens[in: block.span] where token.kind == .word {
        guard token.span.count >= 7, let variant = variants[FoldedHash(document.text.utf8[token.range]).value] else {
          continue
        }
        found.insert(variant)
        if evidence.count < 8 { evidence.append(token.span) }
      }
    }
    guard !found.isEmpty else { return }
    let agency = (document.item.dateline?.agency ?? "").split { $0 == " " }.lazy
      .compactMap { agencies[FoldedHash(String($0)).value] }.first
    document.item.languageVariant = agency ?? (found.count == 1 ? found.first : "fr-CH")
    document.item.languageEvidence = evidence
  }
}
