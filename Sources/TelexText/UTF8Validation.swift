/// UTF-8 (RFC 3629), strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Validation {
  /// What a look at all bytes tells.
  struct Survey {
    /// Well-formed characters beyond ASCII.
    var multibyte = 0
    /// Maximal ill-formed parts, each of which becomes one U+FFFD.
    var invalid = 0
  }

  static func survey(_ bytes: UnsafeBufferPointer<UInt8>) -> Survey {
    var survey = Survey()
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let (length, isValid) = character(bytes, at: index)
      if isValid { survey.multibyte += 1 } else { survey.invalid += 1 }
      index += length
    }
    return survey
  }

  /// The bytes with each ill-formed part as U+FFFD, and where in the output these stand.
  static func repaired(_ bytes: UnsafeBufferPointer<UInt8>) -> (utf8: [UInt8], replaced: [Int]) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 16)
    var replaced: [Int] = []
    var index = 0
    while index < bytes.count {
      let (length, isValid) = bytes[index] < 0x80 ? (1, true) : character(bytes, at: index)
      if isValid {
        output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<index + length]))
      } else {
        replaced.append(output.count)
        output.append(contentsOf: replacement)
      }
      index += length
    }
    return (output, replaced)
  }

  /// U+FFFD.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Length of the character that begins at an index, or of the maximal ill-formed part there (Unicode, table 3-7).
  private static func character(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (length: Int, isValid: Bool) {
    let first = bytes[index]
    let tail: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: tail = 1
    case 0xE0: (tail, second) = (2, 0xA0...0xBF)
    case 0xED: (tail, second) = (2, 0x80...0x9F)
    case 0xE1...0xEF: tail = 2
    case 0xF0: (tail, second) = (3, 0x90...0xBF)
    case 0xF4: (tail, second) = (3, 0x80...0x8F)
    case 0xF1...0xF3: tail = 3
    default: return (1, false)
    }
    for offset in 1...tail {
      guard index + offset < bytes.count else { return (offset, false) }
      let allowed = offset == 1 ? second : 0x80...0xBF
      guard allowed.contains(bytes[index + offset]) else { return (offset, false) }
    }
    return (tail + 1, true)
  }
}
