import TelexModel
package import TelexText

/// Names whose kind the noun before them tells: "l'ouragan Irma" is no person, "le constructeur automobile Renault" no place.
///
/// Only nouns that stand before names of one kind: a "groupe" or a "procès" can be named after anything.
package struct AnnouncedNames: Sendable {
  package let table: ResourceTable
  /// By hash of the noun in small letters.
  private let kinds: [UInt64: Entity.Kind]

  /// - Throws: `ResourceError` where `announced-names.tsv` is missing or has a kind that isn't one.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("announced-names.tsv", of: "TelexLanguage", in: directory)
    var kinds: [UInt64: Entity.Kind] = [:]
    for row in table.rows {
      guard row.fields.count == 2, let kind = Entity.Kind(rawValue: row.fields[0]) else {
        throw table.error(row, "not a kind and its words")
      }
      for word in row.fields[1].split(separator: " ") { kinds[hash(folded(Array(word.utf8), .lower))] = kind }
    }
    self.kinds = kinds
  }

  /// The kind that the noun before a name tells, at most an adjective between them; nil for none.
  func kind(of name: NameSpan, _ words: [WordFeatures]) -> Entity.Kind? {
    let before = name.range.lowerBound - 1
    guard before >= 0, words[name.range.lowerBound].isCapitalized else { return nil }
    if let kind = kinds[words[before].lower] { return kind }
    guard before > 0, words[before].isCapitalized == false, words[before].tags & PartOfSpeech.adjective.bit != 0 else {
      return nil
    }
    return kinds[words[before - 1].lower]
  }

  /// The names of a sentence, each of the kind that it is announced as.
  func apply(to names: [NameSpan], _ words: [WordFeatures]) -> [NameSpan] {
    names.map { name in
      guard let kind = kind(of: name, words) else { return name }
      var name = name
      name.kind = kind
      return name
    }
  }
}
