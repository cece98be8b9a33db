/// UTF-16 and UTF-32, of either byte order.
enum WideEncoding: String {
  case utf16le = "utf-16le"
  case utf16be = "utf-16be"
  case utf32le = "utf-32le"
  case utf32be = "utf-32be"

  /// The encoding that a byte order mark names, and the mark's length.
  static func marked(_ bytes: [UInt8]) -> (WideEncoding, Int)? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]), bytes.count % 4 == 0 { return (.utf32le, 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32be, 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16le, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16be, 2) }
    return nil
  }

  /// The encoding that the places of the NUL bytes speak for: French text is mostly ASCII, so that in wide encodings
  /// nearly all high bytes are NUL and nearly no low byte is.
  static func suspected(_ bytes: [UInt8]) -> WideEncoding? {
    let sample = bytes.prefix(65536)
    guard sample.count >= 4 else { return nil }
    var nuls = [0, 0, 0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { nuls[index & 3] += 1 }
    let quarter = Double(sample.count) / 4
    let share = nuls.map { Double($0) / quarter }
    if share[0] < 0.02, share[2] > 0.98, share[3] > 0.98, share[1] > 0.7 { return .utf32le }
    if share[3] < 0.02, share[0] > 0.98, share[1] > 0.98, share[2] > 0.7 { return .utf32be }
    let even = (share[0] + share[2]) / 2
    let odd = (share[1] + share[3]) / 2
    if odd > 0.7, even < 0.02 { return .utf16le }
    if even > 0.7, odd < 0.02 { return .utf16be }
    return nil
  }

  /// The text in UTF-8, and where in it U+FFFD stands for what is no character.
  func decoded(_ bytes: ArraySlice<UInt8>) -> (utf8: [UInt8], replaced: [Int]) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2 / 3)
    var replaced: [Int] = []
    let width = self == .utf16le || self == .utf16be ? 2 : 4
    let isLittle = self == .utf16le || self == .utf32le
    func unit(_ index: Int) -> UInt32? {
      guard index + width <= bytes.endIndex else { return nil }
      return (0..<width).reduce(UInt32(0)) { value, offset in
        value | UInt32(bytes[index + offset]) << UInt32(8 * (isLittle ? offset : width - 1 - offset))
      }
    }
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var value = unit(index) ?? 0xFFFF_FFFF
      index += width
      if width == 2, value & 0xFC00 == 0xD800, let low = unit(index), low & 0xFC00 == 0xDC00 {
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        index += 2
      }
      if let scalar = Unicode.Scalar(value), let encoded = UTF8.encode(scalar) {
        output.append(contentsOf: encoded)
      } else {
        replaced.append(output.count)
        output.append(contentsOf: UTF8Validation.replacement)
      }
    }
    return (output, replaced)
  }
}
