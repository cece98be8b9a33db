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

  static func looksLikeHTML(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index + 2 < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        let next = bytes[index + 1] == UInt8(ascii: "/") ? bytes[index + 2] : bytes[index + 1]
        if next | 0x20 >= 0x61 && next | 0x20 <= 0x7A, bytes[index...].prefix(4096).contains(UInt8(ascii: ">")) {
          return true
        }
      }
      index += 1
    }
    return false
  }
}
