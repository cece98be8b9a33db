/// Case and accents of Latin letters, on UTF-8 bytes: what French and its neighbours need (U+0000–U+017F, and ’ as ').

/// A Unicode scalar and its length in bytes. Malformed bytes (there are none in a `SourceText`) count as U+FFFD.
@inline(__always)
package func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
  let first = bytes[offset]
  if first < 0x80 { return (UInt32(first), 1) }
  func tail(_ index: Int) -> UInt32 { offset + index < bytes.count ? UInt32(bytes[offset + index] & 0x3F) : 0 }
  if first < 0xE0 { return (UInt32(first & 0x1F) &<< 6 | tail(1), min(2, bytes.count - offset)) }
  if first < 0xF0 {
    return (UInt32(first & 0x0F) &<< 12 | tail(1) &<< 6 | tail(2), min(3, bytes.count - offset))
  }
  return (
    UInt32(first & 0x07) &<< 18 | tail(1) &<< 12 | tail(2) &<< 6 | tail(3), min(4, bytes.count - offset)
  )
}

/// The small letter of a Latin capital; anything else as it is.
@inline(__always)
package func lowercased(_ scalar: UInt32) -> UInt32 {
  switch scalar {
  case 0x41...0x5A: scalar + 32
  case 0xC0...0xDE: scalar == 0xD7 ? scalar : scalar + 32
  case 0x100...0x137, 0x14A...0x177: scalar | 1
  case 0x139...0x148, 0x179...0x17E: scalar & 1 == 1 ? scalar + 1 : scalar
  case 0x178: 0xFF
  case 0x391...0x3A9, 0x410...0x42F: scalar + 32
  default: scalar
  }
}

@inline(__always)
package func isUppercase(_ scalar: UInt32) -> Bool { lowercased(scalar) != scalar }

/// Letters of any script, as far as words need: everything from U+00AA that is no punctuation, symbol or space.
@inline(__always)
package func isLetter(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xB5, 0xBA: true
  case 0xC0...0x2FF: scalar != 0xD7 && scalar != 0xF7
  case 0x300...0x1FFF: true
  case 0x2070...0x209C, 0x2C00...0x2DFF, 0x3005...0x3007, 0x3040...0xD7FF, 0xF900...0xFDFF, 0xFE20...0xFE2F: true
  case 0xFE70...0xFEFC, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFF66...0xFFDC: true
  case 0x10000...0x1F000: true
  case 0x20000...0xE0000: true
  default: false
  }
}

@inline(__always)
package func isDigit(_ scalar: UInt32) -> Bool { scalar >= 0x30 && scalar <= 0x39 }

/// Spaces of every width, line ends and the invisible marks that stand between words.
@inline(__always)
package func isSpace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
  default: false
  }
}

@inline(__always)
package func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 || scalar == 0x02BC }

/// Base letters of U+00C0–U+017F without their accents; 0 where a letter has none of one character.
private let baseLetters: [UInt8] = Array(
  ("AAAAAA\0CEEEEIIII\0NOOOOO\0OUUUUY\0\0aaaaaa\0ceeeeiiii\0nooooo\0ouuuuy\0y"
    + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi\0\0JjKk\0LlLlLlLlLlNnNnNn\0\0\0OoOoOo\0\0"
    + "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs").utf8)

/// Appends a scalar in UTF-8.
@inline(__always)
package func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
  switch scalar {
  case 0..<0x80: bytes.append(UInt8(scalar))
  case 0x80..<0x800:
    bytes.append(UInt8(0xC0 | scalar &>> 6))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  case 0x800..<0x10000:
    bytes.append(UInt8(0xE0 | scalar &>> 12))
    bytes.append(UInt8(0x80 | scalar &>> 6 & 0x3F))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  default:
    bytes.append(UInt8(0xF0 | scalar &>> 18 & 0x07))
    bytes.append(UInt8(0x80 | scalar &>> 12 & 0x3F))
    bytes.append(UInt8(0x80 | scalar &>> 6 & 0x3F))
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  }
}

/// How much of a spelling is evened out.
package enum Folding: Sendable {
  /// Only ’ becomes '.
  case form
  /// And capitals become small.
  case lower
  /// And accents and ligatures go: for lists of names, which spell "États-Unis", "ETATS-UNIS" and "Etats-Unis".
  case bare
}

/// Appends `bytes`, folded, to `result`.
package func fold(_ bytes: UnsafeBufferPointer<UInt8>, _ folding: Folding, into result: inout [UInt8]) {
  var offset = 0
  while offset < bytes.count {
    let first = bytes[offset]
    if first < 0x80 {
      result.append(folding != .form && first >= 0x41 && first <= 0x5A ? first | 0x20 : first)
      offset += 1
      continue
    }
    var (value, length) = scalar(bytes, at: offset)
    offset += length
    if isApostrophe(value) { value = 0x27 }
    if folding != .form { value = lowercased(value) }
    if folding == .bare {
      switch value {
      case 0xC0...0x17F:
        if value == 0xE6 { result.append(contentsOf: [0x61, 0x65]); continue }
        if value == 0x153 { result.append(contentsOf: [0x6F, 0x65]); continue }
        if value == 0xDF { result.append(contentsOf: [0x73, 0x73]); continue }
        let base = Int(value) - 0xC0 < baseLetters.count ? baseLetters[Int(value) - 0xC0] : 0
        if base != 0 { value = UInt32(base) }
      case 0x2010, 0x2011: value = 0x2D
      case 0x300...0x36F: continue
      default: break
      }
    }
    append(value, to: &result)
  }
}

/// `bytes`, folded.
package func folded(_ bytes: ArraySlice<UInt8>, _ folding: Folding) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  bytes.withUnsafeBufferPointer { fold($0, folding, into: &result) }
  return result
}

/// `bytes`, folded.
package func folded(_ bytes: some Collection<UInt8>, _ folding: Folding) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  let array = Array(bytes)
  array.withUnsafeBufferPointer { fold($0, folding, into: &result) }
  return result
}
