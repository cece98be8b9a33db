import TelexModel
import TelexText

/// Finds direct and mixed quotations: what stands in quotation marks, and whose words it is.
struct QuotedSpeech {
  let speech: Speech
  let reported: ReportedSpeech
  /// By token: it stands in a headline or intertitle.
  let headings: [Bool]
  var words: Words { speech.words }

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
        if let draft = headed(passage, kind) {
          drafts.append(draft)
        } else if let draft = attributed(passage, kind, within: owners), !isTopic(draft) {
          drafts.append(draft)
        } else if kind == .mixed, let draft = fragment(passage), draft.speaker?.via == .subject {
          drafts.append(draft)
        }
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
      } else if kind == .mixed, var draft = fragment(passage) {
        if draft.speaker == nil, let last = previous?.draft, isBesideIncise(passage, of: last) {
          (draft.speaker, draft.cue, draft.rule) = (last.speaker, last.cue, "mixed/shared")
        }
        drafts.append(draft)
        waiting = []
      } else if kind == .direct, let draft = goesOn(passage, owners[words.sentence(of: passage.open) ?? -1] ?? []) {
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

  /// "« Non », a-t-elle dit, tout en jugeant le projet « de bon sens »": behind the incise, what its speaker does meanwhile.
  private func isBesideIncise(_ passage: QuotedPassage, of draft: Draft) -> Bool {
    guard draft.rule.hasSuffix("/incise"), let verb = draft.cue?.verb, verb < passage.open,
      words.sentence(of: verb) == words.sentence(of: passage.open)
    else { return false }
    let between = verb + 1..<passage.open
    return !between.contains { words.isFinite($0) && !words.has($0, .subject) }
      && between.contains {
        words.isSpelled($0, Self.en) && (words.ends($0 + 1, with: "ant") || words.ends($0 + 2, with: "ant"))
      }
  }

  private static let en = FoldedHash("en").value

  /// "Athènes proteste, Ankara « prêt au dialogue »": in a headline a name and the words in marks behind it are a clause.
  private func headed(_ passage: QuotedPassage, _ kind: Quotation.Kind) -> Draft? {
    guard let range = speech.sentenceRange(of: passage.open), passage.open > range.lowerBound,
      words.isWord(passage.open - 1)
    else { return nil }
    var start = passage.open - 1
    while start > range.lowerBound, words.isWord(start - 1), words.name(at: start - 1) != nil { start -= 1 }
    guard start == range.lowerBound || words.isComma(start - 1),
      (start..<passage.open).allSatisfy({ words.name(at: $0) != nil })
    else { return nil }
    return Draft(
      kind: kind, parts: passage.parts, speaker: SpeakerWords(range: start..<passage.open, via: .heading),
      rule: "\(kind.rawValue)/heading", confidence: 0.75)
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

  /// Several words in marks without a verb of saying: somebody's, most often those of the sentence's subject.
  private func fragment(_ passage: QuotedPassage) -> Draft? {
    let plain = passage.range.filter { words.isWord($0) && !words.has($0, [.article, .of]) }
    guard plain.count > 1, !words.isCapitalized(passage.range.lowerBound), passage.open > 0,
      words.tokens[passage.open - 1].kind != .openBracket,
      let sentence = speech.sentenceRange(of: passage.open)
    else { return nil }
    var draft = Draft(kind: .mixed, parts: passage.parts, rule: "mixed/subject", confidence: 0.6)
    // What stands before a colon is a topic.
    let topic = (sentence.lowerBound..<max(sentence.lowerBound, passage.open)).last { words.isColon($0) }
    let clause = (topic.map { $0 + 1 } ?? sentence.lowerBound)..<sentence.upperBound
    if let subject = subordinateSubject(before: passage, clause) {
      draft.speaker = subject
    } else if let subject = speech.phrases.mainSubject(of: clause), subject.range.upperBound <= passage.open,
      subject.via == .pronoun || speech.canSpeak(subject.range)
    {
      draft.speaker = subject
    }
    // A few words that nobody is near to have said are more often irony than a quotation, and two behind no verb of
    // saying a name for something.
    let isPhrase = words.has(passage.range.lowerBound, [.article, .determiner, .preposition])
    return plain.count < 3 && (draft.speaker == nil || !isPhrase) ? nil : draft
  }

  /// "une aide que le gouvernement a acceptée « avec joie »": who does what the subordinate clause around the words says.
  private func subordinateSubject(before passage: QuotedPassage, _ clause: Range<Int>) -> SpeakerWords? {
    guard let verb = (clause.lowerBound..<max(clause.lowerBound, passage.open)).last(where: { words.isFinite($0) }),
      speech.phrases.isSubordinate(verb, clause.lowerBound)
    else { return nil }
    var group = verb
    while group > clause.lowerBound, words.has(group - 1, [.object, .not]), !words.has(group - 1, .subject) {
      group -= 1
    }
    guard let subject = speech.phrases.subject(before: group), subject.range.lowerBound >= clause.lowerBound,
      subject.via == .pronoun || speech.canSpeak(subject.range)
    else { return nil }
    return subject
  }

  // MARK: Carried on

  /// "Elle réclame une réunion, faute de quoi « le port sera fermé »": the report of the same sentence goes on in marks.
  private func goesOn(_ passage: QuotedPassage, _ owners: [Draft]) -> Draft? {
    guard !isSentence(passage),
      let owner = owners.last(where: { $0.range.upperBound <= passage.open && $0.speaker != nil }),
      !words.isColon(passage.open - 1)
    else { return nil }
    return Draft(
      kind: .direct, parts: passage.parts, speaker: owner.speaker, cue: owner.cue, hearsay: owner.hearsay,
      lemma: owner.lemma, rule: "direct/goes-on", confidence: 0.65)
  }

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
