import TelexModel
import TelexText

/// A cue where it stands in the text.
struct CueOccurrence {
  enum Form { case finite, gerund, infinitive, participle }

  /// Index into `CueLexicon.words`.
  var word: Int
  var form: Form
  /// The token of the verb itself, without auxiliary.
  var verb: Int
  /// From the first auxiliary, pronoun or negation to the last word that belongs to the verb.
  var group: Range<Int>
  /// The pronoun behind an inverted verb.
  var clitic: Int?
  var isNegated = false
  var isPassive = false
  var isPlural = false
  /// The auxiliary of an earlier verb that it shares: "a salué l'accord *et promis* de".
  var auxiliary: Int?
}

/// Finds the cues of a dispatch with their auxiliaries, pronouns and negations, in one pass.
struct CueReader {
  let words: Words
  let lexicon: CueLexicon

  func occurrences() -> [CueOccurrence] {
    var found: [CueOccurrence] = []
    for token in words.tokens.indices where words.tokens[token].kind == .word {
      if let one = occurrence(at: token) { found.append(one) }
    }
    return found
  }

  private func occurrence(at token: Int) -> CueOccurrence? {
    let entries = lexicon.entries(of: words.hashes[token])
    guard !entries.isEmpty, words.sentence(of: token) != nil else { return nil }
    for entry in entries {
      if let found = occurrence(at: token, entry) { return found }
    }
    return nil
  }

  private func occurrence(at token: Int, _ entry: CueLexicon.Entry) -> CueOccurrence? {
    let word = lexicon.words[entry.word]
    var last = token
    var clitic: Int?
    for hash in word.tail {
      // "veut-il croire", "fait-on savoir".
      if clitic == nil, words.clitic(behind: last) {
        last += 1
        clitic = last
      }
      guard last + 1 < words.tokens.count, words.hashes[last + 1] == hash else { return nil }
      last += 1
    }
    var found: CueOccurrence?
    if entry.form.contains(.past) { found = compound(token, last, entry.word) }
    if found == nil, entry.form.contains(.finite) { found = simple(token, last, entry) }
    if found == nil, entry.form.contains(.gerund) {
      found = CueOccurrence(word: entry.word, form: .gerund, verb: token, group: token..<last + 1)
    }
    if found == nil, entry.form.contains(.infinitive), !words.isCapitalized(token) {
      found = infinitive(token, last, entry.word)
    }
    if found == nil, entry.form.contains(.past), !words.has(token - 1, .article) {
      found = CueOccurrence(word: entry.word, form: .participle, verb: token, group: token..<last + 1)
    }
    guard var found else { return nil }
    if found.clitic == nil { found.clitic = clitic }
    if found.form == .participle { share(&found) }
    widen(&found)
    if word.isReflexive {
      guard found.group.contains(where: { words.has($0, .reflexive) }) else { return nil }
      found.isPassive = false
    } else if found.group.contains(where: { words.has($0, .reflexive) && $0 < token })
      || words.has(token - 1, .reflexive)
    {
      // "s'assurer que", "se rappeler que" say nothing.
      return nil
    }
    // "Il faut dire que", "c'est dire que": the journalist speaks.
    if found.form == .infinitive, words.has(found.group.lowerBound - 1, [.have, .be, .finite]) {
      found.isNegated = true
    }
    return found
  }

  /// A past participle with its auxiliary before it: "a-t-il ensuite ajouté".
  private func compound(_ token: Int, _ last: Int, _ word: Int) -> CueOccurrence? {
    var index = token - 1
    var steps = 0
    var clitic: Int?
    while index >= 0, steps < 6 {
      if words.has(index, .subjectClitic), words.tokens[index].kind == .clitic {
        clitic = index
      } else if words.has(index, [.have, .haveOpen, .be, .beOpen]), words.tokens[index].kind == .word {
        break
      } else if words.isComma(index), let open = (max(0, index - 6)..<index).last(where: { words.isComma($0) }),
        !(open..<index).contains(where: { words.isFinite($0) })
      {
        // "a, de plus, exigé".
        index = open
      } else if !(words.isAdverb(index) || words.has(index, .aside)) {
        return nil
      }
      index -= 1
      steps += 1
    }
    guard index >= 0, words.has(index, [.have, .haveOpen, .be, .beOpen]),
      words.sentence(of: index) == words.sentence(of: token)
    else { return nil }
    var found = CueOccurrence(word: word, form: .finite, verb: token, group: index..<last + 1, clitic: clitic)
    found.isPassive = words.has(index, [.be, .beOpen])
    var auxiliary = index
    if words.has(index, .beOpen), words.has(index - 1, .have) { auxiliary = index - 1 }
    found.group = auxiliary..<last + 1
    if words.has(auxiliary, [.haveOpen, .beOpen]), !words.has(auxiliary, [.have, .be]) {
      found.form = words.ends(auxiliary, with: "ant") ? .gerund : .infinitive
    }
    found.isPlural = words.ends(auxiliary, with: "nt")
    return found
  }

