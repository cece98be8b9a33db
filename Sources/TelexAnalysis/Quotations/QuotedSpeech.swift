import TelexModel
import TelexText

/// Finds direct and mixed quotations: what stands in quotation marks, and whose words it is.
struct QuotedSpeech {
  let speech: Speech
  let reported: ReportedSpeech
  /// By token: it stands in a headline or intertitle.
  let headings: [Bool]
  private var words: Words { speech.words }

  /// - Parameter indirect: the indirect quotations, whose speakers own the passages within them.
  func drafts(within indirect: [Draft]) -> [Draft] {
    let owners = Dictionary(grouping: indirect) { words.sentence(of: $0.range.lowerBound) ?? -1 }
    var drafts: [Draft] = []
    // The last passage with its own speaker, for those that carry it on.
    var previous: (passage: Int, draft: Draft, end: Int)?
    var waiting: [Int] = []
    for (index, passage) in speech.passages.enumerated() where passage.depth == 0 {
      guard let kind = kind(of: passage) else { continue }
      if headings[passage.open] {
        // A headline names its speaker, or repeats what the body tells (`HeadingEcho`).
        let owners = owners[words.sentence(of: passage.open) ?? -1] ?? []
        if let draft = attributed(passage, kind, within: owners), !isTopic(draft) { drafts.append(draft) }
        continue
      }
      if let halves = interrupted(passage) {
        drafts += halves
        previous = (index, drafts[drafts.count - 1], passage.close)
        waiting = []
      } else if var draft = attributed(passage, kind, within: owners[words.sentence(of: passage.open) ?? -1] ?? []) {
        if draft.rule.hasSuffix("/incise") { share(draft, with: &drafts) }
        drafts.append(draft)
        // A passage that stands right before one with an incise has its speaker.
        for earlier in waiting.reversed() {
          guard
            speech.passages[earlier].close + 1 == speech.passages[(waiting.last == earlier ? index : earlier + 1)].open
          else { break }
          draft.parts = speech.passages[earlier].parts
          draft.rule = "direct/shared"
          draft.kind = .direct
          drafts.append(draft)
        }
        previous = (index, drafts[drafts.count - 1], max(passage.close, draft.speaker?.range.upperBound ?? 0))
        waiting = []
      } else if let last = previous, let carried = continued(passage, kind, last) {
        drafts.append(carried)
        previous = (index, carried, passage.close)
        waiting = []
      } else if kind == .mixed, let draft = fragment(passage) {
        drafts.append(draft)
        waiting = []
      } else if kind == .direct {
        waiting.append(index)
        let isBracketed = passage.open > 0 && words.tokens[passage.open - 1].kind == .openBracket
        if passage.range.count > 5 && !isBracketed || isSentence(passage) {
          drafts.append(Draft(kind: .direct, parts: passage.parts, rule: "direct/unattributed", confidence: 0.5))
        }
      }
    }
    return Self.unique(drafts)
  }

  /// "il « refuse » et « se tait », dit-il": fragments before an incise in its sentence have its speaker.
  private func share(_ draft: Draft, with drafts: inout [Draft]) {
    let sentence = words.sentence(of: draft.range.lowerBound)
    for index in drafts.indices.reversed() {
      guard words.sentence(of: drafts[index].range.lowerBound) == sentence, drafts[index].rule == "mixed/subject" else {
        return
      }
      drafts[index].speaker = draft.speaker
      drafts[index].cue = draft.cue
      drafts[index].rule = "mixed/shared"
    }
  }

  /// "Retraites: « … »": in a headline what stands before the colon is most often the topic.
  private func isTopic(_ draft: Draft) -> Bool {
    guard draft.rule.hasSuffix("/colon"), draft.cue == nil, let speaker = draft.speaker else { return false }
    return !speaker.range.contains { token in
      switch words.name(at: token) {
      case .person, .organization: true
      default: speech.nouns.kind(words.hashes[token]) == .function
      }
    }
  }

  /// One draft for a passage: the one with a speaker.
  private static func unique(_ drafts: [Draft]) -> [Draft] {
    var seen: [Int: Int] = [:]
    var result: [Draft] = []
    for draft in drafts {
      if let known = seen[draft.range.lowerBound] {
        if result[known].speaker == nil { result[known] = draft }
      } else {
        seen[draft.range.lowerBound] = result.count
        result.append(draft)
      }
    }
    return result
  }

  // MARK: What kind of words

