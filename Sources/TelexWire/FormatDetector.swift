/// Tells a file's format from its content; its name is never asked.
package struct FormatDetector: Sendable {
  /// How far from the beginning the signs of a format are looked for, in bytes.
  private static let reach = 64 << 10

  package init() {}

  /// - Parameter utf8: the decoded file, or its raw bytes: the signs of all formats are ASCII.
  package func finding(in utf8: [UInt8]) -> FormatFinding {
    let head = Array(utf8.prefix(Self.reach))
    if let finding = wire(head) { return finding }
    guard let first = head.first(where: { !TextAssembly.isSpace($0) }) else {
      return FormatFinding(.plainText, 0, "nothing is in it")
    }
    switch first {
    case UInt8(ascii: "<"): if let finding = markup(head) { return finding }
    case UInt8(ascii: "{"), UInt8(ascii: "["): if let finding = json(head) { return finding }
    default: break
    }
    return mail(head) ?? FormatFinding(.plainText, 0.8, "no sign of another format")
  }

  // MARK: IPTC 7901 and ANPA 1312

  private func wire(_ head: [UInt8]) -> FormatFinding? {
    // Filler before the start of header: DEL, SYN, NUL, line ends.
    let filler: Set<UInt8> = [0x00, 0x0A, 0x0D, 0x16, 0x20, 0x7F]
    guard let start = head.firstIndex(where: { !filler.contains($0) }), head[start] == 0x01 else { return nil }
    let line = head[(start + 1)...].prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x02 }
    let hasText = head.contains(0x02)
    let fields = line.split(separator: 0x20)
    let isIPTC =
      fields.count >= 3 && fields[1].count == 1 && fields[1].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    // Both put idle characters (SYN) before the header.
    if line.contains(0x1F) || head[..<start].contains(0x16) && !isIPTC {
      return FormatFinding(
        .anpa1312, line.contains(0x1F) && hasText ? 1 : 0.8, "start of header, and the selector behind it (1F)")
    }
    if isIPTC {
      return FormatFinding(.iptc7901, hasText ? 1 : 0.8, "start of header, then source, priority and category")
    }
    return hasText ? FormatFinding(.iptc7901, 0.6, "start of header and start of text, without the fields due") : nil
  }

  // MARK: XML and HTML

  private func markup(_ head: [UInt8]) -> FormatFinding? {
    let opening = MarkupOpening(head)
    guard let name = opening.root else {
      if opening.isHTML { return FormatFinding(.html, 1, "the document type html") }
      return opening.isXML ? FormatFinding(.xml, 0.8, "an XML declaration, and no element") : nil
    }
    switch name {
    case "nitf": return FormatFinding(.nitf, 1, "the root element nitf")
    case "NewsML": return FormatFinding(.newsML12, 1, "the root element NewsML")
    case "newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem":
      let isNamed = opening.startTag.contains("iptc.org/std/nar")
      return FormatFinding(
        .newsMLG2, isNamed ? 1 : 0.8, "the root element \(name)\(isNamed ? " and IPTC's namespace" : "")")
    case "rss", "RDF": return FormatFinding(.rss, name == "rss" ? 1 : 0.7, "the root element \(name)")
    case "feed": return FormatFinding(.atom, opening.startTag.contains("2005/Atom") ? 1 : 0.7, "the root element feed")
    case "html", "HTML", "Html": return FormatFinding(.html, 1, "the root element html")
    default:
      if opening.isHTML { return FormatFinding(.html, 1, "the document type html") }
      if opening.isXML { return FormatFinding(.xml, 0.9, "an XML declaration and the root element \(name)") }
      if Self.elementsOfHTML.contains(name.lowercased()) {
        return FormatFinding(.html, 0.7, "the element \(name) at its head")
      }
      return opening.isClosed ? FormatFinding(.xml, 0.6, "the element \(name) at its head, which is closed again") : nil
    }
  }

  private static let elementsOfHTML: Set<String> = [
    "head", "body", "title", "meta", "link", "p", "div", "span", "article", "section", "main", "h1", "h2", "h3",
    "table",
    "ul", "ol", "b", "i", "strong", "em", "br", "a", "img", "center", "font", "blockquote", "script", "style",
  ]

  // MARK: JSON

  private func json(_ head: [UInt8]) -> FormatFinding? {
    guard let open = head.firstIndex(where: { !TextAssembly.isSpace($0) }) else { return nil }
    let next = head[(open + 1)...].first { !TextAssembly.isSpace($0) }
    let isObject = head[open] == UInt8(ascii: "{")
    guard next == UInt8(ascii: isObject ? "\"" : "{") || next == UInt8(ascii: isObject ? "}" : "]") else { return nil }
    let text = String(decoding: head, as: UTF8.self)
    let names =
      ["\"uri\"", "\"standard\"", "\"body_text\"", "\"body_html\"", "\"body_xhtml\"", "\"bodies\"", "\"headline\""]
      + ["\"headlines\"", "\"versioncreated\"", "\"versionCreated\"", "\"pubstatus\"", "\"pubStatus\""]
    let found = names.filter { text.contains($0) }
    if found.count >= 2 {
      return FormatFinding(.ninjs, found.count > 3 ? 1 : 0.9, "JSON with " + found.joined(separator: ", "))
    }
    return FormatFinding(.json, 0.7, "it opens like JSON, without the members of ninjs")
  }

  // MARK: E-mail

  private func mail(_ head: [UInt8]) -> FormatFinding? {
    var fields: Set<String> = []
    var lines = head.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false)[...]
    if lines.first?.starts(with: Array("From ".utf8)) == true { lines = lines.dropFirst() }
    for line in lines.prefix(200) {
      let line = line.last == 0x0D ? line.dropLast() : line
      guard let first = line.first else { break }
      if first == 0x20 || first == 0x09, !fields.isEmpty { continue }
      guard let colon = line.prefix(80).firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else { break }
      fields.insert(String(decoding: line[..<colon], as: UTF8.self).lowercased())
    }
    let certain = fields.intersection(["message-id", "mime-version", "received", "return-path", "dkim-signature"])
    let usual = fields.intersection(["from", "to", "subject", "date", "reply-to", "content-type"])
    if !certain.isEmpty, usual.count >= 2 {
      return FormatFinding(.mail, 1, "the header fields " + (certain.union(usual)).sorted().joined(separator: ", "))
    }
    return usual.isSuperset(of: ["from", "to", "subject"]) || usual.isSuperset(of: ["from", "subject", "content-type"])
      ? FormatFinding(.mail, 0.8, "the header fields " + usual.sorted().joined(separator: ", ")) : nil
  }
}

