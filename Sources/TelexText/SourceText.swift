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

  /// The same on one line: white space, of whatever kind and length, is one space, and none stands at the ends.
  package func line(_ span: Span) -> String {
    // Where nothing but single spaces can be white space, which is nearly always, there is nothing to do.
    var before: UInt8 = 0x20
    let isPlain = self[span].allSatisfy { byte in
      defer { before = byte }
      return byte > 0x20 && byte != 0xC2 && byte != 0xE1 && byte != 0xE2 && byte != 0xE3
        || byte == 0x20 && before != 0x20
    }
    let string = string(span)
    return isPlain && before != 0x20 ? string : string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
