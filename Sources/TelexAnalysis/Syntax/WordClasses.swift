package import TelexText

/// What a small word can do in a sentence; a word may do several things.
package struct WordClass: OptionSet, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }

  private init(bit: UInt64) { rawValue = 1 &<< bit }

  /// avoir and être in the third person, and their infinitives and participles.
  package static let have = WordClass(bit: 0), haveOpen = WordClass(bit: 1)
  package static let be = WordClass(bit: 2), beOpen = WordClass(bit: 3)
  package static let que = WordClass(bit: 4), relative = WordClass(bit: 5), question = WordClass(bit: 6)
  package static let not = WordClass(bit: 7), never = WordClass(bit: 8)
  package static let subject = WordClass(bit: 9), subjectClitic = WordClass(bit: 10)
  package static let object = WordClass(bit: 11), reflexive = WordClass(bit: 12)
  /// What can begin a noun phrase, and the part of it that never stands before a verb's own form.
  package static let determiner = WordClass(bit: 13), article = WordClass(bit: 14)
  package static let of = WordClass(bit: 15), preposition = WordClass(bit: 16), adjunct = WordClass(bit: 17)
  package static let and = WordClass(bit: 18), but = WordClass(bit: 19), subordinator = WordClass(bit: 20)
  package static let title = WordClass(bit: 21), day = WordClass(bit: 22), adverb = WordClass(bit: 23)
  package static let hearsay = WordClass(bit: 24), finite = WordClass(bit: 25)
  /// A noun that looks like a form of a cue: "la demande".
  package static let homograph = WordClass(bit: 26)
  /// Parts of "pour sa part", "de son côté", "à son tour".
  package static let aside = WordClass(bit: 27)
  /// A verb that carries the infinitive of a cue: "tient à souligner".
  package static let carrier = WordClass(bit: 28)
  /// A noun or verb that gives a name to what stands in quotation marks: "le film « … »".
  package static let naming = WordClass(bit: 29)

  /// A function that takes a complement with à: "secrétaire d'Etat à l'Economie".
  package static let complementHead = WordClass(bit: 30)
  /// What makes a conjunction or comparison of the "que" behind it.
  package static let notQue = WordClass(bit: 31)
  /// Before an infinitive: what it says is not said ("sans préciser", "a refusé de dire").
  package static let without = WordClass(bit: 32)
  package static let possessive = WordClass(bit: 33)
  /// Words that begin a sentence like a name but name nobody: "personne", "rien", "tout".
  package static let nobody = WordClass(bit: 34)
  /// "je", "mon" and "nous", "notre" with all their forms.
  package static let firstSingular = WordClass(bit: 35), firstPlural = WordClass(bit: 36)
  /// Who speaks for somebody: "porte-parole", "avocat", "cabinet".
  package static let spokesperson = WordClass(bit: 37)
  /// Those around somebody who speak for that person: "cabinet", "entourage".
  package static let office = WordClass(bit: 38)
  /// A noun for what somebody said, whose complement is what was said: "la promesse de".
  package static let announcement = WordClass(bit: 39)
  /// What stands between determiner and noun in the plural: numbers, and adjectives like "anciens".
  package static let prenominal = WordClass(bit: 40)

  static let byName: [String: WordClass] = [
    "have": .have, "have-open": .haveOpen, "be": .be, "be-open": .beOpen, "que": .que, "relative": .relative,
    "question": .question, "not": .not, "never": .never, "subject": .subject, "subject-clitic": .subjectClitic,
    "object": .object, "reflexive": .reflexive, "determiner": .determiner, "article": .article, "of": .of,
    "preposition": .preposition, "adjunct": .adjunct, "and": .and, "but": .but, "subordinator": .subordinator,
    "title": .title, "day": .day, "adverb": .adverb, "hearsay": .hearsay, "finite": .finite, "homograph": .homograph,
    "aside": .aside, "carrier": .carrier, "naming": .naming, "complement-head": .complementHead, "not-que": .notQue,
    "without": .without, "possessive": .possessive, "nobody": .nobody,
    "first-singular": .firstSingular, "first-plural": .firstPlural, "spokesperson": .spokesperson, "office": .office,
    "announcement": .announcement, "prenominal": .prenominal,
  ]
}

/// The table of small words (`word-classes.tsv`).
package struct WordClasses: Sendable {
  private let classes: FoldedTable<WordClass>

  /// - Throws: `ResourceError` where the table can't be read or names an unknown class.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("word-classes.tsv", of: "TelexAnalysis", in: resources)
    var classes: [UInt64: WordClass] = [:]
    for row in table.rows {
      guard row.fields.count == 2, let kind = WordClass.byName[row.fields[0]] else {
        throw table.error(row, "a known class and words are due")
      }
      for word in row.fields[1].split(separator: " ") {
        classes[FoldedHash(String(word)).value, default: []].insert(kind)
      }
    }
    self.classes = FoldedTable(classes)
  }

  package subscript(_ hash: UInt64) -> WordClass { classes[hash] ?? [] }
}
