/// Hostile bytes as text that is safe on one line: of a terminal, of the journal, of a notification.
package enum PrintableText {
  /// The name as printable UTF-8: bytes that are no UTF-8, control characters, line separators and marks that turn the
  /// direction of writing become `\xHH` of each of their bytes.
  package static func name(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var text = ""
    var position = 0
    while position < bytes.count {
      let length = sequenceLength(bytes[position])
      if length > 0, position + length <= bytes.count,
        let character = String(validating: bytes[position..<(position + length)], as: UTF8.self),
        let scalar = character.unicodeScalars.first, isPlain(scalar), scalar != "\\"
      {
        text.unicodeScalars.append(scalar)
        position += length
      } else {
        text += bytes[position] == UInt8(ascii: "\\") ? "\\\\" : escape(bytes[position])
        position += 1
      }
    }
    return text
  }

  /// The text with everything that isn't plain escaped, so that it fits a line; cut at `limit` bytes.
  package static func line(_ text: String, limit: Int) -> String {
    var line = ""
    var bytes = 0
    for scalar in text.unicodeScalars {
      let piece = isPlain(scalar) ? String(scalar) : scalar.utf8.map(escape).joined()
      bytes += piece.utf8.count
      guard bytes <= limit else { return line + "…" }
      line += piece
    }
    return line
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }

  private static func sequenceLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0..<0x80: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "\\x0\(digits)" : "\\x\(digits)"
  }
}
