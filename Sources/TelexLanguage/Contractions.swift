package import TelexText

/// Words that are an adposition and a determiner or pronoun in one: "du" is "de le". Read from `contractions.tsv`.
package struct Contractions: Sendable {
  private let parts: [UInt64: [[UInt8]]]

  /// - Throws: `ResourceError` where `contractions.tsv` is missing.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    var parts: [UInt64: [[UInt8]]] = [:]
    for line in try directory.bytes("contractions.tsv", of: "TelexLanguage").split(separator: 0x0A)
    where line.first != 0x23 {
      let fields = line.split(separator: 0x09)
      guard fields.count == 2 else { continue }
      parts[hash(fields[0])] = fields[1].split(separator: 0x20).map(Array.init)
    }
    self.parts = parts
  }

  /// The words of a token with that tag; nil where it is one word.
  package func parts(_ lower: UInt64, _ tag: PartOfSpeech) -> [[UInt8]]? {
    tag.isContraction ? parts[lower] : nil
  }
}
