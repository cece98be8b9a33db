/// A JSON value with its members in file order.
package enum JSONValue: Sendable, Equatable {
  package struct Member: Sendable, Equatable {
    package var name: String
    package var value: JSONValue
  }

  case object([Member])
  case array([JSONValue])
  case string(String)
  /// As it is written; `double` reads it.
  case number(String)
  case bool(Bool)
  case null

  /// The first member of that name; nil for none, and for what is no object.
  package subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var int: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
  package var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
  package var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}

/// Where and why bytes are no JSON.
package struct JSONError: Error, Equatable, CustomStringConvertible {
  package enum Kind: Sendable {
    /// Another character is due.
    case malformed
    /// The bytes end within the value.
    case truncated
    /// More nesting or values than the reader allows.
    case limit
  }

  package let kind: Kind
  /// Bytes from the beginning.
  package let offset: Int
  package let message: String

  package var description: String { "no JSON at byte \(offset): \(message)" }
}

/// Reads JSON (RFC 8259), strictly, within a limit of nesting. Contents are hostile: it throws and never traps.
package struct JSONReader {
  private let input: [UInt8]
  private var index = 0
  private let maximumDepth: Int
  private let maximumValues: Int
  private var values = 0
  private var strings: [Range<Int>] = []

  /// The one value that the bytes hold.
  /// - Throws: `JSONError`.
  package static func value(of bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
    try locatedValue(of: bytes, maximumDepth: maximumDepth).value
  }

  /// The one value that the bytes hold, and where the strings in it stand: a range of bytes for each, quotation marks
  /// included, in file order, names of members left out.
  /// - Throws: `JSONError`.
  package static func locatedValue(
    of bytes: [UInt8], maximumDepth: Int = 64, maximumValues: Int = 1 << 20
  ) throws(JSONError) -> (value: JSONValue, strings: [Range<Int>]) {
    var reader = JSONReader(input: bytes, maximumDepth: maximumDepth, maximumValues: maximumValues)
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.index == bytes.count else { throw reader.error("something follows the value") }
    return (value, reader.strings)
  }

  private init(input: [UInt8], maximumDepth: Int, maximumValues: Int) {
    self.input = input
    self.maximumDepth = maximumDepth
    self.maximumValues = maximumValues
  }

  private var next: UInt8? { index < input.count ? input[index] : nil }

  private func error(_ message: String) -> JSONError {
    JSONError(kind: index < input.count ? .malformed : .truncated, offset: index, message: message)
  }

  private func excess(_ message: String) -> JSONError { JSONError(kind: .limit, offset: index, message: message) }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < maximumDepth else { throw excess("nested deeper than \(maximumDepth)") }
    values += 1
    guard values <= maximumValues else { throw excess("more than \(maximumValues) values") }
    skipSpace()
    switch next {
    case 0x7B: return try object(depth: depth)
    case 0x5B: return try array(depth: depth)
    case 0x22:
      let start = index
      let text = try string()
      strings.append(start..<index)
      return .string(text)
    case 0x74: return try word("true", .bool(true))
    case 0x66: return try word("false", .bool(false))
    case 0x6E: return try word("null", .null)
    case .some(0x30...0x39), 0x2D: return try number()
    case nil: throw error("it ends where a value is due")
    default: throw error("no value begins so")
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    for offset in 0..<text.utf8CodeUnitCount {
      guard next == text.utf8Start[offset] else { throw error("\(text) is due") }
      index += 1
    }
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    index += 1
    var members: [JSONValue.Member] = []
    if take(0x7D) { return .object(members) }
    repeat {
      skipSpace()
      guard next == 0x22 else { throw error("the name of a member is due") }
      let name = try string()
      guard take(0x3A) else { throw error("a colon is due") }
      members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
    } while take(0x2C)
    guard take(0x7D) else { throw error("a comma or the end of the object is due") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    index += 1
    var items: [JSONValue] = []
    if take(0x5D) { return .array(items) }
    repeat { items.append(try value(depth: depth + 1)) } while take(0x2C)
    guard take(0x5D) else { throw error("a comma or the end of the array is due") }
    return .array(items)
  }

  private mutating func digits() throws(JSONError) {
    let start = index
    while let byte = next, byte >= 0x30, byte <= 0x39 { index += 1 }
    guard index > start else { throw error("a digit is due") }
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    if next == 0x2D { index += 1 }
    if next == 0x30 { index += 1 } else { try digits() }
    if next == 0x2E {
      index += 1
      try digits()
    }
    if next == 0x65 || next == 0x45 {
      index += 1
      if next == 0x2B || next == 0x2D { index += 1 }
      try digits()
    }
    return .number(String(decoding: input[start..<index], as: UTF8.self))
  }

  private mutating func string() throws(JSONError) -> String {
    index += 1
    var bytes: [UInt8] = []
    while let byte = next {
      switch byte {
      case 0x22:
        index += 1
        guard let text = String(validating: bytes, as: UTF8.self) else { throw error("the string is not UTF-8") }
        return text
      case 0x5C: try escape(into: &bytes)
      case 0..<0x20: throw error("a control character stands in a string")
      default:
        bytes.append(byte)
        index += 1
      }
    }
    throw error("it ends within a string")
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(JSONError) {
    index += 1
    guard let letter = next else { throw error("it ends within an escape") }
    index += 1
    switch letter {
    case 0x22, 0x5C, 0x2F: bytes.append(letter)
    case 0x62: bytes.append(0x08)
    case 0x66: bytes.append(0x0C)
    case 0x6E: bytes.append(0x0A)
    case 0x72: bytes.append(0x0D)
    case 0x74: bytes.append(0x09)
    case 0x75:
      var code = try hexadecimal()
      if code & 0xFC00 == 0xD800 {
        guard next == 0x5C, index + 1 < input.count, input[index + 1] == 0x75 else {
          throw error("half of a surrogate pair")
        }
        index += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else { throw error("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
      bytes.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    default: throw error("no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw error("four hexadecimal digits are due")
      }
      code = code << 4 | UInt32(digit)
      index += 1
    }
    return code
  }
}
