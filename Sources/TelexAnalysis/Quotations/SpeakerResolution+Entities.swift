import TelexModel
import TelexText

/// The entity that a noun phrase names.
extension SpeakerResolution {
  /// A noun phrase as a reference: its entity where it names one, and its words.
  func reference(_ range: Range<Int>) -> Reference? {
    guard let span = speech.words.span(range) else { return nil }
    return Reference(entity(named: range).map { .entity($0) } ?? .unnamed, span: span)
  }

  /// The entity that a noun phrase names: the name it is, or the name of a person behind a function.
  func entity(named range: Range<Int>) -> String? {
    guard let span = speech.words.span(range) else { return nil }
    let inside = mentions.beginning(in: span).filter {
      $0.entity != nil && $0.form != .pronoun && span.contains($0.span)
    }
    guard let first = inside.first else { return nil }
    if isOffice(range) { return nil }
    // A description that was led back already.
    if let head = range.first(where: { speech.words.isWord($0) && !speech.words.has($0, [.article, .determiner]) }),
      let described = inside.first(where: {
        $0.form == .nominal && $0.span.start <= Int(speech.words.tokens[head].start)
      })
    {
      return described.entity
    }
    // "le CEO, Jean Durand", "le porte-parole du gouvernement, le colonel Jean Durand": the name in apposition.
    if let person = inside.first(where: { $0.kind == .person }) {
      let token = speech.words.tokens.firstIndex(notBefore: person.span.start)
      var before = speech.words.has(token - 1, .title) ? token - 2 : token - 1
      if before > range.lowerBound, speech.nouns.kind(speech.words.hashes[before]) == .function { before -= 1 }
      if before > range.lowerBound, before < token - 1, speech.words.has(before, .article) { before -= 1 }
      if speech.words.isComma(before), person.span.end == span.end { return person.entity }
    }
    // The phrase itself is a name.
    let before = Span(span.start, first.span.start)
    let lead = speech.words.tokens.indices(in: before)
    if lead.allSatisfy({ speech.words.has($0, [.title, .article, .determiner]) || speech.words.isQuoteMark($0) }) {
      return first.entity
    }
    let head = range.first { speech.nouns.kind(speech.words.hashes[$0]) != nil }.flatMap {
      speech.nouns.kind(speech.words.hashes[$0])
    }
    // "le ministre …, Jean Durand": the last person's name, unless a preposition stands before it.
    if head == .function || head == .person, let person = inside.last(where: { $0.kind == .person }) {
      let token = speech.words.tokens.firstIndex(notBefore: person.span.start)
      if !speech.words.has(token - 1, [.of, .preposition]),
        !(speech.words.has(token - 1, .title) && speech.words.has(token - 2, [.of, .preposition]))
      {
        return person.entity
      }
      return nil
    }
    // "la substitute Charlotte Delvaux": whoever is named in full right behind a noun that nobody listed.
    if head == nil, let person = inside.last, person.kind == .person, person.span.end == span.end,
      speech.words.tokens.indices(in: person.span).count > 1, lead.count <= 3, person == first,
      lead.contains(where: { speech.words.has($0 - 1, [.article, .determiner]) }),
      lead.allSatisfy({
        speech.words.has($0, [.article, .determiner]) && $0 == lead.lowerBound
          || speech.words.isWord($0) && !speech.words.isCapitalized($0) && !speech.words.has($0, [.of, .preposition])
      })
    {
      return person.entity
    }
    // "la chaîne américaine ABC": the name right behind a body's noun and its adjectives.
    if head == .body || head == .document || head == nil {
      let token = speech.words.tokens.firstIndex(notBefore: first.span.start)
      if first.kind != .person, first.span.end == span.end, !speech.words.has(token - 1, [.of, .preposition, .article])
      {
        return first.entity
      }
    }
    return nil
  }

  /// "le cabinet du ministre, Paul Lambert": those around somebody speak, not that person.
  private func isOffice(_ range: Range<Int>) -> Bool {
    let words = speech.words
    guard
      let head = range.first(where: { words.isWord($0) && !words.has($0, [.article, .determiner]) }),
      head + 1 < range.upperBound
    else { return false }
    return words.has(head, .office) && words.has(head + 1, .of)
  }
}
