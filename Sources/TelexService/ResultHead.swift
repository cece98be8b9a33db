import Glibc
import TelexModel

/// What a result says of its dispatch as a whole, read without the rest: the encoder begins each member of the result at
/// the same depth, and no string of a result holds a line end.
struct ResultHead {
  let status: String
  let format: String?
  let file: [UInt8]
  let item: JSONValue
  /// TIMEX3 value.
  let documentTime: String?

  /// Nil where the bytes are no result of one dispatch that was read.
  init?(of result: [UInt8]) {
    // All of it stands before the text; the layers behind the text are long.
    let result = Self.end(of: "\n  \"text\": ", in: result, from: 0).map { Array(result[..<$0]) } ?? result
    guard let status = Self.line("\n  \"status\": ", in: result)?.string,
      let item = Self.object("\n  \"item\": ", in: result),
      let source = Self.line("\n    \"file\": ", in: result)?.string
    else { return nil }
    self.status = status
    self.item = item
    file = Self.line("\n    \"fileBytes\": ", in: result)?.string.flatMap(Base64.decode) ?? Array(source.utf8)
    format = Self.line("\n    \"format\": ", in: result)?.string
    documentTime = Self.object("\n  \"documentTime\": ", in: result)?["value"]?.string
  }

  /// The value of the first member that begins so and ends on its line.
  private static func line(_ opening: String, in result: [UInt8]) -> JSONValue? {
    guard let start = end(of: opening, in: result, from: 0) else { return nil }
    var value = result[start...].prefix { $0 != 0x0A }
    if value.last == UInt8(ascii: ",") { value.removeLast() }
    return try? JSONReader.value(of: Array(value))
  }

  /// The object of the first member that begins so; its last line is at the depth of its first.
  private static func object(_ opening: String, in result: [UInt8]) -> JSONValue? {
    guard let start = end(of: opening, in: result, from: 0) else { return nil }
    if result[start...].starts(with: [0x7B, 0x7D]) { return .object([]) }
    guard let end = end(of: "\n  }", in: result, from: start) else { return nil }
    return try? JSONReader.value(of: Array(result[start..<end]))
  }

  /// Index behind words that begin with a line end.
  private static func end(of words: String, in bytes: [UInt8], from start: Int) -> Int? {
    let needle = Array(words.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return nil }
      var index = start
      while index + needle.count <= bytes.count {
        guard let line = memchr(base + index, 0x0A, bytes.count - index) else { return nil }
        index = UnsafeRawPointer(line) - UnsafeRawPointer(base)
        if index + needle.count <= bytes.count, memcmp(line, needle, needle.count) == 0 { return index + needle.count }
        index += 1
      }
      return nil
    }
  }
}