/// The beginning of an XML or HTML document: what stands before its first element, and that element's start tag.
struct MarkupOpening {
  private(set) var isXML = false
  private(set) var isHTML = false
  /// Local name of the first element.
  private(set) var root: String?
  private(set) var startTag = ""
  /// Whether an end tag of that name stands somewhere.
  private(set) var isClosed = false

  init(_ head: [UInt8]) {
    var index = 0
    func starts(_ text: StaticString) -> Bool {
      let count = text.utf8CodeUnitCount
      guard index + count <= head.count else { return false }
      return (0..<count).allSatisfy { head[index + $0] | 0x20 == text.utf8Start[$0] | 0x20 }
    }
    /// Behind the next occurrence of a text.
    func skip(past text: StaticString) {
      let count = text.utf8CodeUnitCount
      while index < head.count, !starts(text) { index += 1 }
      index = min(index + count, head.count)
    }
    while index < head.count {
      if TextAssembly.isSpace(head[index]) {
        index += 1
      } else if starts("<?") {
        if starts("<?xml") { isXML = true }
        skip(past: "?>")
      } else if starts("<!--") {
        skip(past: "-->")
      } else if starts("<!doctype") {
        isHTML =
          head[index...].dropFirst(9).drop(while: TextAssembly.isSpace).prefix(4).map { $0 | 0x20 }
          == Array("html".utf8)
        isXML = isXML || !isHTML
        // An internal subset stands in brackets and holds `>` itself.
        while index < head.count, head[index] != UInt8(ascii: ">"), head[index] != UInt8(ascii: "[") { index += 1 }
        if index < head.count, head[index] == UInt8(ascii: "[") { skip(past: "]") }
        while index < head.count, head[index] != UInt8(ascii: ">") { index += 1 }
        index += 1
      } else {
        break
      }
    }
    guard index + 1 < head.count, head[index] == UInt8(ascii: "<") else { return }
    let name = head[(index + 1)...].prefix {
      $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
        || $0 == 0x3A || $0 >= 0x80
    }
    guard let first = name.first, first | 0x20 >= 0x61 && first | 0x20 <= 0x7A || first == 0x5F || first >= 0x80,
      name.count <= 256
    else { return }
    let full = String(decoding: name, as: UTF8.self)
    root = full.split(separator: ":").last.map(String.init)
    startTag = String(decoding: head[index...].prefix { $0 != UInt8(ascii: ">") }.prefix(8192), as: UTF8.self)
    let end = Array("</\(full)".utf8)
    isClosed = head[index...].split(separator: UInt8(ascii: ">"), maxSplits: 4096).contains {
      $0.suffix(end.count) == end[...]
    }
  }
}