  /// Direct for at least a clause, mixed for less; nil for a name, a title or a single word used with reserve.
  private func kind(of passage: QuotedPassage) -> Quotation.Kind? {
    let range = passage.range
    guard range.contains(where: { words.isWord($0) }) else { return nil }
    if isName(passage) { return nil }
    return isClause(passage) ? .direct : .mixed
  }

  private func isName(_ passage: QuotedPassage) -> Bool {
    let range = passage.range
    let content = range.filter { words.isWord($0) && !words.has($0, [.of, .article, .preposition, .and]) }
    if words.has(passage.open - 1, .naming), range.count <= 8, !words.isFinite(range.lowerBound + 1),
      speech.cues(in: passage.open - 1..<passage.open).allSatisfy({ $0.form == .participle })
    {
      return true
    }
    guard range.count <= 8, words.isCapitalized(range.lowerBound),
      !words.has(range.lowerBound, [.adverb, .never]) || words.name(at: range.lowerBound) != nil,
      !range.contains(where: { words.isComma($0) })
    else { return false }
    if content.count > 1, content.allSatisfy({ words.isCapitalized($0) }) { return true }
    // One capitalised word, or a title behind a noun: « Quotidien », le film « Le Dernier Jour ».
    if isSentence(passage) || words.tokens[range.upperBound - 1].kind == .terminator { return false }
    if content.count <= 1, !words.isComma(passage.close + 1), !words.isColon(passage.open - 1) { return true }
    let before = passage.open - 1
    return words.isWord(before) && words.readings[before].contains(.noun)
      && speech.cues(in: before..<before + 1).isEmpty
      && !content.contains { words.isFinite($0) }
  }

  private func isSentence(_ passage: QuotedPassage) -> Bool {
    guard let sentence = speech.sentenceRange(of: passage.open) else { return false }
    return passage.open == sentence.lowerBound && passage.close >= sentence.upperBound - 2
  }

  private func isClause(_ passage: QuotedPassage) -> Bool {
    let range = passage.range
    // Several sentences.
    if range.dropLast().contains(where: { words.tokens[$0].kind == .terminator && words.isCapitalized($0 + 1) }) {
      return true
    }
    if words.tokens[range.upperBound - 1].kind == .terminator, range.count > 3, words.isCapitalized(range.lowerBound) {
      return true
    }
    var first = range.lowerBound
    while first < range.upperBound,
      words.has(first, [.not, .object]) && !words.has(first, .subject) || words.isAdverb(first),
      !words.has(first, .article)
    {
      first += 1
    }
    // A verb without its subject, or an infinitive: the clause is the journalist's.
    if words.isFinite(first), words.clitic(behind: first) == false, !words.isCapitalized(first) { return false }
    if words.isInfinitive(first), !words.isCapitalized(first) { return false }
    return reported.hasMainVerb(range)
  }

  // MARK: Whose words

  private func attributed(_ passage: QuotedPassage, _ kind: Quotation.Kind, within indirect: [Draft]) -> Draft? {
    let limit = speech.sentenceRange(of: passage.close)?.upperBound ?? passage.close + 1
    let opening = speech.sentenceRange(of: passage.open) ?? passage.open..<passage.close + 1
    let beginsSentence = passage.open <= opening.lowerBound + 1
    var behind = passage.close + 1
    if words.isComma(behind) { behind += 1 }
    if behind < limit,
      let incise = speech.incise(
        at: behind, limit: limit, allowsUnknownVerbs: beginsSentence || words.isComma(behind - 1))
    {
      let isDirect = kind == .direct || (beginsSentence && words.isCapitalized(passage.range.lowerBound))
      return draft(passage, isDirect ? .direct : .mixed, incise, "incise", 0.95)
    }
    if let colon = colon(before: passage, opening) {
      let isDirect = kind == .direct || words.isCapitalized(passage.range.lowerBound)
      return draft(passage, isDirect ? .direct : .mixed, colon, "colon", colon.cue == nil ? 0.75 : 0.92)
    }
    if let announced = announced(behind: passage, kind, opening) { return announced }
    if let source = source(before: passage, opening) { return draft(passage, kind, source, "source", 0.9) }
    if let owner = indirect.first(where: {
      $0.parts[0].lowerBound <= passage.open && passage.close < $0.parts[0].upperBound + 2 && $0.speaker != nil
    }) {
      return Draft(
        kind: kind, parts: passage.parts, speaker: owner.speaker, cue: owner.cue, hearsay: owner.hearsay,
        lemma: owner.lemma,
        rule: "\(kind.rawValue)/reported",
        confidence: 0.85)
    }
    if let cue = governing(passage, opening) {
      guard let subject = reported.subject(of: cue, opening) else { return nil }
      return Draft(
        kind: kind, parts: passage.parts, speaker: subject, cue: cue, rule: "\(kind.rawValue)/governed", confidence: 0.8
      )
    }
    return nil
  }

