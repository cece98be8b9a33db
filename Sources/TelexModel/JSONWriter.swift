/// Writes JSON (RFC 8259) as bytes: members in the order they are given, two-space indentation, and nothing in it that
/// depends on machine, locale or run.
///
/// Control characters and the marks that change the direction or the lines of what a terminal shows are written as
/// `\u` escapes, so that a result can be printed safely.
package struct JSONWriter: ~Copyable {
  private var bytes = ByteBuffer(capacity: 1024)
  private var depth = 0
  private var isFirst = true

  package init() {}

  package mutating func reserve(_ count: Int) { bytes.reserve(count) }

  /// Ends the document with its one trailing newline.
  package consuming func finished() -> [UInt8] {
    bytes.append(0x0A)
    return bytes.bytes
  }

  /// What was written, of a document that others write the rest of.
  package consuming func unfinished() -> [UInt8] { bytes.bytes }

  // MARK: Containers

  /// Goes on in the document's object, where somebody else wrote members already.
  package static func continuingObject() -> JSONWriter {
    var writer = JSONWriter()
    writer.depth = 1
    writer.isFirst = false
    return writer
  }

  /// Begins the document's object.
  package mutating func openObject() { open(0x7B) }

  /// Ends it.
  package mutating func closeObject() { close(0x7D) }

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    container(open: 0x7B, close: 0x7D, members)
  }

  package mutating func array<S: Sequence>(_ items: S, _ element: (inout JSONWriter, S.Element) -> Void) {
    container(open: 0x5B, close: 0x5D) { writer in
      for item in items {
        writer.separate()
        element(&writer, item)
        writer.isFirst = false
      }
    }
  }

  /// The name of the next member, which needs no escapes; its value is written right after.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(0x22)
    bytes.append(name)
    bytes.append("\": ")
    isFirst = false
  }

  /// The same for a name that comes from somewhere.
  package mutating func key(escaping name: String) {
    separate()
    string(name)
    bytes.append(0x3A)
    bytes.append(0x20)
    isFirst = false
  }

  private mutating func container(open: UInt8, close: UInt8, _ body: (inout JSONWriter) -> Void) {
    self.open(open)
    body(&self)
    self.close(close)
  }

  private mutating func open(_ mark: UInt8) {
    bytes.append(mark)
    depth += 1
    isFirst = true
  }

  private mutating func close(_ mark: UInt8) {
    depth -= 1
    if !isFirst { newline() }
    bytes.append(mark)
    isFirst = false
  }

  private mutating func separate() {
    if !isFirst { bytes.append(0x2C) }
    newline()
  }

  private mutating func newline() {
    bytes.append(0x0A)
    bytes.append(0x20, times: 2 * depth)
  }

  // MARK: Values

  package mutating func null() { bytes.append("null") }
  package mutating func bool(_ value: Bool) { bytes.append(value ? "true" : "false") }

  package mutating func number(_ value: Int) {
    if value < 0 { bytes.append(0x2D) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = value.magnitude
      var first = digits.count
      repeat {
        first -= 1
        digits.initializeElement(at: first, to: 0x30 + UInt8(truncatingIfNeeded: rest % 10))
        rest /= 10
      } while rest > 0
      bytes.append(UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }

  /// The shortest decimal that reads back as the same value; a whole number without fraction. JSON knows neither
  /// infinity nor NaN: those are null.
  package mutating func number(_ value: Double) {
    guard value.isFinite else { return null() }
    if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return number(whole) }
    var description = value.description
    description.withUTF8 { bytes.append($0) }
  }

  /// Between 0 and 1, with two decimals.
  package mutating func fraction(_ value: Double) {
    let hundredths = value.isFinite ? Int((min(max(value, 0), 1) * 100).rounded()) : 0
    bytes.append(0x30 + UInt8(hundredths / 100))
    bytes.append(0x2E)
    bytes.append(0x30 + UInt8(hundredths / 10 % 10))
    bytes.append(0x30 + UInt8(hundredths % 10))
  }

  package mutating func string(_ value: String) {
    if value.utf8.withContiguousStorageIfAvailable({ string(utf8: $0) }) == nil { string(utf8: Array(value.utf8)[...]) }
  }

  /// - Parameter utf8: valid UTF-8.
  package mutating func string(utf8: ArraySlice<UInt8>) { utf8.withUnsafeBufferPointer { string(utf8: $0) } }

  private mutating func string(utf8 input: UnsafeBufferPointer<UInt8>) {
    bytes.append(0x22)
    var written = 0
    var index = 0
    while index < input.count {
      let byte = input[index]
      if byte >= 0x20, byte != 0x22, byte != 0x5C, !JSONEscapes.mayBegin(byte) {
        index += 1
        continue
      }
      let (length, scalar) = JSONEscapes.escaped(input, at: index)
      if length == 0 {
        index += 1
        continue
      }
      bytes.append(UnsafeBufferPointer(rebasing: input[written..<index]))
      JSONEscapes.append(scalar, to: &bytes)
      index += length
      written = index
    }
    bytes.append(UnsafeBufferPointer(rebasing: input[written...]))
    bytes.append(0x22)
  }
}

/// Which characters a JSON string of ours holds as escapes: `"`, `\`, C0, DEL and C1 controls, direction marks, line and
/// paragraph separators, and the byte order mark.
enum JSONEscapes {
  /// Lead bytes of the characters beyond ASCII that are escaped, and DEL.
  @inline(__always)
  static func mayBegin(_ byte: UInt8) -> Bool {
    byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2 || byte == 0xEF
  }

  /// Length in bytes and value of the character at `index` where it must be escaped; length 0 where it stands as it is.
  static func escaped(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> (length: Int, scalar: UInt32) {
    let first = utf8[index]
    if first < 0x80 { return (1, UInt32(first)) }
    guard index + 1 < utf8.count else { return (0, 0) }
    let second = utf8[index + 1]
    switch first {
    case 0xC2: return second < 0xA0 ? (2, UInt32(second)) : (0, 0)
    case 0xD8: return second == 0x9C ? (2, 0x061C) : (0, 0)
    default: break
    }
    guard index + 2 < utf8.count else { return (0, 0) }
    let scalar = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(utf8[index + 2] & 0x3F)
    switch scalar {
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: return (3, scalar)
    default: return (0, 0)
    }
  }

  static func append(_ scalar: UInt32, to bytes: inout ByteBuffer) {
    bytes.append(0x5C)
    switch scalar {
    case 0x22, 0x5C: bytes.append(UInt8(scalar))
    case 0x08: bytes.append(0x62)
    case 0x09: bytes.append(0x74)
    case 0x0A: bytes.append(0x6E)
    case 0x0C: bytes.append(0x66)
    case 0x0D: bytes.append(0x72)
    default:
      bytes.append(0x75)
      for shift in [12, 8, 4, 0] as [UInt32] {
        let digit = UInt8(scalar >> shift & 0xF)
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }
}
