import TelexModel
import TelexText

/// Words in quotation marks in a headline or intertitle that repeat what somebody says in the body.
struct HeadingEcho {
  let speech: Speech
  /// By token: it stands in a headline or intertitle.
  let headings: [Bool]

  /// At how many places of the body a heading's first word is looked for.
  private static let limit = 64

  func quotations(of body: [Quotation]) -> [Quotation] {
    let echoes = speech.passages.filter { $0.depth == 0 && headings[$0.open] }
    guard !echoes.isEmpty else { return [] }
    let read = Set(body.map(\.span))
    let places = places(of: Set(echoes.map { speech.words.hashes[$0.range.lowerBound] }), in: body)
    var found: [Quotation] = []
    for passage in echoes {
      let needle = speech.words.hashes[passage.range]
      // One that names its own speaker was read already.
      guard let span = speech.words.span(passage.range), !read.contains(span), let first = needle.first,
        let source = places[first]?.first(where: { holds($0, needle) }), let speaker = body[source.quotation].speaker
      else { continue }
      let isClause = passage.range.contains { speech.words.isFinite($0) } && passage.range.count > 2
      var echo = Quotation(id: "", span: span, kind: isClause ? .direct : .mixed, confidence: 0.9, rule: "heading/echo")
      echo.verbatim = [span]
      echo.speaker = Quotation.Speaker(
        speaker.reference, via: SpeakerWords.Via.heading.rawValue, confidence: speaker.confidence)
      found.append(echo)
    }
    return found
  }

  private struct Place {
    var token: Int
    var end: Int
    var quotation: Int
  }

  /// Where words stand in the quotations of the body.
  private func places(of firsts: Set<UInt64>, in body: [Quotation]) -> [UInt64: [Place]] {
    var places: [UInt64: [Place]] = [:]
    for (index, quotation) in body.enumerated() where quotation.kind != .indirect {
      let tokens = speech.words.tokens.indices(in: quotation.span)
      for token in tokens where !headings[token] && firsts.contains(speech.words.hashes[token]) {
        let hash = speech.words.hashes[token]
        if places[hash, default: []].count < Self.limit {
          places[hash, default: []].append(Place(token: token, end: tokens.upperBound, quotation: index))
        }
      }
    }
    return places
  }

  private func holds(_ place: Place, _ needle: ArraySlice<UInt64>) -> Bool {
    guard place.end - place.token >= needle.count else { return false }
    return zip(needle, speech.words.hashes[place.token...]).allSatisfy { $0 == $1 }
  }
}
