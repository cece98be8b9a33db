import TelexModel

/// Content that is markup as a whole, or escaped markup inside an element or a JSON string.
struct MarkupFragment {
  let html: HTMLParser

  /// Appends text that may or may not be HTML: with tags it is read as such, without them as plain paragraphs.
  /// - Parameter path: path of the element or member that holds it.
  func append(_ content: Transcript, path: String, isHTML: Bool? = nil, to text: inout MarkupText)
    throws(ReadingFailure)
  {
    guard isHTML ?? Self.looksLikeHTML(content.bytes) else {
      PlainBlocks.append(content, 0..<content.count, path: path, to: &text.assembly)
      return
    }
    guard let root = try html.tree(of: content).root else { return }
    text.pathPrefix = path
    text.append(root)
    text.pathPrefix = nil
  }

  /// Whether a tag is in it: `<` and a letter or slash, and later `>`; or a character reference, which no plain text has.
  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    hasTag(bytes) || hasReference(bytes)
  }

  private static func hasReference(_ bytes: [UInt8]) -> Bool {
    for index in bytes.indices where bytes[index] == UInt8(ascii: "&") {
      let name = bytes[(index + 1)...].prefix(12).prefix { $0 != UInt8(ascii: ";") }
      let end = index + 1 + name.count
      guard name.count > 1, end < bytes.count, bytes[end] == UInt8(ascii: ";") else { continue }
      let digits = name.first == UInt8(ascii: "#") ? name.dropFirst() : name
      if digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) { return true }
    }
    return false
  }

  private static func hasTag(_ bytes: [UInt8]) -> Bool {
    var isOpen = false
    for index in bytes.indices.dropLast() {
      if isOpen, bytes[index + 1] == UInt8(ascii: ">") { return true }
      guard bytes[index] == UInt8(ascii: "<") else { continue }
      let next = bytes[index + 1]
      if next == UInt8(ascii: "/") || next | 0x20 >= 0x61 && next | 0x20 <= 0x7A { isOpen = true }
    }
    return false
  }
}
