/// A part of an e-mail (RFC 2045, 2046): its header fields and where its body stands in the file.
struct MIMEPart {
  struct Field {
    /// In small letters.
    let name: String
    /// Unfolded value, raw bytes.
    fileprivate(set) var value: [UInt8]
    /// Where it stands in the file.
    fileprivate(set) var place: Range<Int>
  }

  static let maximumDepth = 16
  static let maximumParts = 256
  private static let maximumFields = 1000
  private static let maximumHeader = 256 << 10

  let fields: [Field]
  let body: Range<Int>
  private(set) var parts: [MIMEPart] = []
  /// `/part[1]/part[2]`
  let path: String
  let contentType: MIMEHeaderValue

  /// - Parameter budget: parts that may still be read.
  init(
    _ bytes: [UInt8], _ range: Range<Int>, path: String, depth: Int, budget: inout Int,
    defaultType: String = "text/plain"
  ) throws(ReadingFailure) {
    guard depth < Self.maximumDepth else { throw .limit("The mail holds parts more than \(Self.maximumDepth) deep.") }
    budget -= 1
    guard budget >= 0 else { throw .limit("The mail holds more than \(Self.maximumParts) parts.") }
    var fields: [Field] = []
    var lines = LineCursor(bytes, range)
    while let line = lines.next(), !line.isEmpty {
      guard line.upperBound - range.lowerBound <= Self.maximumHeader else {
        throw .limit("The mail has a header of more than \(Self.maximumHeader >> 10) kB.")
      }
      let first = bytes[line.lowerBound]
      if first == 0x20 || first == 0x09 {
        guard !fields.isEmpty else { continue }
        fields[fields.count - 1].value += bytes[line]
        fields[fields.count - 1].place = fields[fields.count - 1].place.lowerBound..<line.upperBound
        continue
      }
      guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) else { continue }
      guard fields.count < Self.maximumFields else {
        throw .limit("The mail has more than \(Self.maximumFields) header fields.")
      }
      let name = String(decoding: bytes[line.lowerBound..<colon].filter { $0 > 0x20 }, as: UTF8.self).lowercased()
      var start = colon + 1
      while start < line.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
      fields.append(Field(name: name, value: Array(bytes[start..<line.upperBound]), place: start..<line.upperBound))
    }
    self.fields = fields
    self.path = path
    body = min(lines.index, range.upperBound)..<range.upperBound
    let declared = fields.first { $0.name == "content-type" }.map { String(decoding: $0.value, as: UTF8.self) }
    contentType = MIMEHeaderValue(declared ?? defaultType)
    try readParts(bytes, depth: depth, budget: &budget)
  }

  private mutating func readParts(_ bytes: [UInt8], depth: Int, budget: inout Int) throws(ReadingFailure) {
    if contentType.value == "message/rfc822" {
      parts = [try MIMEPart(bytes, body, path: path + "/part", depth: depth + 1, budget: &budget)]
      return
    }
    guard contentType.value.hasPrefix("multipart/"), let boundary = contentType.parameters["boundary"],
      !boundary.isEmpty
    else { return }
    let defaultType = contentType.value == "multipart/digest" ? "message/rfc822" : "text/plain"
    let mark = Array("--\(boundary)".utf8)
    var lines = LineCursor(bytes, body)
    var start: Int?
    var lineStart = lines.index
    while let line = lines.next() {
      defer { lineStart = lines.index }
      guard bytes[line].starts(with: mark) else { continue }
      let rest = bytes[(line.lowerBound + mark.count)..<line.upperBound]
      let isLast = rest.starts(with: [0x2D, 0x2D])
      guard isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
      if let start {
        // The line end before the boundary belongs to it.
        var end = lineStart
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        try append(bytes, start..<end, depth, &budget, defaultType)
      }
      if isLast { return }
      start = lines.index
    }
    // A mail whose last boundary is missing is read as far as it goes.
    if let start { try append(bytes, min(start, body.upperBound)..<body.upperBound, depth, &budget, defaultType) }
  }

  private mutating func append(
    _ bytes: [UInt8], _ range: Range<Int>, _ depth: Int, _ budget: inout Int, _ defaultType: String
  ) throws(ReadingFailure) {
    parts.append(
      try MIMEPart(
        bytes, range, path: "\(path)/part[\(parts.count + 1)]", depth: depth + 1, budget: &budget,
        defaultType: defaultType))
  }

  func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  var transferEncoding: String {
    field("content-transfer-encoding").map {
      String(decoding: $0.value.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
    } ?? "7bit"
  }

  var isAttachment: Bool {
    field("content-disposition").map {
      MIMEHeaderValue(String(decoding: $0.value, as: UTF8.self)).value == "attachment"
    }
      ?? false
  }
}

/// `text/plain; charset="iso-8859-1"`: a value and its parameters, names in small letters.
struct MIMEHeaderValue {
  let value: String
  private(set) var parameters: [String: String] = [:]

  init(_ text: String) {
    var parts = Self.split(text)[...]
    value = parts.popFirst().map { String($0.filter { !$0.isWhitespace }).lowercased() } ?? ""
    for part in parts.prefix(32) {
      guard let equals = part.firstIndex(of: "=") else { continue }
      var name = part[..<equals].filter { !$0.isWhitespace }.lowercased()
      var value = part[part.index(after: equals)...].drop { $0.isWhitespace }
      // RFC 2231 marks a value with charset and language by an asterisk: charset'language'value.
      if name.hasSuffix("*") {
        name.removeLast()
        value = value.split(separator: "'", omittingEmptySubsequences: false).last ?? value
      }
      if value.first == "\"" {
        value = value.dropFirst()
        value = value[..<(value.firstIndex(of: "\"") ?? value.endIndex)]
      } else {
        value = value.prefix { !$0.isWhitespace }
      }
      parameters[name] = parameters[name] ?? String(value)
    }
  }

  /// At semicolons outside quotation marks.
  private static func split(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == ";", !isQuoted {
        parts.append(text[start..<index])
        start = text.index(after: index)
      }
    }
    parts.append(text[start...])
    return parts
  }
}

/// Goes through the lines of a stretch of bytes.
struct LineCursor {
  private let bytes: [UInt8]
  private let end: Int
  /// Where the next line begins.
  private(set) var index: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    index = range.lowerBound
    end = range.upperBound
  }

  /// The next line without its end (LF, CRLF or CR); nil behind the last.
  mutating func next() -> Range<Int>? {
    guard index < end else { return nil }
    let start = index
    while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    let line = start..<index
    if index < end, bytes[index] == 0x0D, index + 1 < end, bytes[index + 1] == 0x0A { index += 1 }
    index = min(index + 1, end)
    return line
  }
}
