import TelexModel
import TelexText

extension ReportedSpeech {
  /// "la promesse du groupe de maintenir l'emploi", "sa menace de partir": the complement of a noun for what was said, where
  /// the text says whose words they are.
  func announcements(in sentence: Range<Int>, _ drafts: inout [Draft]) {
    for token in sentence where words.has(token, .announcement) && speech.passage(of: token) == nil {
      guard let (speaker, start) = announced(by: token, sentence) else { continue }
      let end = mainVerb(behind: start, phraseEnd(from: start, sentence, opens: false))
      let range = words.trimmed(start..<end)
      guard range.count > 1, !isWholePassage(range),
        !drafts.suffix(16).contains(where: { $0.range.overlaps(range) && $0.kind == .indirect })
      else { continue }
      drafts.append(
        Draft(
          kind: .indirect, parts: [range], speaker: speaker, hearsay: token..<token + 1,
          lemma: words.text.string(words.tokens[token].span).lowercased(), rule: "indirect/announcement",
          confidence: 0.7))
    }
  }

  /// Who speaks, by the possessive before the noun or the complement behind it, and where the words begin.
  private func announced(by noun: Int, _ sentence: Range<Int>) -> (speaker: SpeakerWords, start: Int)? {
    let limit = sentence.upperBound
    guard noun > sentence.lowerBound, noun + 2 < limit, words.has(noun + 1, .of) else { return nil }
    if words.has(noun - 1, .possessive), words.isInfinitive(infinitive(at: noun + 2, limit)) {
      return (SpeakerWords(range: noun - 1..<noun, via: .pronoun), noun + 2)
    }
    guard words.has(noun - 1, .article),
      let phrase = phrases.forward(from: noun + 2, limit: limit, isHeadless: true), speech.canSpeak(phrase),
      phrase.upperBound + 1 < limit, words.has(phrase.upperBound, .of),
      words.isInfinitive(infinitive(at: phrase.upperBound + 1, limit))
    else { return nil }
    return (SpeakerWords(range: phrase, via: .hearsay), phrase.upperBound + 1)
  }
}