  /// "« A, confiait-elle en mai. B »": the journalist's incise inside the marks parts what was said.
  private func interrupted(_ passage: QuotedPassage) -> [Draft]? {
    guard passage.parts.count == 1 else { return nil }
    let range = passage.range
    for cue in speech.cues(in: range) where cue.form == .finite && cue.group.lowerBound > range.lowerBound + 4 {
      let comma = cue.group.lowerBound - 1
      guard words.isComma(comma), let limit = speech.sentenceRange(of: cue.verb)?.upperBound,
        let incise = speech.incise(at: comma + 1, limit: min(limit, range.upperBound), allowsUnknownVerbs: false),
        incise.cue?.verb == cue.verb
      else { continue }
      let end = speech.phrases.skippingAdjuncts(from: incise.range.upperBound, limit: min(limit, range.upperBound))
      guard end < range.upperBound, words.isComma(end) || words.tokens[end].kind == .terminator else { continue }
      return [words.trimmed(range.lowerBound..<comma), end + 1..<range.upperBound].filter { !$0.isEmpty }.map {
        Draft(
          kind: .direct, parts: [$0], speaker: incise.speaker, cue: cue, rule: "direct/incise-inside", confidence: 0.8)
      }
    }
    return nil
  }

  private func draft(
    _ passage: QuotedPassage, _ kind: Quotation.Kind, _ incise: Incise, _ rule: String, _ confidence: Double
  ) -> Draft {
    Draft(
      kind: kind, parts: passage.parts, speaker: incise.speaker, cue: incise.cue, hearsay: incise.hearsay,
      lemma: incise.lemma,
      rule: "\(kind.rawValue)/\(rule)",
      confidence: confidence)
  }

  /// "« … »: la directrice a ouvert la séance": who the sentence behind the colon is about.
  private func announced(behind passage: QuotedPassage, _ kind: Quotation.Kind, _ sentence: Range<Int>) -> Draft? {
    guard kind == .direct, passage.open == sentence.lowerBound, words.isColon(passage.close + 1),
      let behind = speech.sentenceRange(of: passage.close + 1), passage.close + 2 < behind.upperBound,
      let subject = speech.phrases.forward(from: passage.close + 2, limit: behind.upperBound), speech.canSpeak(subject)
    else { return nil }
    return Draft(
      kind: kind, parts: passage.parts, speaker: SpeakerWords(range: subject, via: .colon), rule: "direct/announced",
      confidence: 0.65)
  }

  /// "X a déclaré : « … »", in the same sentence or at the end of the paragraph before.
  private func colon(before passage: QuotedPassage, _ sentence: Range<Int>) -> Incise? {
    let mark = passage.open - 1
    guard mark >= 0, words.isColon(mark), let introduction = speech.sentenceRange(of: mark) else { return nil }
    // Between the commas of another sentence in marks nothing speaks.
    let cue = speech.cues(in: introduction.lowerBound..<max(introduction.lowerBound, mark)).last {
      speech.passage(of: $0.verb) == nil && !$0.isNegated
        && $0.form != .participle
        && !speech.word($0).constructions.isDisjoint(with: [.speech, .que, .fragment])
    }
    if let cue {
      if let subject = reported.subject(of: cue, introduction) {
        return Incise(cue: cue, speaker: subject, range: introduction)
      }
      if cue.form == .finite, !cue.isPassive,
        let inverted = speech.incise(at: cue.group.lowerBound, limit: mark, allowsUnknownVerbs: false)
      {
        return inverted
      }
    }
    guard words.isCapitalized(passage.range.lowerBound),
      let subject = speech.phrases.mainSubject(of: introduction.lowerBound..<mark),
      subject.via == .pronoun || speech.canSpeak(subject.range)
    else { return nil }
    return Incise(
      cue: cue, speaker: SpeakerWords(range: subject.range, via: subject.via == .pronoun ? .pronoun : .colon),
      range: introduction)
  }

