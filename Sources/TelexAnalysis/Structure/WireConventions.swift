import TelexModel
import TelexText

/// What agencies write around the text of a dispatch (`Resources/wire-conventions.txt`).
struct WireConventions: Sendable {
  /// Words in order, each as its folded hash.
  typealias Phrase = [UInt64]

  struct Entry: Sendable {
    let phrase: Phrase
    let value: String
  }

  private let entries: [String: [Entry]]
  let table: ResourceTable
  /// What the phrases begin with that announce an embargo.
  let embargoOpeners: [UInt64]

  init(resources: ResourceDirectory, tokenizer: Tokenizer) throws(ResourceError) {
    table = try ResourceTable("wire-conventions.txt", of: "TelexAnalysis", in: resources)
    var entries: [String: [Entry]] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due: kind, value, phrases") }
      for words in row.fields[2].split(separator: "|") {
        let text = SourceText(String(words))
        let phrase = tokenizer.tokens(of: text).map { FoldedHash(text.utf8[$0.range]).value }
        entries[row.fields[0], default: []].append(Entry(phrase: phrase, value: row.fields[1]))
      }
    }
    embargoOpeners = Set((entries["embargo-until"] ?? []).compactMap(\.phrase.first)).sorted()
    // The longest phrase first: "annule et remplace" before "annule".
    self.entries = entries.mapValues { list in
      list.enumerated().sorted { ($1.element.phrase.count, $0.offset) < ($0.element.phrase.count, $1.offset) }
        .map(\.element)
    }
  }

  /// The longest phrase of a kind that begins at a token, and how many tokens it has.
  func match(_ kind: String, at index: Int, until end: Int, _ tokens: [Token], _ text: SourceText) -> (
    value: String, count: Int
  )? {
    guard index < end, let list = entries[kind] else { return nil }
    let first = FoldedHash(text.utf8[tokens[index].range]).value
    for entry in list where entry.phrase.first == first && index + entry.phrase.count <= end {
      let isMatch = entry.phrase.indices.dropFirst().allSatisfy { offset in
        FoldedHash(text.utf8[tokens[index + offset].range]).value == entry.phrase[offset]
      }
      if isMatch { return (entry.value, entry.phrase.count) }
    }
    return nil
  }

  /// True where a phrase of a kind is all there is between two tokens.
  func isWhole(_ kind: String, _ range: Range<Int>, _ tokens: [Token], _ text: SourceText) -> Bool {
    match(kind, at: range.lowerBound, until: range.upperBound, tokens, text)?.count == range.count
  }
}
