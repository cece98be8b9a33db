package import TelexModel
package import TelexText

/// One dispatch as its wire format delivered it: text that is ready to be analysed, and all that the format knows.
package struct WireItem: Sendable {
  package var text: SourceText
  package var item: Item
  package var documentTime: DocumentTime
  /// Format, media type, encoding, newline and map; name, size and digest are the caller's.
  package var format: String
  package var mediaType: String
  package var encoding: Source.Encoding
  package var newline: String
  package var map: [Source.Run]?
  /// Blocks whose role the format itself gives (in reading order); empty for plain text, whose structure is read later.
  package var blocks: [Block] = []
  package var diagnostics: [Diagnostic] = []

  package init(
    text: SourceText, format: String, mediaType: String, encoding: Source.Encoding, newline: String
  ) {
    self.text = text
    self.item = Item()
    self.documentTime = DocumentTime()
    self.format = format
    self.mediaType = mediaType
    self.encoding = encoding
    self.newline = newline
  }
}

/// What became of the bytes of one file.
package enum WireReading: Sendable {
  /// One or more dispatches, in file order.
  case items([WireItem])
  /// A structured format that ends too early: perhaps its writer has not finished.
  case incomplete(Reason)
  case rejected(Reason)
}
