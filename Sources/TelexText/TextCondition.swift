import TelexModel

/// The state of a decoded text: its lines, and what went wrong before it came here. Told, never changed.
enum TextCondition {
  static func isBlank(_ utf8: [UInt8]) -> Bool {
    utf8.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let (scalar, length) = CharacterClasses.decode(bytes, at: index)
        let kind = scalar < 0x80 ? CharacterClasses.ascii[Int(scalar)] : CharacterClasses.of(scalar)
        if kind != .space, kind != .newline, scalar != 0xFEFF { return false }
        index += length
      }
      return true
    }
  }

  /// Control characters that text doesn't use.
  static func controls(_ utf8: [UInt8]) -> Int {
    utf8.reduce(0) { $0 + ($1 < 0x20 && !(0x09...0x0D).contains($1) && $1 != 0x1B ? 1 : 0) }
  }

  static func newline(_ utf8: [UInt8]) -> String {
    var feeds = 0
    var returns = 0
    var pairs = 0
    for index in utf8.indices {
      if utf8[index] == 0x0D {
        if index + 1 < utf8.count, utf8[index + 1] == 0x0A { pairs += 1 } else { returns += 1 }
      } else if utf8[index] == 0x0A, index == 0 || utf8[index - 1] != 0x0D {
        feeds += 1
      }
    }
    return switch (feeds > 0, returns > 0, pairs > 0) {
    case (false, false, false): "none"
    case (true, false, false): "lf"
    case (false, true, false): "cr"
    case (false, false, true): "crlf"
    default: "mixed"
    }
  }

  static func diagnostics(_ utf8: [UInt8]) -> [Diagnostic] {
    var mojibake: (first: Span, count: Int)?
    var decomposed: (first: Span, count: Int)?
    for index in utf8.indices.dropLast() where utf8[index] >= 0xC3 {
      if let length = doubleEncoded(utf8, at: index) {
        mojibake = (mojibake?.first ?? Span(index, index + length), (mojibake?.count ?? 0) + 1)
      } else if isCombiningMark(utf8, at: index), index > 0, utf8[index - 1] | 0x20 >= 0x61,
        utf8[index - 1] | 0x20 <= 0x7A
      {
        decomposed = (decomposed?.first ?? Span(index - 1, index + 2), (decomposed?.count ?? 0) + 1)
      }
    }
    var diagnostics: [Diagnostic] = []
    if let mojibake {
      diagnostics.append(
        Diagnostic(
          "mojibake", .warning,
          "UTF-8 was read as Windows-1252 before it came here; \(mojibake.count) places. The text stands as it came.",
          at: mojibake.first))
    }
    if let decomposed {
      diagnostics.append(
        Diagnostic(
          "decomposed-letters", .info,
          "Letters and their accents are separate characters (not NFC); \(decomposed.count) places.",
          at: decomposed.first))
    }
    return diagnostics
  }

  /// Length of "Ã©", "Â«", "Å“", "â€™": what UTF-8 becomes where it is read as Windows-1252 and written as UTF-8 again.
  private static func doubleEncoded(_ utf8: [UInt8], at index: Int) -> Int? {
    func byte(_ offset: Int) -> UInt8 { index + offset < utf8.count ? utf8[index + offset] : 0 }
    guard utf8[index] == 0xC3 else { return nil }
    switch byte(1) {
    // Ã, Â: followed by a character that is 80 to BF in Windows-1252.
    case 0x82, 0x83: break
    // Å: œ and Œ.
    case 0x85: return byte(2) == 0xE2 && byte(3) == 0x80 && (byte(4) == 0x9C || byte(4) == 0x99) ? 5 : nil
    // â€: apostrophes, quotation marks, dashes.
    case 0xA2: return byte(2) == 0xE2 && byte(3) == 0x82 && byte(4) == 0xAC ? 5 : nil
    default: return nil
    }
    switch byte(2) {
    case 0xC2: return byte(3) >= 0x80 && byte(3) <= 0xBF ? 4 : nil
    case 0xC5, 0xC6, 0xCB: return 4
    case 0xE2: return byte(3) == 0x80 || byte(3) == 0x82 || byte(3) == 0x84 ? 5 : nil
    default: return nil
    }
  }

  private static func isCombiningMark(_ utf8: [UInt8], at index: Int) -> Bool {
    let next = utf8[index + 1]
    return utf8[index] == 0xCC && next >= 0x80 && next <= 0xBF || utf8[index] == 0xCD && next >= 0x80 && next <= 0xAF
  }
}