  /// "Selon X, « … »", "Pour X, « … »".
  private func source(before passage: QuotedPassage, _ sentence: Range<Int>) -> Incise? {
    for token in max(sentence.lowerBound, passage.open - 40)..<max(sentence.lowerBound, passage.open)
    where speech.sources.begins(words.hashes[token]) {
      if speech.passage(of: token) == nil, let source = speech.hearsay(at: token, limit: passage.open),
        passage.open - source.range.upperBound <= 2, passage.open >= source.range.upperBound
      {
        return source
      }
    }
    if let (source, end) = reported.viewpoint(of: sentence), passage.open >= end, passage.open - end <= 1 {
      return source
    }
    return nil
  }

  /// The verb of saying that a fragment is the complement of: the nearest before it in its clause.
  private func governing(_ passage: QuotedPassage, _ sentence: Range<Int>) -> CueOccurrence? {
    let cue = speech.cues(in: sentence.lowerBound..<max(sentence.lowerBound, passage.open)).last {
      $0.group.upperBound <= passage.open && speech.passage(of: $0.verb) == nil
    }
    guard let cue, passage.open - cue.group.upperBound <= 16, cue.form != .participle, !cue.isPassive else {
      return nil
    }
    let constructions = speech.word(cue).constructions
    let between = cue.group.upperBound..<passage.open
    let near = speech.phrases.skippingAdjuncts(from: between.lowerBound, limit: between.upperBound)
    let isNear = (near..<between.upperBound).allSatisfy {
      words.isAdverb($0) || words.has($0, [.que, .preposition, .article]) || words.isComma($0)
    }
    if cue.isNegated, !constructions.contains(.fragment) { return nil }
    guard !constructions.isDisjoint(with: .fragment) || (isNear && !constructions.isDisjoint(with: [.speech, .que]))
    else { return nil }
    // Another clause between them takes the words away from the verb.
    if between.contains(where: { words.isFinite($0) }) { return nil }
    return cue
  }

  /// Several words in marks without a verb of saying: somebody's, most often those of the sentence's subject.
  private func fragment(_ passage: QuotedPassage) -> Draft? {
    let plain = passage.range.filter { words.isWord($0) && !words.has($0, [.article, .of]) }
    guard plain.count > 1, !words.isCapitalized(passage.range.lowerBound), passage.open > 0,
      words.tokens[passage.open - 1].kind != .openBracket,
      let sentence = speech.sentenceRange(of: passage.open)
    else { return nil }
    var draft = Draft(kind: .mixed, parts: passage.parts, rule: "mixed/subject", confidence: 0.6)
    if let subject = speech.phrases.mainSubject(of: sentence), subject.range.upperBound <= passage.open,
      subject.via == .pronoun || speech.canSpeak(subject.range)
    {
      draft.speaker = subject
    }
    // A few words that nobody is near to have said are more often irony than a quotation.
    return draft.speaker == nil && plain.count < 3 ? nil : draft
  }

  // MARK: Carried on

  /// A passage without a speaker of its own behind one that has one: interrupted by the incise, or the next sentence.
  private func continued(
    _ passage: QuotedPassage, _ kind: Quotation.Kind, _ last: (passage: Int, draft: Draft, end: Int)
  ) -> Draft? {
    guard last.draft.speaker != nil, last.draft.kind == .direct, passage.open >= last.end,
      passage.open - last.end < 60
    else { return nil }
    let between = last.end..<passage.open
    let plain = between.count { words.isWord($0) }
    let ends = between.count { words.tokens[$0].kind == .terminator }
    var draft = last.draft
    draft.parts = passage.parts
    if ends == 0, plain <= 12, words.isComma(passage.open - 1) || plain == 0 {
      draft.kind = kind == .direct || passage.range.count > 4 ? .direct : .mixed
      draft.rule = "direct/interrupted"
      draft.confidence = 0.9
      return draft
    }
    guard kind == .direct, isSentence(passage), plain <= 14, ends <= 1 else { return nil }
    draft.rule = "direct/continued"
    draft.confidence = 0.75
    draft.cue = nil
    if let speaker = draft.speaker { draft.speaker = SpeakerWords(range: speaker.range, via: .continued) }
    return draft
  }
}

extension Words {
  /// Whether a subject pronoun is attached behind a verb.
  func clitic(behind verb: Int) -> Bool {
    has(verb + 1, .subjectClitic) && tokens.indices.contains(verb + 1) && tokens[verb + 1].kind == .clitic
  }
}
