import TelexModel

/// Names whose kind the noun before them tells: "l'ouragan Irma" is no person, "le constructeur automobile Renault" no place.
///
/// Only nouns that stand before names of one kind: a "groupe" or a "procès" can be named after anything.
enum AnnouncedNames {
  private static let kinds: [UInt64: Entity.Kind] = {
    let words: [Entity.Kind: [String]] = [
      .event: ["ouragan", "tempête", "cyclone", "typhon"],
      .product: [
        "sonde", "satellite", "fusée", "télescope", "navire", "cargo", "paquebot", "pétrolier", "ferry", "chalutier",
        "voilier", "porte-avions", "logiciel",
      ],
      .organization: [
        "constructeur", "équipementier", "avionneur", "quotidien", "hebdomadaire", "mensuel", "magazine", "ONG",
      ],
    ]
    var kinds: [UInt64: Entity.Kind] = [:]
    for (kind, words) in words { for word in words { kinds[hash(folded(Array(word.utf8), .lower))] = kind } }
    return kinds
  }()

  /// The kind that the noun before a name tells, at most an adjective between them; nil for none.
  static func kind(of name: NameSpan, _ words: [WordFeatures]) -> Entity.Kind? {
    let before = name.range.lowerBound - 1
    guard before >= 0, words[name.range.lowerBound].isCapitalized else { return nil }
    if let kind = kinds[words[before].lower] { return kind }
    guard before > 0, words[before].isCapitalized == false, words[before].tags & PartOfSpeech.adjective.bit != 0 else {
      return nil
    }
    return kinds[words[before - 1].lower]
  }

  /// The names of a sentence, each of the kind that it is announced as.
  static func apply(to names: [NameSpan], _ words: [WordFeatures]) -> [NameSpan] {
    names.map { name in
      guard let kind = kind(of: name, words) else { return name }
      var name = name
      name.kind = kind
      return name
    }
  }
}
