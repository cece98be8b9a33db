/// What a character is to the tokenizer. ASCII comes from a table, the rest of what French uses from ranges, anything
/// else from the Unicode properties of the standard library.
package enum CharacterClass: UInt8, Sendable {
  case space, newline, lower, upper, mark, digit, apostrophe, hyphen, joiner, period, terminator, ellipsis, separator
  case openQuote, closeQuote, straightQuote, dash, openBracket, closeBracket, symbol, other

  package var isLetter: Bool { self == .lower || self == .upper }
  /// What may stand inside a word without ending it.
  package var continuesWord: Bool { self == .lower || self == .upper || self == .digit || self == .mark }
}

enum CharacterClasses {
  /// Classes of the 128 ASCII characters.
  static let ascii: [CharacterClass] = (UInt8(0)..<128).map { code in
    switch code {
    case 0x20, 0x09: .space
    case 0x0A...0x0D: .newline
    case 0x41...0x5A: .upper
    case 0x61...0x7A: .lower
    case 0x30...0x39: .digit
    case 0x27: .apostrophe
    case 0x2D: .hyphen
    case 0x5F: .joiner
    case 0x2E: .period
    case 0x21, 0x3F: .terminator
    case 0x2C, 0x3A, 0x3B: .separator
    case 0x22: .straightQuote
    case 0x28, 0x5B, 0x7B: .openBracket
    case 0x29, 0x5D, 0x7D: .closeBracket
    case 0..<0x20, 0x7F: .other
    default: .symbol
    }
  }

  /// Class of a character beyond ASCII.
  static func of(_ scalar: UInt32) -> CharacterClass {
    switch scalar {
    case 0x85: .newline
    case 0x80...0x9F: .other
    case 0xA0: .space
    case 0xAB: .openQuote
    case 0xBB: .closeQuote
    case 0xAD: .mark
    case 0xB7: .joiner
    case 0xAA, 0xB2, 0xB3, 0xB5, 0xB9, 0xBA, 0xDF...0xF6, 0xF8...0xFF, 0x153: .lower
    case 0xBC...0xBE: .digit
    case 0xC0...0xD6, 0xD8...0xDE, 0x152: .upper
    case 0xA1...0xBF, 0xD7, 0xF7: .symbol
    case 0x2BC: .apostrophe
    case 0x300...0x36F: .mark
    case 0x2000...0x206F: generalPunctuation(scalar)
    case 0x20A0...0x20CF: .symbol
    default: property(scalar)
    }
  }

  private static func generalPunctuation(_ scalar: UInt32) -> CharacterClass {
    switch scalar {
    case 0x2000...0x200B, 0x202F, 0x205F: .space
    case 0x200C, 0x200D, 0x2060: .mark
    case 0x2010, 0x2011: .hyphen
    case 0x2012...0x2015: .dash
    case 0x2018, 0x2019, 0x201B: .apostrophe
    case 0x201A, 0x201C, 0x201E, 0x201F, 0x2039: .openQuote
    case 0x201D, 0x203A: .closeQuote
    case 0x2026: .ellipsis
    case 0x2028, 0x2029: .newline
    case 0x203C, 0x203D, 0x2047...0x2049: .terminator
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2061...0x206F: .other
    default: .symbol
    }
  }

  private static func property(_ scalar: UInt32) -> CharacterClass {
    guard let character = Unicode.Scalar(scalar) else { return .other }
    return switch character.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: .upper
    case .lowercaseLetter, .modifierLetter, .otherLetter, .letterNumber: .lower
    case .nonspacingMark, .spacingMark, .enclosingMark: .mark
    case .decimalNumber: .digit
    case .otherNumber: .lower
    case .spaceSeparator: .space
    case .lineSeparator, .paragraphSeparator: .newline
    case .dashPunctuation: .dash
    case .openPunctuation: .openBracket
    case .closePunctuation: .closeBracket
    case .initialPunctuation: .openQuote
    case .finalPunctuation: .closeQuote
    case .connectorPunctuation: .joiner
    case .otherPunctuation: .separator
    case .currencySymbol, .mathSymbol, .modifierSymbol, .otherSymbol: .symbol
    default: .other
    }
  }

  /// Value and length of the character at an index of valid UTF-8; what is cut counts as one byte.
  @inline(__always)
  static func decode(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int) {
    let first = UInt32(utf8[index])
    func tail(_ offset: Int) -> UInt32 { UInt32(utf8[index + offset] & 0x3F) }
    switch first {
    case 0xC2...0xDF where index + 1 < utf8.count:
      return ((first & 0x1F) << 6 | tail(1), 2)
    case 0xE0...0xEF where index + 2 < utf8.count:
      return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3)
    case 0xF0...0xF4 where index + 3 < utf8.count:
      return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    default:
      return (first, 1)
    }
  }
}
