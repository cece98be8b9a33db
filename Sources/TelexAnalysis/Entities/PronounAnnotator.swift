import TelexModel
package import TelexText

/// Adds the pronouns and possessives that mean somebody of the dispatch: "a-t-il", "elle", "son", "leurs", "celui-ci".
///
/// It runs behind the quotations, whose speakers it takes over. What nothing decides is left out: a pronoun may as well mean
/// a noun that is no entity.
package struct PronounAnnotator: Annotator {
  private let nouns: SpeakerNouns
  private let impersonal: ImpersonalWords

  /// - Throws: `ResourceError` where data is missing or damaged.
  init(resources: ResourceDirectory, nouns: SpeakerNouns) throws(ResourceError) {
    self.nouns = nouns
    impersonal = try ImpersonalWords(resources: resources)
  }

  package func annotate(_ document: inout Document) {
    guard let words = document.words, !document.entities.isEmpty else { return }
    let subjects = SentenceSubjects(document, words: words, nouns: nouns)
    var reader = PronounReader(document, words: words, subjects: subjects, impersonal: impersonal)
    reader.read()
    giveBodies(reader.found, words, &document)
    document.mentions += reader.found
    document.mentions.sort { $0.span < $1.span }
    Salience.weigh(&document)
  }

  /// "Mme Lambert …, son porte-parole Marc Durand": the function belongs to whom the possessive means.
  private func giveBodies(_ pronouns: [Mention], _ words: Words, _ document: inout Document) {
    var owners: [Int: Mention] = [:]
    for pronoun in pronouns where pronoun.rule.hasPrefix("possessive") {
      owners[words.tokens.firstIndex(notBefore: pronoun.span.start)] = pronoun
    }
    guard !owners.isEmpty else { return }
    for entity in document.entities.indices {
      for role in document.entities[entity].roles.indices where document.entities[entity].roles[role].of == nil {
        let first = words.tokens.firstIndex(notBefore: document.entities[entity].roles[role].span.start)
        guard let owner = owners[first - 1], let id = owner.entity, id != document.entities[entity].id else { continue }
        document.entities[entity].roles[role].of = Reference(.entity(id), span: owner.span)
      }
    }
  }
}

/// What stands behind an "il" that means nobody (`impersonal.tsv`).
package struct ImpersonalWords: Sendable {
  private let verbs: FoldedSet
  private let adjectives: FoldedSet

  /// - Throws: `ResourceError` where the table can't be read or has a row of another kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("impersonal.tsv", of: "TelexAnalysis", in: resources)
    var verbs: Set<UInt64> = []
    var adjectives: Set<UInt64> = []
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "a kind and words are due") }
      let hashes = row.fields[1].split(separator: " ").map { FoldedHash(String($0)).value }
      switch row.fields[0] {
      case "verb": verbs.formUnion(hashes)
      case "predicate": adjectives.formUnion(hashes)
      default: throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
    self.verbs = FoldedSet(verbs)
    self.adjectives = FoldedSet(adjectives)
  }

  /// Whether the "il" before a verb means nobody: "il faut", "il s'agit", "il est possible que".
  func isImpersonal(behind start: Int, _ words: Words) -> Bool {
    var index = start
    var steps = 0
    var sawBe = false
    while words.tokens.indices.contains(index), steps < 6 {
      if verbs.contains(words.hashes[index]) { return true }
      if sawBe, adjectives.contains(words.hashes[index]) { return true }
      if words.has(index, [.be, .beOpen]) { sawBe = true }
      guard words.has(index, [.not, .reflexive, .never, .have, .be, .beOpen, .object]) || words.isAdverb(index) else {
        // "il a été décidé de …": a participle and a clause.
        return sawBe && words.has(index + 1, .of) && words.isInfinitive(index + 2)
          || sawBe && words.has(index + 1, .que)
      }
      index += 1
      steps += 1
    }
    return false
  }
}
