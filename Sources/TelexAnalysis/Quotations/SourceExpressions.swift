package import TelexText

/// Expressions like "selon", "à en croire", "à ses yeux" that say whose word something is (`source-expressions.tsv`).
package struct SourceExpressions: Sendable {
  /// What stands where the speaker is looked for.
  package enum Kind: String, Sendable { case any, initial, own, noun, side }

  private enum Part: Sendable, Hashable {
    case word(UInt64)
    case of, own
  }

  private struct Expression: Sendable {
    var lemma: String
    var kind: Kind
    var parts: [Part]
  }

  /// An expression where it stands.
  struct Found {
    var lemma: String
    var kind: Kind
    var range: Range<Int>
    /// The possessive that stands for the speaker.
    var own: Int?
  }

  private let byFirst: FoldedTable<[Expression]>
  /// The examples of the table: a sentence and the expression in it; and sentences that have none.
  package let positive: [ResourceTable.Row]
  package let negative: [ResourceTable.Row]

  /// - Throws: `ResourceError` where the table can't be read or names an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("source-expressions.tsv", of: "TelexAnalysis", in: resources)
    positive = table.positive
    negative = table.negative
    var byFirst: [UInt64: [Expression]] = [:]
    for row in table.rows {
      guard row.fields.count == 3, let kind = Kind(rawValue: row.fields[1]) else {
        throw table.error(row, "a lemma, a known kind and words are due")
      }
      let parts = row.fields[2].split(separator: " ").flatMap { Self.parts(of: String($0)) }
      guard case .word(let first) = parts.first else { throw table.error(row, "the first word must be a word") }
      byFirst[first, default: []].append(Expression(lemma: row.fields[0], kind: kind, parts: parts))
    }
    self.byFirst = FoldedTable(byFirst.mapValues { $0.sorted { $0.parts.count > $1.parts.count } })
  }

  /// Elided words are tokens of their own: "d'après" is two.
  private static func parts(of word: String) -> [Part] {
    switch word {
    case "<of>": return [.of]
    case "<own>": return [.own]
    default:
      guard let mark = word.firstIndex(of: "'"), word.index(after: mark) < word.endIndex else {
        return [.word(FoldedHash(word).value)]
      }
      let next = word.index(after: mark)
      return [.word(FoldedHash(String(word[..<next])).value), .word(FoldedHash(String(word[next...])).value)]
    }
  }

  func begins(_ hash: UInt64) -> Bool { byFirst[hash] != nil }

  /// The longest expression that begins at a token.
  func expression(at token: Int, in words: Words, limit: Int) -> Found? {
    guard token < limit, let candidates = byFirst[words.hashes[token]] else { return nil }
    return candidates.lazy.compactMap { match($0, at: token, words, limit) }.first
  }

  private func match(_ expression: Expression, at token: Int, _ words: Words, _ limit: Int) -> Found? {
    guard token + expression.parts.count <= limit else { return nil }
    var own: Int?
    for (offset, part) in expression.parts.enumerated() {
      let place = token + offset
      switch part {
      case .word(let hash): guard words.isSpelled(place, hash) else { return nil }
      case .of: guard words.has(place, .of) else { return nil }
      case .own:
        guard words.has(place, .possessive) else { return nil }
        own = place
      }
    }
    return Found(
      lemma: expression.lemma, kind: expression.kind, range: token..<token + expression.parts.count, own: own)
  }
}
