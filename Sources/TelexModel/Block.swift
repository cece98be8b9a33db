/// A stretch of the text with one role in the dispatch.
package struct Block: Sendable, Equatable {
  package enum Role: String, Sendable, CaseIterable {
    case header, dateline, headline, intertitle, lead, paragraph, note, byline, signoff
  }

  /// `b1`, `b2` … in reading order.
  package var id: String
  package var role: Role
  package var span: Span
  /// BCP 47, where it is not French: then the structure alone is read.
  package var language: String?

  package init(id: String, role: Role, span: Span, language: String? = nil) {
    self.id = id
    self.role = role
    self.span = span
    self.language = language
  }
}

/// A sentence, never crossing a block.
package struct Sentence: Sendable, Equatable {
  package var span: Span
  /// `Block.id`.
  package var block: String

  package init(span: Span, block: String) {
    self.span = span
    self.block = block
  }
}
