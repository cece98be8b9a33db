package import TelexModel

extension Document {
  /// The stretches that are read for names, in reading order: sentences, and headlines, intertitles, datelines and notes.
  ///
  /// Headers, bylines and sign-offs hold names of the trade, not of the story, and are left out.
  package var namingSpans: [Span] {
    let whole = blocks.filter { [.headline, .intertitle, .dateline, .note].contains($0.role) }.map(\.span)
    return (sentences.map(\.span) + whole).sorted()
  }
}
