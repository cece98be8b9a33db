package import TelexText

/// A word that announces what somebody says (`cues.tsv`).
package struct CueWord: Sendable {
  /// How the words reported can stand with it.
  package struct Constructions: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let que = Constructions(rawValue: 1), infinitive = Constructions(rawValue: 2)
    package static let à = Constructions(rawValue: 4), de = Constructions(rawValue: 8)
    package static let noun = Constructions(rawValue: 16), speech = Constructions(rawValue: 32)
    package static let question = Constructions(rawValue: 64), fragment = Constructions(rawValue: 128)
    package static let denied = Constructions(rawValue: 256), attribute = Constructions(rawValue: 512)
    package static let addressed = Constructions(rawValue: 1024), nounDe = Constructions(rawValue: 2048)
    package static let nounÀ = Constructions(rawValue: 4096), passive = Constructions(rawValue: 8192)
    package static let heard = Constructions(rawValue: 16384), nounPour = Constructions(rawValue: 32768)
    /// Constructions of a past participle that says what somebody thinks: "convaincu que".
    package static let attitude = Constructions(rawValue: 65536)

    static let byName: [String: Constructions] = [
      "que": .que, "inf": .infinitive, "à": .à, "de": .de, "noun": .noun, "speech": .speech, "question": .question,
      "fragment": .fragment, "denied": .denied, "attribute": .attribute, "addressed": .addressed, "noun-de": .nounDe,
      "noun-à": .nounÀ,
      "passive": .passive, "heard": .heard, "noun-pour": .nounPour, "attitude": .attitude,
    ]
  }

  /// Infinitive, with "se" or "s'" where the reflexive verb is meant.
  package var lemma: String
  package var act: String
  package var constructions: Constructions
  package var isReflexive: Bool
  /// Folded hashes of the fixed words behind the verb: "faire *savoir*".
  package var tail: [UInt64]
}

/// All cues by the forms of their verbs.
package struct CueLexicon: Sendable {
  package struct Entry: Sendable {
    package var word: Int
    package var form: Conjugation.Form
  }

  package let words: [CueWord]
  private let entries: FoldedTable<[Entry]>
  /// The examples of `cues.tsv`: form, infinitive, kind; and forms that are none.
  package let positive: [ResourceTable.Row]
  package let negative: [ResourceTable.Row]

  /// - Throws: `ResourceError` where a table can't be read or names an unknown construction.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let conjugation = try Conjugation(resources: resources)
    let table = try ResourceTable("cues.tsv", of: "TelexAnalysis", in: resources)
    var words: [CueWord] = []
    var entries: [UInt64: [Entry]] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "a verb, its act and its constructions are due") }
      var constructions: CueWord.Constructions = []
      for name in row.fields[2].split(separator: " ") {
        guard let one = CueWord.Constructions.byName[String(name)] else {
          throw table.error(row, "no such construction: \(name)")
        }
        constructions.insert(one)
      }
      var verb = row.fields[0]
      let isReflexive = verb.hasPrefix("se ") || verb.hasPrefix("s'")
      if isReflexive { verb = String(verb.dropFirst(verb.hasPrefix("se ") ? 3 : 2)) }
      let parts = verb.split(separator: " ").map(String.init)
      let tail = parts.dropFirst().map { FoldedHash($0).value }
      for (form, kind) in conjugation.forms(of: parts[0]) {
        let hash = FoldedHash(form).value
        if let known = entries[hash]?.firstIndex(where: { $0.word == words.count }) {
          entries[hash]?[known].form.formUnion(kind)
        } else {
          entries[hash, default: []].append(Entry(word: words.count, form: kind))
        }
      }
      words.append(
        CueWord(
          lemma: row.fields[0], act: row.fields[1], constructions: constructions, isReflexive: isReflexive, tail: tail))
    }
    // Verbs with fixed words behind them, then reflexive ones, are tried first.
    for hash in entries.keys {
      entries[hash]?.sort { a, b in
        let left = words[a.word]
        let right = words[b.word]
        if left.tail.isEmpty != right.tail.isEmpty { return right.tail.isEmpty }
        if left.isReflexive != right.isReflexive { return left.isReflexive }
        return a.word < b.word
      }
    }
    self.words = words
    self.entries = FoldedTable(entries)
    positive = table.positive
    negative = table.negative
  }

  package func entries(of hash: UInt64) -> [Entry] { entries[hash] ?? [] }
}
