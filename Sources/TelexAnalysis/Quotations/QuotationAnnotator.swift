package import TelexLanguage
import TelexModel
package import TelexText

/// Fills `quotations`: direct, mixed and indirect, with speaker, cue and the agency's insertions.
package struct QuotationAnnotator: Annotator {
  private let classes: WordClasses
  private let lexicon: CueLexicon
  private let nouns: SpeakerNouns
  private let media: Media
  private let vocabulary: Vocabulary

  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory, language: Language) throws(ResourceError) {
    classes = try WordClasses(resources: resources)
    lexicon = try CueLexicon(resources: resources)
    nouns = try SpeakerNouns(resources: resources)
    media = try Media(resources: resources)
    vocabulary = language.vocabulary
  }

  package func annotate(_ document: inout Document) {
    let words = Words(document, classes: classes, vocabulary: vocabulary)
    let speech = Speech(words, lexicon: lexicon, nouns: nouns, blocks: document.blocks)
    let headings = document.blocks.filter { $0.role == .headline || $0.role == .intertitle }.map {
      document.tokens.indices(in: $0.span)
    }
    let reported = ReportedSpeech(speech)
    let indirect = reported.drafts(headings: headings)
    let quoted = QuotedSpeech(speech: speech, reported: reported, headings: headings).drafts(within: indirect)
    var resolution = SpeakerResolution(speech, document)
    var quotations: [Quotation] = []
    for draft in (indirect + quoted).sorted(by: { ($0.place, $0.range.lowerBound) < ($1.place, $1.range.lowerBound) }) {
      if var quotation = quotation(draft, speech, &resolution) {
        circumstances(of: draft, speech, resolution, document.times, &quotation)
        quotations.append(quotation)
      }
    }
    quotations += HeadingEcho(speech: speech, headings: headings).quotations(of: quotations)
    quotations.sort { ($0.span, $0.kind.rawValue) < ($1.span, $1.kind.rawValue) }
    for index in quotations.indices { quotations[index].id = "q\(index + 1)" }
    document.quotations = quotations
  }

  private func quotation(_ draft: Draft, _ speech: Speech, _ resolution: inout SpeakerResolution) -> Quotation? {
    guard let first = draft.parts.first, let last = draft.parts.last,
      let span = speech.words.span(first.lowerBound..<last.upperBound)
    else { return nil }
    var quotation = Quotation(id: "", span: span, kind: draft.kind, confidence: draft.confidence, rule: draft.rule)
    if draft.kind != .indirect {
      let spoken = SpokenWords(words: speech.words, parts: draft.parts)
      quotation.verbatim = spoken.verbatim
      quotation.insertions = spoken.insertions
    }
    if let speaker = draft.speaker {
      quotation.speaker = resolution.speaker(speaker, at: draft.range.lowerBound, confidence: draft.confidence)
    }
    if let cue = draft.cue, let span = speech.words.span(cue.group) {
      let word = speech.word(cue)
      quotation.cue = Quotation.Cue(span: span, lemma: word.lemma, act: word.act, affirmed: !cue.isNegated)
    } else if let hearsay = draft.hearsay, let span = speech.words.span(hearsay) {
      let lemma =
        speech.words.text.string(span).lowercased().contains("selon") ? "selon" : hearsay.count > 1 ? "d'après" : "pour"
      quotation.cue = Quotation.Cue(span: span, lemma: lemma, act: "report")
    }
    return quotation
  }

  /// What stands beside the verb of saying: behind it up to what is said, or to the end of the sentence.
  private func circumstances(
    of draft: Draft, _ speech: Speech, _ resolution: SpeakerResolution, _ times: [TimeExpression],
    _ quotation: inout Quotation
  ) {
    guard let cue = draft.cue, let sentence = speech.sentenceRange(of: cue.verb) else { return }
    let start = cue.group.upperBound
    var end = start
    while end < sentence.upperBound, end < start + 40, !draft.range.contains(end), !speech.words.isQuoteMark(end),
      !speech.words.has(end, .relative), end == start || speech.cue(startingAt: end) == nil
    {
      end += 1
    }
    let found = Circumstances(speech, media: media, region: start..<end)
    quotation.addressee = found.addressee.flatMap { resolution.reference($0) }
    quotation.venue = found.venue.flatMap { resolution.reference($0) }
    quotation.medium = found.medium.flatMap { resolution.reference($0) }
    if let region = speech.words.span(cue.group.lowerBound..<end) {
      let inside = times.filter { region.contains($0.span) && ($0.kind == .date || $0.kind == .time) }
      if inside.count == 1 { quotation.time = inside.first?.id }
    }
  }
}

/// What was spoken inside a passage, and what the agency put into it in brackets.
struct SpokenWords {
  private(set) var verbatim: [Span] = []
  private(set) var insertions: [Span] = []

  init(words: Words, parts: [Range<Int>]) {
    for part in parts {
      var start = part.lowerBound
      var index = part.lowerBound
      while index < part.upperBound {
        if words.tokens[index].kind == .openBracket, let close = words.partner(of: index), close > index,
          close < part.upperBound
        {
          if let span = words.span(start..<index) { verbatim.append(span) }
          if let span = words.span(index..<close + 1) { insertions.append(span) }
          start = close + 1
          index = close
        }
        index += 1
      }
      if let span = words.span(start..<part.upperBound) { verbatim.append(span) }
    }
  }
}
