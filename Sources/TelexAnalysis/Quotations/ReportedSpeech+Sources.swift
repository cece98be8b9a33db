import TelexModel
import TelexText

extension ReportedSpeech {
  /// "Les combats ont cessé, a déclaré un porte-parole."
  func clause(before cue: CueOccurrence, in sentence: Range<Int>) -> Draft? {
    let comma = cue.group.lowerBound - 1
    guard cue.form == .finite, comma > sentence.lowerBound, words.isComma(comma), !quotesAll(before: comma, sentence),
      let incise = speech.incise(at: comma + 1, limit: sentence.upperBound, allowsUnknownVerbs: false),
      incise.cue?.verb == cue.verb,
      !words.has(cue.group.upperBound, .que)
    else { return nil }
    var range = words.trimmed(sentence.lowerBound..<comma)
    // "Les analyses, a-t-il dit, ne montrent rien": the incise stands inside what is said.
    let behind = incise.range.upperBound
    if words.isComma(behind), cue.clitic != nil || !hasMainVerb(range), behind + 3 < sentence.upperBound,
      !words.isOpening(behind + 1), !closes(at: behind + 1, sentence)
    {
      let rest = words.trimmed(behind + 1..<clauseEnd(from: behind + 1, sentence, opens: opens(cue, sentence)))
      if !hasMainVerb(range), hasMainVerb(rest) { range = range.lowerBound..<rest.upperBound }
    }
    guard range.count > 2, hasMainVerb(range), speech.passage(of: comma - 1) == nil, !isWholePassage(range) else {
      return nil
    }
    // A subject before the comma would make the phrase behind the verb its object.
    if cue.clitic == nil, lacksVerb(before: comma, range) { return nil }
    return Draft(
      kind: .indirect, parts: [range], speaker: incise.speaker, cue: cue, rule: "indirect/incise", confidence: 0.75)
  }

  /// Whether the words before a comma are in quotation marks from the sentence's first word on.
  private func quotesAll(before comma: Int, _ sentence: Range<Int>) -> Bool {
    guard words.isClosing(comma - 1), words.isQuoteMark(comma - 1), let open = words.partner(of: comma - 1) else {
      return false
    }
    if words.isColon(open - 1) { return true }
    return !(sentence.lowerBound..<max(open, sentence.lowerBound)).contains { words.isWord($0) }
  }

