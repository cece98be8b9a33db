import TelexModel

/// A quotation while it is being read: its tokens, and the words for its speaker before they are resolved.
struct Draft {
  var kind: Quotation.Kind
  /// Tokens; for passages over several paragraphs one range in each.
  var parts: [Range<Int>]
  var speaker: SpeakerWords?
  var cue: CueOccurrence?
  var hearsay: Range<Int>?
  /// What the cue is called where no verb says it.
  var lemma: String?
  var rule: String
  var confidence: Double
  /// Where the speaker's words stand in the order of reading, to resolve pronouns from left to right.
  var place: Int { speaker?.range.lowerBound ?? parts[0].lowerBound }
  var range: Range<Int> { parts[0].lowerBound..<(parts.last?.upperBound ?? parts[0].upperBound) }
}
