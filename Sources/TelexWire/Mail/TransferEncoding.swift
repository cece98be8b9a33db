/// Content transfer encodings of e-mail (RFC 2045, section 6), with the origin of each byte.
enum TransferEncoding {
  /// The decoded bytes of a part, or of a header's encoded word (`q`), in whatever charset they are. What is no valid encoding stands as it is.
  static func decoded(_ bytes: [UInt8], _ range: Range<Int>, _ name: String) -> Transcript {
    switch name {
    case "quoted-printable": quotedPrintable(bytes, range, isHeader: false)
    case "q": quotedPrintable(bytes, range, isHeader: true)
    case "base64": base64(bytes, range)
    default: copy(bytes, range)
    }
  }

  private static func copy(_ bytes: [UInt8], _ range: Range<Int>) -> Transcript {
    var output = Transcript()
    output.append(copy: bytes[range], from: range.lowerBound)
    return output
  }

  private static func quotedPrintable(_ bytes: [UInt8], _ range: Range<Int>, isHeader: Bool) -> Transcript {
    var output = Transcript()
    var lines = LineCursor(bytes, range)
    while let line = lines.next() {
      var end = line.upperBound
      // White space at a line's end was added on the way.
      while !isHeader, end > line.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
      let isSoft = end > line.lowerBound && bytes[end - 1] == UInt8(ascii: "=")
      if isSoft { end -= 1 }
      var index = line.lowerBound
      while index < end {
        let start = index
        while index < end, bytes[index] != UInt8(ascii: "=") { index += 1 }
        output.append(copy: bytes[start..<index], from: start)
        guard index < end else { break }
        if index + 2 < end, let high = hex(bytes[index + 1]), let low = hex(bytes[index + 2]) {
          output.append([high << 4 | low], for: index..<index + 3)
          index += 3
        } else {
          output.append(copy: bytes[index..<index + 1], from: index)
          index += 1
        }
      }
      if !isSoft { output.append(copy: bytes[line.upperBound..<lines.index], from: line.upperBound) }
    }
    return output
  }

  /// What a line of 76 letters holds is a piece; what is no letter of the alphabet is passed over.
  private static func base64(_ bytes: [UInt8], _ range: Range<Int>) -> Transcript {
    var output = Transcript()
    var piece: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    var (start, end) = (range.lowerBound, range.lowerBound)
    for index in range {
      guard let value = letter(bytes[index]) else {
        if bytes[index] == UInt8(ascii: "=") { break }
        continue
      }
      if piece.isEmpty, count == 0 { start = index }
      end = index + 1
      bits = bits << 6 | UInt32(value)
      count += 1
      guard count == 4 else { continue }
      piece += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
      (bits, count) = (0, 0)
      if piece.count >= 57 {
        output.append(piece, for: start..<end)
        piece = []
      }
    }
    if count == 2 { piece.append(UInt8(bits >> 4 & 0xFF)) }
    if count == 3 { piece += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
    output.append(piece, for: start..<end)
    return output
  }

  static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  private static func letter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x47
    case 0x30...0x39: byte + 4
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
