import TelexModel
import TelexText

/// Who a pronoun or a carried cue can stand for.
extension SpeakerResolution {
  /// Whether another person, of the gender asked for or of none that is known, was named between a speaker's words and a token.
  func isSomebodyElse(than speaker: Antecedent, namedBefore token: Int, isFeminine: Bool) -> Bool {
    let start = speaker.reference.span.end
    return mentions.beginning(in: Span(start, max(start, Int(speech.words.tokens[token].start)))).contains { mention in
      guard mention.kind == .person, mention.form == .name, let id = mention.entity,
        genders[id].map({ ($0 == "f") == isFeminine }) ?? true
      else { return false }
      return speaker.reference.resolution != .entity(id)
    }
  }

  func isAffair(_ antecedent: Antecedent) -> Bool {
    guard case .entity(let id) = antecedent.reference.resolution else { return false }
    return kinds[id] == .event || kinds[id] == .product
  }

  /// Whether a subject that did not speak yet is somebody whom a pronoun can stand for: no "vidéo de Paul Lambert".
  func isSomebody(_ antecedent: Antecedent) -> Bool {
    if isNamed(antecedent) { return true }
    let words = speech.words
    for token in words.tokens.indices(in: antecedent.reference.span) {
      if words.has(token, .of), token > antecedent.range.lowerBound { return false }
      if words.name(at: token) != nil { return true }
      if let kind = speech.nouns.kind(words.hashes[token]) { return kind != .thing }
    }
    return false
  }

  /// "les islamistes …, ont-ils écrit": the nearest noun of persons in the plural before a pronoun.
  func plural(before token: Int) -> Antecedent? {
    guard let sentence = speech.words.sentence(of: token) else { return nil }
    let low = speech.words.sentences[max(0, sentence - 1)].lowerBound
    let head = (low..<token).last { index in
      guard index > low, speech.nouns.kind(speech.words.hashes[index]) != nil, speech.passage(of: index) == nil else {
        return false
      }
      return speech.nouns.isPlural(speech.words.hashes[index]) && speech.words.has(index - 1, .article)
        && speech.words.ends(index - 1, with: "es")
    }
    guard let head, let phrase = speech.phrases.forward(from: head, limit: token), let span = speech.words.span(phrase)
    else { return nil }
    let resolution: Reference.Resolution = entity(named: phrase).map { .entity($0) } ?? .unnamed
    return Antecedent(range: phrase, reference: Reference(resolution, span: span), isPlural: true, isFeminine: nil)
  }

  /// The nearest phrase before a token that names somebody who can act, in its sentence or the one before.
  func last(before token: Int) -> Antecedent? {
    guard let sentence = speech.words.sentence(of: token) else { return nil }
    let low = speech.words.sentences[max(0, sentence - 1)].lowerBound
    var index = token - 1
    while index > low {
      let kind = speech.nouns.kind(speech.words.hashes[index])
      if kind == .function || kind == .person || kind == .body, speech.words.has(index - 1, .article),
        let phrase = speech.phrases.forward(from: index, limit: token), let found = antecedent(phrase)
      {
        return found
      }
      if let name = mentions.beginning(
        in: Span(Int(speech.words.tokens[max(low, index - 8)].start), Int(speech.words.tokens[index].end))
      )
      .last(where: { $0.span.end == Int(speech.words.tokens[index].end) && $0.form == .name }),
        name.kind != .location, let id = name.entity
      {
        return Antecedent(
          range: index..<index + 1, reference: Reference(.entity(id), span: name.span), isPlural: false, isFeminine: nil
        )
      }
      index -= 1
    }
    return nil
  }

  /// Who goes on speaking in "…, ajoutant que": the last speaker of the sentence, or its subject.
  func carrier(at token: Int) -> Antecedent? {
    guard let sentence = speech.words.sentence(of: token) else { return nil }
    let range = speech.words.sentences[sentence]
    if let last = recent.last(where: { range.contains($0.range.lowerBound) }) { return last }
    // A sentence that begins with the quotation itself goes on from the one before.
    if speech.words.isOpening(range.lowerBound), let last = recent.last { return last }
    // "Et d'ajouter:".
    if speech.words.has(range.lowerBound, .and), speech.words.has(range.lowerBound + 1, .of), let last = recent.last {
      return last
    }
    guard let subject = speech.phrases.mainSubject(of: range) else { return nil }
    return subject.via == .pronoun ? antecedent(ofPronoun: subject.range.lowerBound) : antecedent(subject.range)
  }
}
