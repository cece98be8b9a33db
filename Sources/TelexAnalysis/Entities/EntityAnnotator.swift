import TelexLanguage
import TelexModel
import TelexText

/// Makes of the names of a dispatch the persons, bodies and places they name: merges their spellings, leads demonyms to
/// their places, finds towns on the map, reads the functions and genders of persons, leads descriptions ("le chef de la
/// diplomatie américaine") back to them, and tells groups and governments.
package struct EntityAnnotator: Annotator {
  private let nouns: SpeakerNouns
  private let known: KnownNames
  private let equivalents: RoleEquivalents
  private let roleKinds: RoleKinds
  private let placeKinds: PlaceKinds
  private let verbs: GovernmentVerbs
  private let places: Places
  private let givenNames: GivenNames

  /// - Throws: `ResourceError` where data is missing or damaged.
  init(resources: ResourceDirectory, language: Language, nouns: SpeakerNouns) throws(ResourceError) {
    self.nouns = nouns
    known = try KnownNames(resources: resources)
    equivalents = try RoleEquivalents(resources: resources)
    roleKinds = try RoleKinds(resources: resources)
    placeKinds = try PlaceKinds(resources: resources)
    verbs = try GovernmentVerbs(resources: resources, vocabulary: language.vocabulary)
    places = language.places
    givenNames = language.givenNames
  }

  package func annotate(_ document: inout Document) {
    guard let words = document.words else { return }
    let gender = PersonGender(words: words, nouns: nouns, names: givenNames)
    CommonNames(words: words, known: known, kinds: placeKinds).read(into: &document)
    let geography = Geography(document, words: words, known: known, map: places)
    var identity = Identity(document, words: words, known: known, map: places, geography: geography, gender: gender)
    identity.merge()
    identity.write(to: &document)
    DemonymReader(words: words, known: known, geography: geography).read(into: &document)
    PlaceResolver(words: words, places: places, known: known, kinds: placeKinds).resolve(&document, geography)
    let phrases = NounPhrases(words: words, nouns: nouns)
    let persons = document.mentions.filter { $0.kind == .person && $0.entity != nil }
    var starts: [Int: String] = [:]
    var inside = [Bool](repeating: false, count: document.tokens.count)
    for person in persons {
      let tokens = document.tokens.indices(in: person.span)
      starts[tokens.lowerBound] = person.entity
      for token in tokens { inside[token] = true }
    }
    var ends: [Int: Int] = [:]
    for mention in document.mentions where mention.kind == .organization || mention.kind == .location {
      let tokens = document.tokens.indices(in: mention.span)
      if mention.form == .name { ends[tokens.lowerBound] = tokens.upperBound }
    }
    let reader = RoleReader(
      words: words, nouns: nouns, phrases: phrases, personStarts: starts, personTokens: inside, nameEnds: ends)
    var descriptions = Descriptions(
      reader: reader, equivalents: equivalents, kinds: roleKinds, gender: gender, document: document)
    descriptions.read(&document)
    descriptions.write(to: &document)
    Groups(words: words, nouns: nouns, phrases: phrases).read(into: &document)
    Metonymy(words: words, verbs: verbs).mark(&document)
    identify(&document)
    EntityOrder.apply(to: &document)
    Salience.weigh(&document)
    document.words = words.named(in: document)
  }

  /// A person whom no register knows here gets an id made of the name, the same in every dispatch.
  private func identify(_ document: inout Document) {
    for index in document.entities.indices where document.entities[index].kind == .person {
      let name = folded(Array(document.entities[index].name.utf8), .bare).split { byte in
        byte < 0x80 && !(byte >= 0x61 && byte <= 0x7A) && !(byte >= 0x30 && byte <= 0x39)
      }
      guard name.count > 1 else { continue }
      document.entities[index].identifiers["local"] =
        "person:" + String(decoding: Array(name.joined(separator: [0x2D])), as: UTF8.self)
    }
  }
}
