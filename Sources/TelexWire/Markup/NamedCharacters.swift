package import TelexText

/// Characters by the names that HTML and NITF give them (`Resources/entities.txt`), for documents whose DTD is never
/// opened.
package struct NamedCharacters: Sendable {
  private let scalars: [String: Unicode.Scalar]
  /// The table as an XML external subset: what stands in the place of any DTD that a document names.
  let declarations: [UInt8]

  /// - Throws: `ResourceError` where the table can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let file = try ResourceTable("entities.txt", of: "TelexWire", in: resources)
    var scalars: [String: Unicode.Scalar] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
    var declarations = ""
    for row in file.rows {
      guard row.fields.count == 2, let value = UInt32(row.fields[1], radix: 16), let scalar = Unicode.Scalar(value)
      else { throw file.error(row, "a name and a code point are due") }
      scalars[row.fields[0]] = scalar
      declarations += "<!ENTITY \(row.fields[0]) \"&#\(value);\">"
    }
    self.scalars = scalars
    self.declarations = Array(declarations.utf8)
  }

  /// The character that a reference at `index` stands for, and the reference's length; nil where none begins there.
  ///
  /// As browsers do: numbers 128 to 159 mean Windows-1252, and names need their semicolon.
  func reference(_ bytes: [UInt8], at index: Int) -> (character: [UInt8], length: Int)? {
    let limit = min(index + 34, bytes.count)
    guard index + 2 < limit, bytes[index] == UInt8(ascii: "&") else { return nil }
    var end = index + 1
    while end < limit, bytes[end] != UInt8(ascii: ";") {
      guard bytes[end] == UInt8(ascii: "#") && end == index + 1 || Self.isNamePart(bytes[end]) else { return nil }
      end += 1
    }
    guard end < limit, end > index + 1 else { return nil }
    let scalar: Unicode.Scalar?
    if bytes[index + 1] == UInt8(ascii: "#") {
      let isHex = bytes[index + 2] | 0x20 == UInt8(ascii: "x")
      let digits = String(decoding: bytes[(index + (isHex ? 3 : 2))..<end], as: UTF8.self)
      scalar = UInt32(digits, radix: isHex ? 16 : 10).flatMap(Self.character(ofNumber:))
    } else {
      scalar = scalars[String(decoding: bytes[index + 1..<end], as: UTF8.self)]
    }
    guard let scalar, let encoded = UTF8.encode(scalar) else { return nil }
    return (Array(encoded), end + 1 - index)
  }

  /// A text with its references read: an attribute's value, a header.
  func text(of bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "&"), let (character, length) = reference(bytes, at: index) {
        output += character
        index += length
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  private static func character(ofNumber number: UInt32) -> Unicode.Scalar? {
    switch number {
    case 0x80...0x9F: windows[Int(number - 0x80)].flatMap(Unicode.Scalar.init)
    case 0x09, 0x0A, 0x0D, 0x20...0x10FFFF: Unicode.Scalar(number)
    default: nil
    }
  }

  /// Windows-1252's characters 80 to 9F (HTML, numeric character reference end state).
  private static let windows: [UInt32?] = [
    0x20AC, nil, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, nil, 0x17D, nil,
    nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, nil, 0x17E, 0x178,
  ]
}
