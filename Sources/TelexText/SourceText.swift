package import TelexModel

/// The text of one dispatch as valid UTF-8: what every annotator reads and nobody changes.
package struct SourceText: Sendable {
  /// Valid UTF-8, byte for byte the UTF-8 form of `Analysis.text`.
  package let utf8: [UInt8]

  /// - Parameter utf8: bytes that are known to be valid UTF-8 (`TextDecoder` makes such).
  package init(validUTF8 utf8: [UInt8]) { self.utf8 = utf8 }

  package init(_ string: String) { utf8 = Array(string.utf8) }

  /// The words at a span, in bytes.
  package subscript(_ span: Span) -> ArraySlice<UInt8> { utf8[span.range] }

  package func string(_ span: Span) -> String { String(decoding: utf8[span.range], as: UTF8.self) }
}
