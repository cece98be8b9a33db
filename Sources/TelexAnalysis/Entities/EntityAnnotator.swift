package import TelexLanguage
import TelexModel
package import TelexText

/// Makes of the names of a dispatch the persons, bodies and places they name: merges their spellings, reads the functions
/// of persons, and leads descriptions ("le chef de la diplomatie américaine") back to them.
package struct EntityAnnotator: Annotator {
  private let classes: WordClasses
  private let nouns: SpeakerNouns
  private let known: KnownNames
  private let equivalents: RoleEquivalents
  private let vocabulary: Vocabulary

  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory, language: Language) throws(ResourceError) {
    classes = try WordClasses(resources: resources)
    nouns = try SpeakerNouns(resources: resources)
    known = try KnownNames(resources: resources)
    equivalents = try RoleEquivalents(resources: resources)
    vocabulary = language.vocabulary
  }

  package func annotate(_ document: inout Document) {
    guard !document.mentions.isEmpty else { return }
    let words = Words(document, classes: classes, vocabulary: vocabulary)
    var identity = Identity(document, words: words, known: known)
    identity.merge()
    identity.write(to: &document)
    let phrases = NounPhrases(words: words, nouns: nouns, cueStarts: [])
    let persons = document.mentions.filter { $0.kind == .person && $0.entity != nil }
    var starts: [Int: String] = [:]
    var inside: Set<Int> = []
    for person in persons {
      let tokens = document.tokens.indices(in: person.span)
      starts[tokens.lowerBound] = person.entity
      inside.formUnion(tokens)
    }
    let reader = RoleReader(words: words, nouns: nouns, phrases: phrases, personStarts: starts, personTokens: inside)
    var descriptions = Descriptions(reader: reader, equivalents: equivalents, document: document)
    descriptions.read()
    descriptions.write(to: &document)
    weigh(&document)
  }

  /// How much a dispatch is about somebody: how often it speaks of them against the one it speaks of most, and whether
  /// its headline or first paragraph does.
  private func weigh(_ document: inout Document) {
    var counts: [String: Int] = [:]
    var leading: Set<String> = []
    let lead = document.blocks.first { $0.role == .lead || $0.role == .paragraph }?.span.end ?? 0
    for mention in document.mentions {
      guard let id = mention.entity else { continue }
      counts[id, default: 0] += 1
      if mention.span.end <= lead { leading.insert(id) }
    }
    let most = Double(counts.values.max() ?? 1)
    for index in document.entities.indices {
      let id = document.entities[index].id
      let share = Double(counts[id] ?? 0) / most
      document.entities[index].salience = (share * 0.7 + (leading.contains(id) ? 0.3 : 0))
    }
  }
}
