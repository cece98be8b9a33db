/// Words that name the speaker beside what is said.
struct Incise {
  var cue: CueOccurrence?
  var speaker: SpeakerWords
  /// All tokens of it.
  var range: Range<Int>
  /// "selon", "d'après", and how the cue is called.
  var hearsay: Range<Int>?
  var lemma: String?
}
