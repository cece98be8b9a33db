import TelexModel
import TelexText

/// Words in quotation marks in a headline or intertitle that repeat what somebody says in the body.
struct HeadingEcho {
  let speech: Speech
  let headings: [Range<Int>]

  func quotations(of body: [Quotation]) -> [Quotation] {
    var found: [Quotation] = []
    for passage in speech.passages where passage.depth == 0 && headings.contains(where: { $0.contains(passage.open) }) {
      guard let span = speech.words.span(passage.range) else { continue }
      let needle = speech.words.hashes[passage.range]
      guard let source = body.first(where: { $0.kind != .indirect && holds($0.span, needle) }),
        let speaker = source.speaker
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

  /// Whether a passage of the body holds words in the same order.
  private func holds(_ span: Span, _ needle: ArraySlice<UInt64>) -> Bool {
    let hay = speech.words.tokens.indices(in: span)
    guard !needle.isEmpty, needle.count <= hay.count else { return false }
    return (hay.lowerBound...hay.upperBound - needle.count).contains { start in
      zip(needle, speech.words.hashes[start...]).allSatisfy { $0 == $1 }
    }
  }
}
