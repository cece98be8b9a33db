import TelexModel
import TelexText

/// Fills `quotations`: direct, mixed and indirect, with speaker, cue and the agency's insertions.
package struct QuotationAnnotator: Annotator {
  private let lexicon: CueLexicon
  private let nouns: SpeakerNouns
  private let media: Media
  private let sources: SourceExpressions
  private let confidence: QuotationConfidence

  /// - Throws: `ResourceError` where data is missing or damaged.
  init(resources: ResourceDirectory, nouns: SpeakerNouns) throws(ResourceError) {
    lexicon = try CueLexicon(resources: resources)
    self.nouns = nouns
    media = try Media(resources: resources)
    sources = try SourceExpressions(resources: resources)
    confidence = try QuotationConfidence(resources: resources)
  }

  package func annotate(_ document: inout Document) {
    guard let words = document.words?.withHeadings(of: document) else { return }
    let speech = Speech(words, lexicon: lexicon, nouns: nouns, sources: sources, blocks: document.blocks)
    let headingRanges = document.blocks.filter { $0.role == .headline || $0.role == .intertitle }.map {
      document.tokens.indices(in: $0.span)
    }
    var headings = [Bool](repeating: false, count: document.tokens.count)
    for range in headingRanges { for token in range { headings[token] = true } }
    let reported = ReportedSpeech(speech)
    let indirect = reported.drafts()
    let quoted = QuotedSpeech(speech: speech, reported: reported, headings: headings).drafts(within: indirect)
    var resolution = SpeakerResolution(speech, document)
    let firstPerson = FirstPerson(words: words, entities: document.entities)
    var quotations: [Quotation] = []
    for draft in (indirect + quoted).sorted(by: { ($0.place, $0.range.lowerBound) < ($1.place, $1.range.lowerBound) }) {
      if var quotation = quotation(draft, speech, &resolution) {
        circumstances(of: draft, speech, resolution, document.times, &quotation)
        quotation.firstPerson = firstPerson.words(in: quotation.verbatim, speaker: quotation.speaker?.reference)
        quotations.append(quotation)
      }
    }
    quotations += HeadingEcho(speech: speech, headings: headings).quotations(of: quotations)
    quotations.sort { ($0.span, $0.kind.rawValue) < ($1.span, $1.kind.rawValue) }
    for index in quotations.indices {
      quotations[index].id = "q\(index + 1)"
      weigh(&quotations[index])
    }
    document.quotations = quotations
  }

  /// What the rules set by guess gives way to what was measured.
  private func weigh(_ quotation: inout Quotation) {
    if let share = confidence.quotation(rule: quotation.rule) { quotation.confidence = share }
    if let via = quotation.speaker?.via, let share = confidence.speaker(via: via) {
      quotation.speaker?.confidence = share
    }
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
      quotation.principal = principal(of: speaker.range, speech, resolution)
    }
    if let cue = draft.cue, let span = speech.words.span(cue.group) {
      let word = speech.word(cue)
      quotation.cue = Quotation.Cue(span: span, lemma: word.lemma, act: word.act, affirmed: !cue.isNegated)
    } else if let hearsay = draft.hearsay, let span = speech.words.span(hearsay) {
      quotation.cue = Quotation.Cue(span: span, lemma: draft.lemma ?? "selon", act: "report")
    }
    return quotation
  }

  /// Of "la porte-parole du ministère" the ministry.
  private func principal(of speaker: Range<Int>, _ speech: Speech, _ resolution: SpeakerResolution) -> Reference? {
    guard let head = speaker.first(where: { speech.words.has($0, .spokesperson) }), head + 1 < speaker.upperBound,
      head <= speaker.lowerBound + 2, speech.words.name(at: head) == nil, speech.words.has(head + 1, .of),
      speech.words.tokens[head + 1].span.count <= 3
    else { return nil }
    var end = head + 2
    while end < speaker.upperBound, !speech.words.isComma(end),
      speech.words.name(at: end) != .person || end == head + 2 || speech.words.has(end - 1, .title)
        || speech.words.name(at: end - 1) == .person
    {
      end += 1
    }
    // "le cabinet du ministre, Paul Lambert".
    if speech.words.has(head, .office), speech.words.isComma(end) {
      while end + 1 < speaker.upperBound, speech.words.name(at: end + 1) == .person { end += 1 }
      if !speech.words.isComma(end) { end += 1 }
    }
    var start = head + 2
    while start < end, speech.words.has(start, .article) { start += 1 }
    return start < end ? resolution.reference(start..<end) : nil
  }

  /// The date or clock time that stands alone in a stretch of the text.
  private static func only(_ times: [TimeExpression], in region: Span) -> String? {
    let low = times.firstIndex(notBefore: region.start)
    var found: String?
    for time in times[low...].prefix(while: { $0.span.start < region.end })
    where region.contains(time.span) && (time.kind == .date || time.kind == .time) {
      if found != nil { return nil }
      found = time.id
    }
    return found
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
    let found = Circumstances(speech, media: media, region: start..<end, speaker: draft.speaker?.range)
    quotation.addressee = found.addressee.flatMap { resolution.reference($0) }
    quotation.venue = found.venue.flatMap { resolution.reference($0) }
    quotation.medium = found.medium.flatMap { resolution.reference($0) }
    if let region = speech.words.span(cue.group.lowerBound..<end) {
      quotation.time = Self.only(times, in: region)
    }
    // "Mardi, la ministre a …", "Interrogé mardi, il a …".
    if quotation.time == nil, !draft.range.contains(sentence.lowerBound), cue.group.lowerBound < draft.range.lowerBound,
      let region = speech.words.span(sentence.lowerBound..<cue.group.lowerBound)
    {
      quotation.time = Self.only(times, in: region)
    }
  }
}

extension [TimeExpression] {
  /// The first time that begins at or behind an offset; times stand in reading order.
  fileprivate func firstIndex(notBefore offset: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].span.start < offset { low = middle + 1 } else { high = middle }
    }
    return low
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
