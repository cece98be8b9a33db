package import TelexModel
import TelexText

extension Document {
  /// The stretches that are read for names, in reading order: sentences, and headlines, intertitles, datelines and notes.
  ///
  /// Headers, bylines and sign-offs hold names of the trade, not of the story, and are left out, as are levels.
  package var namingSpans: [Span] {
    let whole = blocks.filter { block in
      switch block.role {
      case .headline, .intertitle, .dateline: true
      case .note: !isLevel(block.span)
      default: false
      }
    }
    return (sentences.map(\.span) + whole.map(\.span)).sorted()
  }

  /// "2e LEAD -", "ANNULE ET REMPLACE": a few words, all in capitals.
  private func isLevel(_ span: Span) -> Bool {
    let words = tokens[tokens.indices(in: span)].filter { $0.kind == .word || $0.kind == .acronym }
    return words.count <= 4
      && words.allSatisfy { word in text[word.span].allSatisfy { $0 & 0x80 != 0 || !($0 >= 0x61 && $0 <= 0x7A) } }
  }
}
