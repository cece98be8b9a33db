import TelexLanguage
package import TelexModel
package import TelexText

/// A dispatch while it is being analysed: its text, what is known from the wire, and the layers read so far.
///
/// Annotators run in a fixed order (`Pipeline`); each reads the layers before it and adds its own.
package struct Document: Sendable {
  package let text: SourceText
  /// The whole text in tokens, header included; `tokens[in: span]` are those of a sentence or block.
  package var tokens: [Token] = [] {
    didSet {
      hashes = text.utf8.withUnsafeBufferPointer { FoldedHash.values(of: tokens, in: $0) }
      elements = []
    }
  }
  /// The folded hash of each token: words are looked up by it in all lists of words.
  package private(set) var hashes: [UInt64] = []
  /// What rules go over, once one annotator has made it for the next.
  var elements: [Element] = []
  /// The tokens as the readers of names, quotations and pronouns look at them (`WordReader`); nil before them.
  var words: Words?
  package var item: Item
  package var documentTime: DocumentTime
  package var blocks: [Block] = []
  package var sentences: [Sentence] = []
  package var entities: [Entity] = []
  package var mentions: [Mention] = []
  package var quotations: [Quotation] = []
  package var times: [TimeExpression] = []
  package var quantities: [Quantity] = []
  package var events: [Event] = []
  package var pledges: [Pledge] = []
  package var topics: [Topic] = []
  package var keyphrases: [Keyphrase] = []
  package var summary: [Int] = []
  package var diagnostics: [Diagnostic] = []

  package init(text: SourceText, item: Item = Item(), documentTime: DocumentTime = DocumentTime()) {
    self.text = text
    self.item = item
    self.documentTime = documentTime
  }

  /// Takes what was read meanwhile of times and quantities; its diagnostics stand before those that came since it began.
  ///
  /// - Parameter known: how many diagnostics there were then.
  mutating func takeMeasures(of measured: Document, begun known: Int) {
    (times, quantities) = (measured.times, measured.quantities)
    diagnostics = measured.diagnostics + diagnostics.dropFirst(known)
  }
}

/// A reader of one layer. It never throws about content: what it could not do it says in `diagnostics`.
package protocol Annotator: Sendable {
  func annotate(_ document: inout Document)
}
