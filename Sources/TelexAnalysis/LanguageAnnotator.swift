import TelexModel
package import TelexText

/// Finds the language of a dispatch by its commonest words, and the variety of French by words that only it has.
///
/// What the wire states stands; a disagreement is told. Where the words are few or another language's, nothing is
/// guessed. A dispatch that isn't French says so in the diagnostics, and its blocks, as those of another language in a
/// French one, name their language: of them the pipeline reads the structure only.
package struct LanguageAnnotator: Annotator {
  /// Of each language's words the bits of the languages that have them; of varieties' words, index into `varieties`.
  private let words: WordTable
  private let codes: [String]
  private let variants: WordTable
  private let varieties: [String]
  private let agencies: [UInt64: String]
  package let table: ResourceTable

  /// Words that must be found before a language is named; of a single block.
  private static let (fewestWords, fewestWordsOfBlock) = (3, 4)
  /// Tokens that are looked at.
  private static let sample = 2000

  /// - Throws: `ResourceError` where the words can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("languages.txt", of: "TelexAnalysis", in: resources)
    var words = WordTable()
    var codes: [String] = []
    var variants = WordTable()
    var varieties: [String] = []
    var agencies: [UInt64: String] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due") }
      let hashes = row.fields[2].split(separator: " ").map { FoldedHash(String($0)).value }
      switch row.fields[0] {
      case "language":
        guard codes.count < 31 else { throw table.error(row, "more than 31 languages") }
        for hash in hashes { words.set(hash, max(0, words.find(hash)) | 1 << Int32(codes.count)) }
        codes.append(row.fields[1])
      case "variant":
        for hash in hashes { variants.set(hash, Int32(varieties.count)) }
        varieties.append(row.fields[1])
      case "agency": for hash in hashes { agencies[hash] = row.fields[1] }
      default: throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
    self.words = words
    self.codes = codes
    self.variants = variants
    self.varieties = varieties
    self.agencies = agencies
  }

  package func annotate(_ document: inout Document) {
    let counts = document.blocks.map { $0.role == .header ? [] : count(document, $0.span) }
    let found = language(total(counts), Self.fewestWords)
    let stated = document.item.language.map { String($0.prefix { $0 != "-" && $0 != "_" }).lowercased() }
    if let stated, let found, stated != found {
      document.diagnostics.append(
        Diagnostic("language-mismatch", .warning, "The wire says \(stated); the text reads as \(found)."))
    }
    // Where two languages share a text, one French block makes it a French dispatch.
    let shared =
      found == nil && counts.contains { self.language($0, Self.fewestWordsOfBlock, ahead: 2) == "fr" } ? "fr" : nil
    if document.item.language == nil { document.item.language = found ?? shared }
    guard let language = found ?? stated ?? shared else { return }
    guard language == "fr" else {
      document.diagnostics.append(
        Diagnostic("not-french", .warning, "The text is not French (\(language)): its structure alone was read."))
      for index in document.blocks.indices where document.blocks[index].role != .header {
        let own = self.language(counts[index], Self.fewestWordsOfBlock, ahead: 2)
        // A French paragraph in it is read.
        if own != "fr" { document.blocks[index].language = own ?? language }
      }
      return
    }
    for index in document.blocks.indices {
      guard let own = self.language(counts[index], Self.fewestWordsOfBlock, ahead: 2), own != "fr" else { continue }
      document.blocks[index].language = own
      document.diagnostics.append(
        Diagnostic(
          "block-not-french", .info, "This block is not French (\(own)): its structure alone was read.",
          at: document.blocks[index].span))
    }
    readVariant(&document)
  }

  /// How many words of each language stand in a block.
  private func count(_ document: Document, _ span: Span) -> [Int] {
    var counts = [Int](repeating: 0, count: codes.count)
    for index in document.tokens.indices(in: span).prefix(Self.sample) {
      guard document.tokens[index].kind == .word || document.tokens[index].kind == .elision else { continue }
      var languages = max(0, words.find(document.hashes[index]))
      while languages != 0 {
        counts[languages.trailingZeroBitCount] += 1
        languages &= languages - 1
      }
    }
    return counts
  }

  /// Of the blocks from the beginning on, up to a sample that tells enough.
  private func total(_ blocks: [[Int]]) -> [Int] {
    var total = [Int](repeating: 0, count: codes.count)
    for counts in blocks where total.reduce(0, +) < Self.sample {
      for (index, count) in counts.enumerated() { total[index] += count }
    }
    return total
  }

  /// The language whose words are most, if it is clearly ahead.
  /// - Parameter ahead: how many times the words of the second it must have.
  private func language(_ counts: [Int], _ fewest: Int, ahead: Double = 1.25) -> String? {
    var (best, first, second) = (0, 0, 0)
    for (language, count) in counts.enumerated() {
      if count > first {
        (best, first, second) = (language, count, first)
      } else {
        second = max(second, count)
      }
    }
    guard first >= max(1, fewest), codes.indices.contains(best) else { return nil }
    return Double(first) > ahead * Double(second) ? codes[best] : nil
  }

  /// Words decide; the agency's country decides between the varieties that share them.
  private func readVariant(_ document: inout Document) {
    guard document.item.languageVariant == nil else { return }
    var evidence: [Span] = []
    var found: Set<String> = []
    for block in document.blocks where block.role != .header {
      for index in document.tokens.indices(in: block.span) where document.tokens[index].kind == .word {
        let span = document.tokens[index].span
        guard span.count >= 7 else { continue }
        let variety = variants.find(document.hashes[index])
        guard variety >= 0 else { continue }
        found.insert(varieties[Int(variety)])
        if evidence.count < 8 { evidence.append(span) }
      }
    }
    guard !found.isEmpty else { return }
    let agency = (document.item.dateline?.agency ?? "").split { $0 == " " }.lazy
      .compactMap { agencies[FoldedHash(String($0)).value] }.first
    document.item.languageVariant = agency ?? (found.count == 1 ? found.first : "fr-CH")
    document.item.languageEvidence = evidence
  }
}