  /// A verb of the clause itself, not of a relative clause in it.
  func hasMainVerb(_ range: Range<Int>) -> Bool {
    var relatives = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if let partner = words.partner(of: index), partner > index, partner < range.upperBound, !words.isQuoteMark(index)
      {
        index = partner + 1
        continue
      }
      if words.has(index, [.relative, .subordinator]) || isCondition(index), !words.has(index, [.adverb, .determiner]) {
        // ", dont deux enfants,": no verb of its own.
        if words.isComma(index - 1), index > range.lowerBound,
          let comma = (index..<range.upperBound).first(where: { words.isComma($0) || words.isFinite($0) }),
          words.isComma(comma)
        {
          index = comma + 1
          continue
        }
        relatives += 1
      } else if words.isFinite(index) {
        if relatives == 0 { return true }
        relatives -= 1
      }
      index += 1
    }
    return false
  }

  /// The "s'" of "s'il" and "s'ils".
  private func isCondition(_ token: Int) -> Bool {
    words.isSpelled(token, Self.s) && (words.isSpelled(token + 1, Self.il) || words.isSpelled(token + 1, Self.ils))
  }

  /// "Le ministre, arrivé hier, a annoncé …": between the commas stands no clause, before them a subject.
  private func lacksVerb(before comma: Int, _ range: Range<Int>) -> Bool {
    guard let open = (range.lowerBound..<comma).last(where: { words.isComma($0) }) else { return false }
    return !hasMainVerb(range.lowerBound..<open) && !hasMainVerb(open + 1..<comma)
  }

  // MARK: Sources

  func hearsay(in sentence: Range<Int>, _ drafts: inout [Draft]) {
    for token in sentence where speech.sources.begins(words.hashes[token]) {
      guard speech.passage(of: token) == nil, let source = speech.hearsay(at: token, limit: sentence.upperBound) else {
        continue
      }
      if let range = content(of: source, in: clause(around: token, sentence)), !range.isEmpty, !isWholePassage(range) {
        let isView = source.lemma == "pour"
        guard !isView || (range.count > 2 && hasMainVerb(range) && !isRank(range)) else { return }
        drafts.append(
          Draft(
            kind: .indirect, parts: [range], speaker: source.speaker, hearsay: source.hearsay, lemma: source.lemma,
            rule: isView ? "indirect/viewpoint" : "indirect/hearsay", confidence: isView ? 0.6 : 0.75))
      }
      return
    }
  }

  /// The part of a sentence between colons that a token stands in; a topic before a colon is no part of what is said.
  private func clause(around token: Int, _ sentence: Range<Int>) -> Range<Int> {
    let low = (sentence.lowerBound..<token).last { words.isColon($0) && speech.passage(of: $0) == nil }
    return (low.map { $0 + 1 } ?? sentence.lowerBound)..<sentence.upperBound
  }

  private static let il = FoldedHash("il").value, ils = FoldedHash("ils").value, s = FoldedHash("s'").value

  /// "Pour Anne Durand, il s'agit d'un cinquième titre": of whom it is so, not whose view it is.
  private func isRank(_ range: Range<Int>) -> Bool {
    guard range.count > 4, words.isSpelled(range.lowerBound, Self.il), words.isSpelled(range.lowerBound + 1, Self.s)
    else {
      return false
    }
    return (range.lowerBound + 3..<min(range.upperBound, range.lowerBound + 7)).contains { token in
      words.tokens[token].kind == .ordinal || words.has(token, .possessive)
        || (words.isWord(token) && words.ends(token, with: "ième"))
    }
  }

  /// "on assure que", "on indique que" behind a source: what is assured.
  private func withoutVerb(_ range: Range<Int>) -> Range<Int> {
    guard words.isImpersonal(range.lowerBound), let cue = speech.cue(startingAt: range.lowerBound + 1),
      cue.form == .finite, !cue.isNegated, words.has(cue.group.upperBound, .que),
      cue.group.upperBound + 1 < range.upperBound
    else { return range }
    return cue.group.upperBound + 1..<range.upperBound
  }

  /// What a source is given for: the clause behind it where it opens the sentence, else the one before.
  private func content(of source: Incise, in sentence: Range<Int>) -> Range<Int>? {
    if source.speaker.via == .relative {
      let start = source.range.upperBound
      return words.trimmed(start..<relativeEnd(from: start, sentence))
    }
    let before = sentence.lowerBound..<source.range.lowerBound
    let isFirst = before.allSatisfy {
      words.has($0, [.but, .and]) || words.isAdverb($0) || words.isComma($0) || words.isOpening($0)
    }
    let leads = before.count < 6 && words.isComma(source.range.lowerBound - 1) && !hasMainVerb(before)
    let behind = source.range.upperBound
    if isFirst || leads, let comma = commaBehind(behind, sentence),
      isFirst || !(words.isFinite(comma + 1) || words.has(comma + 1, [.not, .reflexive]))
    {
      let range = words.trimmed(comma + 1..<remark(behind: comma + 1, sentence))
      return range.isEmpty ? range : withoutVerb(range)
    }
    if isFirst { return nil }
    // "… aurait, selon lui, « menti »": the clause goes on in marks.
    if words.isComma(source.range.lowerBound - 1), words.isFinite(source.range.lowerBound - 2) { return nil }
    // "Le projet, selon elle, coûtera cher": around the source.
    if words.isComma(source.range.lowerBound - 1), words.isComma(behind), !hasMainVerb(before) {
      let rest = behind + 1..<sentence.upperBound
      // "2500 manifestants, selon la police, 4000 selon les syndicats, ont défilé": each gives a number, neither the rest.
      if rest.contains(where: { speech.sources.begins(words.hashes[$0]) && isSource($0, sentence) }) { return nil }
      guard !words.isOpening(behind + 1), hasMainVerb(rest) else { return nil }
      return words.trimmed(sentence)
    }
    if isApposed(before: source.range.lowerBound, sentence) { return nil }
    return words.trimmed(scope(before: source.range.lowerBound, sentence)..<source.range.lowerBound)
  }

  private func isSource(_ token: Int, _ sentence: Range<Int>) -> Bool {
    speech.passage(of: token) == nil && speech.hearsay(at: token, limit: sentence.upperBound) != nil
  }

  private static let ce = FoldedHash("ce").value

  /// "Selon elle, …, ce que le parquet n'a pas confirmé": where the journalist's remark begins, or the sentence ends.
  private func remark(behind start: Int, _ sentence: Range<Int>) -> Int {
    let comma = (start..<sentence.upperBound).last { token in
      words.isComma(token) && token + 2 < sentence.upperBound && words.isSpelled(token + 1, Self.ce)
        && words.has(token + 2, .que) && speech.passage(of: token) == nil
    }
    guard let comma, !speech.cues(in: comma..<sentence.upperBound).isEmpty else { return sentence.upperBound }
    return comma
  }

  /// "… dans ses eaux, une « provocation » selon la ministre": only what she calls it is hers.
  private func isApposed(before token: Int, _ sentence: Range<Int>) -> Bool {
    guard words.isClosing(token - 1), words.isQuoteMark(token - 1), let open = words.partner(of: token - 1),
      open > sentence.lowerBound, let comma = (sentence.lowerBound..<open).last(where: { words.isComma($0) }),
      speech.passage(of: comma) == nil
    else { return false }
    return words.has(comma + 1, [.article, .determiner]) && !hasVerb(comma + 1..<open)
  }

  /// Where the clause begins that a source without a comma before it belongs to.
  private func scope(before token: Int, _ sentence: Range<Int>) -> Int {
    if words.isComma(token - 1) { return sentence.lowerBound }
    let comma = (sentence.lowerBound..<token).last { words.isComma($0) }
    guard let comma, words.has(comma + 1, [.relative, .subordinator]), !words.has(comma + 1, .adverb) else {
      return sentence.lowerBound
    }
    return comma + 2
  }

  /// A relative clause ends with the sentence or at the comma behind its verb.
  private func relativeEnd(from start: Int, _ sentence: Range<Int>) -> Int {
    var hasVerb = false
    var index = start
    while index < sentence.upperBound {
      if words.isFinite(index) { hasVerb = true }
      if let partner = words.partner(of: index), partner > index, partner < sentence.upperBound {
        index = partner + 1
        continue
      }
      if hasVerb, words.isComma(index) { return index }
      index += 1
    }
    return sentence.upperBound
  }

  /// The comma that closes a source opening its sentence, behind its apposition or relative clause.
  func commaBehind(_ start: Int, _ sentence: Range<Int>) -> Int? {
    var index = start
    while index < sentence.upperBound, !words.isComma(index) {
      if let close = words.partner(of: index), close > index, close < sentence.upperBound {
        index = close + 1
        continue
      }
      guard words.isWord(index), !words.isFinite(index) else { return nil }
      index += 1
    }
    guard index < sentence.upperBound else { return nil }
    return apposition(behind: index, sentence) ?? index
  }

  /// Behind "Pour Claire Nogaret,": the comma that closes "économiste chez Oddo BHF," or "qui préside la banque,".
  private func apposition(behind comma: Int, _ sentence: Range<Int>) -> Int? {
    let first = comma + 1
    let limit = min(sentence.upperBound, first + 24)
    guard first < limit, let close = (first..<limit).first(where: { words.isComma($0) || words.isOpening($0) }),
      words.isComma(close), close + 1 < sentence.upperBound
    else { return nil }
    if words.has(first, .relative), !words.has(first, .que) { return hasVerb(first..<close) ? close : nil }
    var head = words.has(first, [.article]) ? first + 1 : first
    // "l'une des chercheuses du projet".
    if words.has(head, .determiner), words.has(head + 1, .of) { head += 2 }
    guard head < close, !hasVerb(first..<close) else { return nil }
    switch speech.nouns.kind(words.hashes[head]) {
    case .function, .person: return close
    default: return words.tokens[first].kind == .number || words.name(at: first) == .person ? close : nil
    }
  }

  private func hasVerb(_ range: Range<Int>) -> Bool { range.contains { words.isFinite($0) } }

  /// "Pour M. Durand, …" at the beginning of a sentence, before words in marks.
  func viewpoint(of sentence: Range<Int>) -> (source: Incise, end: Int)? {
    var index = sentence.lowerBound
    while index < sentence.upperBound, words.has(index, [.but, .and]) || words.isComma(index) { index += 1 }
    guard index < sentence.upperBound, let source = speech.hearsay(at: index, limit: sentence.upperBound) else {
      return nil
    }
    guard let comma = commaBehind(source.range.upperBound, sentence) else { return (source, source.range.upperBound) }
    return (source, comma + 1)
  }
}