  /// A participle behind "et" may go on with the auxiliary of a verb before it.
  private func share(_ found: inout CueOccurrence) {
    var index = found.verb - 1
    while index > 0, words.isAdverb(index) || words.has(index, .aside), !words.has(index, .and) { index -= 1 }
    guard words.has(index, .and), let sentence = words.sentence(of: index) else { return }
    let low = max(words.sentences[sentence].lowerBound, index - 60)
    while index > low {
      index -= 1
      if let open = words.partner(of: index), open < index {
        index = open
        continue
      }
      guard words.has(index, .have), words.tokens[index].kind == .word else { continue }
      var behind = index + 1
      while behind < found.verb,
        words.isAdverb(behind) || words.has(behind, [.aside, .never]) || words.tokens[behind].kind == .clitic
          || words.isComma(behind)
      {
        behind += 1
      }
      guard behind < found.verb, words.readings[behind].contains(.participle) else { return }
      found.auxiliary = index
      found.form = .finite
      found.isPlural = words.ends(index, with: "nt")
      return
    }
  }

  private func simple(_ token: Int, _ last: Int, _ entry: CueLexicon.Entry) -> CueOccurrence? {
    // A finite verb stands behind no preposition and no article; "l'", "la" may be pronouns where no noun looks like it.
    if words.has(token, .homograph), words.has(token - 1, [.article, .preposition]) { return nil }
    if words.has(token - 1, .article), !words.has(token - 1, .object) { return nil }
    if words.has(token - 1, .preposition), !words.has(token - 1, .object) { return nil }
    if words.isCapitalized(token), !words.tokens[token].beginsLine,
      words.sentence(of: token - 1) == words.sentence(of: token)
    {
      return nil
    }
    let clitic = words.has(token + 1, .subjectClitic) && words.tokens[token + 1].kind == .clitic ? token + 1 : nil
    return CueOccurrence(
      word: entry.word, form: .finite, verb: token, group: token..<max(last, clitic ?? last) + 1, clitic: clitic,
      isPlural: entry.form.contains(.plural))
  }

  /// An infinitive; one that a verb like "tenir à" carries counts as that verb's form.
  private func infinitive(_ token: Int, _ last: Int, _ word: Int) -> CueOccurrence? {
    var found = CueOccurrence(word: word, form: .infinitive, verb: token, group: token..<last + 1)
    var index = token - 1
    while index >= 0, words.has(index, .object) || words.isAdverb(index) { index -= 1 }
    if words.has(index, .without) { found.isNegated = true }
    if words.has(index, [.of, .preposition]) { index -= 1 }
    if words.has(index, .without) { found.isNegated = true }
    while index >= 0, words.isAdverb(index) { index -= 1 }
    guard index >= 0, words.has(index, .carrier), words.sentence(of: index) == words.sentence(of: token) else {
      return found
    }
    found.form = words.ends(index, with: "ant") ? .gerund : .finite
    found.group = index..<last + 1
    while index > 0, words.has(index - 1, [.have, .be]) || words.isAdverb(index - 1) {
      index -= 1
      found.group = index..<last + 1
    }
    found.isPlural = words.ends(index, with: "nt")
    return found
  }

  /// Takes in the pronouns and negations before the verb.
  private func widen(_ found: inout CueOccurrence) {
    var index = found.group.lowerBound - 1
    while index >= 0, words.sentence(of: index) == words.sentence(of: found.verb) {
      if words.has(index, .not) {
        found.isNegated = true
      } else if !(words.has(index, .object) && !words.has(index, .relative)) {
        break
      }
      // "Nous", "vous" and "elle" before a verb are its subject.
      if words.has(index, .subject), !words.has(index, .reflexive) { break }
      index -= 1
    }
    found.group = index + 1..<found.group.upperBound
    if found.isNegated, found.form != .infinitive {
      // "n'a dit que": no word of negation behind it leaves it affirmed.
      let behind = found.group.lowerBound..<min(found.group.upperBound + 3, words.tokens.count)
      found.isNegated =
        behind.contains { words.has($0, .never) || words.ends($0, with: "plus") || words.ends($0, with: "rien") }
        || !words.has(found.group.upperBound, .que)
    }
  }
}
