package import TelexLanguage
import TelexModel
package import TelexText

/// Marks countries, capitals and houses that stand for their government: "Washington a annoncé", "selon Paris",
/// "pressent les Etats-Unis de …". The entity stays what it is.
struct Metonymy {
  let words: Words
  let verbs: GovernmentVerbs

  func mark(_ document: inout Document) {
    var seats: [String: Bool] = [:]
    for entity in document.entities {
      let isSeat = entity.subtype == "capital" || entity.subtype == "seat"
      if entity.subtype == "country" || isSeat { seats[entity.id] = isSeat }
    }
    for index in document.mentions.indices where document.mentions[index].form == .name {
      guard let id = document.mentions[index].entity, let isSeat = seats[id] else { continue }
      let tokens = words.tokens.indices(in: document.mentions[index].span)
      guard let sentence = words.sentence(of: tokens.lowerBound) else { continue }
      if isActor(tokens, words.sentences[sentence], isSeat: isSeat) {
        document.mentions[index].standsFor = "government"
      }
    }
  }

  private func isActor(_ name: Range<Int>, _ sentence: Range<Int>, isSeat: Bool) -> Bool {
    var before = name.lowerBound - 1
    if words.has(before, .article), !words.has(before, .of), !words.has(before, .preposition) { before -= 1 }
    let low = sentence.lowerBound
    if before >= low {
      let isElided = before > low && words.tokens[before - 1].kind == .elision
      if words.has(before, .hearsay), words.ends(before, with: "elon") || isElided { return true }
      // "imposées par Moscou", "a annoncé Washington", "pressent Paris de".
      if words.ends(before, with: "ar"), words.has(before, .preposition), isVerb(before - 1, low) { return true }
      if !words.has(before, [.preposition, .of]) {
        if isVerb(before, low) {
          return isSaid(before, low) || words.has(name.upperBound, .of) && words.isInfinitive(name.upperBound + 1)
        }
      } else {
        return false
      }
    }
    return acts(name.upperBound, sentence.upperBound)
  }

  /// A cue in inversion: its subject stands behind it, so none stands before.
  private func isSaid(_ verb: Int, _ low: Int) -> Bool {
    var start = verb
    while start > low, words.has(start - 1, [.have, .be, .not, .reflexive, .never]) { start -= 1 }
    return start == low || words.isComma(start - 1) || words.isQuoteMark(start - 1)
  }

  /// The verb behind the name is one of those that governments do.
  private func acts(_ start: Int, _ limit: Int) -> Bool {
    var index = start
    if index < limit, words.tokens[index].kind == .openBracket, let close = words.partner(of: index), close > index {
      index = close + 1
    }
    var steps = 0
    while index < limit, steps < 6 {
      if words.has(index, [.not, .reflexive, .object, .never, .have]) || words.isAdverb(index)
        || words.has(index, .carrier) || words.has(index, .aside) && !words.isComma(index)
      {
        if verbs.contains(words, index), !words.has(index, .have) { return true }
        index += 1
        steps += 1
        continue
      }
      return verbs.contains(words, index)
    }
    return false
  }

  private func isVerb(_ token: Int, _ low: Int) -> Bool {
    var token = token
    while token > low, words.isAdverb(token) || words.has(token, .day) { token -= 1 }
    return token >= low && verbs.contains(words, token)
  }
}

/// Verbs whose subject, if it is a country or capital, is its government (`government-verbs.tsv`).
package struct GovernmentVerbs: Sendable {
  private let stems: FoldedSet
  private let vocabulary: Vocabulary

  /// - Throws: `ResourceError` where the table can't be read.
  package init(resources: ResourceDirectory, vocabulary: Vocabulary) throws(ResourceError) {
    let table = try ResourceTable("government-verbs.tsv", of: "TelexAnalysis", in: resources)
    var stems: Set<UInt64> = []
    for row in table.rows {
      for verb in row.fields.joined(separator: " ").split(separator: " ") {
        stems.insert(FoldedHash(String(verb)).value)
      }
    }
    self.stems = FoldedSet(stems)
    self.vocabulary = vocabulary
  }

  /// Whether a token can be a form of one of them.
  func contains(_ words: Words, _ token: Int) -> Bool {
    guard words.tokens.indices.contains(token), words.tokens[token].kind == .word,
      !words.readings[token].isDisjoint(with: [.finite, .participle, .infinitive])
    else { return false }
    let form = folded(words.text[words.tokens[token].span], .lower)
    let entry = vocabulary.entry(of: form)
    guard entry.set != 0 else { return false }
    return vocabulary.analyses(ofSet: entry.set).contains { analysis in
      analysis.mood != .none && stems.contains(FoldedHash(vocabulary.lemma(of: form, analysis)).value)
    }
  }
}
