/// The words that the text uses for a speaker, and how they were found.
struct SpeakerWords {
  enum Via: String { case subject, inverted, pronoun, relative, hearsay, colon, continued, carried, heading }

  var range: Range<Int>
  var via: Via
}
