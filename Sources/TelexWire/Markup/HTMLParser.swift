/// HTML of any quality as a tree: what a browser would show, near enough to find text in, and bounded whatever comes.
///
/// Own code because the one HTML5 library in both Debian 12 and 13 (gumbo) asked for 786 MB and a deep stack for 50 kB
/// of nested `div`, libxml2's maintainer warns of untrusted input, and neither gives offsets of decoded text. Reads in
/// one pass, without backtracking. Source: WHATWG HTML, tokenization; of tree construction only implied end tags.
package struct HTMLParser: Sendable {
  private let characters: NamedCharacters

  package init(characters: NamedCharacters) { self.characters = characters }

  /// A page or a fragment; the outermost element is always `html`.
  package func tree(of source: Transcript) throws(ReadingFailure) -> MarkupTree {
    var run = HTMLRun(source: source, characters: characters)
    if let limit = run.read() { throw .limit("The HTML holds \(limit).") }
    return run.builder.finish()
  }
}

/// One pass over one document.
private struct HTMLRun {
  let source: Transcript
  let characters: NamedCharacters
  var builder = MarkupTreeBuilder()
  /// How many elements of each name are open.
  private var openCount: [String: Int] = [:]
  private var index = 0

  private var bytes: [UInt8] { source.bytes }

  init(source: Transcript, characters: NamedCharacters) {
    self.source = source
    self.characters = characters
  }

  /// - Returns: the limit that is broken, in words.
  mutating func read() -> String? {
    while index < source.bytes.count {
      if source.bytes[index] == UInt8(ascii: "<"), let limit = tag() {
        if !limit.isEmpty { return limit }
        continue
      }
      if let limit = text() { return limit }
    }
    return nil
  }

  // MARK: Text

  /// Up to the next `<` that may begin a tag; the byte at `index` is text in any case.
  private mutating func text() -> String? {
    var end = index + 1
    while end < source.bytes.count, source.bytes[end] != UInt8(ascii: "<") || !mayBeTag(end) { end += 1 }
    defer { index = end }
    return text(index..<end)
  }

  private func mayBeTag(_ index: Int) -> Bool {
    guard index + 1 < source.bytes.count else { return false }
    let next = source.bytes[index + 1]
    return next | 0x20 >= 0x61 && next | 0x20 <= 0x7A || [0x21, 0x2F, 0x3F].contains(next)
  }

  private mutating func text(_ range: Range<Int>) -> String? {
    let isBlank = source.bytes[range].allSatisfy(TextAssembly.isSpace)
    if builder.isEmpty { if isBlank { return nil } else if let limit = start("html", []) { return limit } }
    if !isBlank, builder.openName(0) == "head" { end("head") }
    var start = range.lowerBound
    var next = start
    while next < range.upperBound {
      guard source.bytes[next] == UInt8(ascii: "&"),
        let (character, length) = characters.reference(source.bytes, at: next)
      else {
        next += 1
        continue
      }
      if let limit = builder.text(source, start..<next) { return limit }
      if let place = source.source(of: next..<next + length),
        let limit = builder.text(character, for: place, isCopy: false)
      {
        return limit
      }
      next += length
      start = next
    }
    return builder.text(source, start..<range.upperBound)
  }

  // MARK: Tags

  /// - Returns: nil where no tag begins here, else the limit that is broken, or an empty string.
  private mutating func tag() -> String? {
    guard index + 1 < source.bytes.count else { return nil }
    switch source.bytes[index + 1] {
    case UInt8(ascii: "!"):
      if starts("<!--") {
        index = find("-->", from: index + 4) ?? source.bytes.count
      } else if starts("<![CDATA[") {
        let from = index + 9
        let end = find("]]>", from: from)
        let limit = builder.text(source, from..<max(from, (end ?? source.bytes.count + 3) - 3))
        index = end ?? source.bytes.count
        return limit ?? ""
      } else {
        index = find(">", from: index) ?? source.bytes.count
      }
      return ""
    case UInt8(ascii: "?"):
      index = find(">", from: index) ?? source.bytes.count
      return ""
    case UInt8(ascii: "/"):
      guard index + 2 < source.bytes.count, Self.isLetter(source.bytes[index + 2]) else { return nil }
      index += 2
      let name = name()
      index = find(">", from: index) ?? source.bytes.count
      end(name)
      return ""
    case let byte where Self.isLetter(byte):
      index += 1
      return startTag()
    default: return nil
    }
  }

  private mutating func startTag() -> String {
    let name = name()
    guard let list = attributes() else { return "" }
    if let limit = open(name, list) { return limit }
    guard Self.rawText.contains(name) else { return "" }
    // Up to its end tag there is no markup inside; in a title there are references.
    let from = index
    let end = rawEnd(name, from: from)
    index = end
    let range = from..<end
    if let limit = name == "title" || name == "textarea" ? text(range) : builder.text(source, range) { return limit }
    return ""
  }

  private mutating func name() -> String {
    let start = index
    while index < source.bytes.count, !Self.endsName(source.bytes[index]) { index += 1 }
    return String(decoding: source.bytes[start..<min(index, start + MarkupLimits.nameBytes)], as: UTF8.self)
      .lowercased()
  }

  /// Up to the end of the tag; nil where the document ends first.
  private mutating func attributes() -> [(name: String, value: String)]? {
    var list: [(name: String, value: String)] = []
    while index < source.bytes.count {
      let byte = source.bytes[index]
      if byte == UInt8(ascii: ">") {
        index += 1
        return list
      }
      if TextAssembly.isSpace(byte) || byte == UInt8(ascii: "/") || byte == 0x0C {
        index += 1
        continue
      }
      let start = index
      index += 1
      while index < source.bytes.count, !Self.endsName(source.bytes[index]), source.bytes[index] != UInt8(ascii: "=") {
        index += 1
      }
      let key = String(decoding: source.bytes[start..<min(index, start + MarkupLimits.nameBytes)], as: UTF8.self)
      let value = value()
      if list.count < MarkupLimits.attributes { list.append((key.lowercased(), value)) }
    }
    return nil
  }

  private mutating func value() -> String {
    var next = index
    while next < source.bytes.count, TextAssembly.isSpace(source.bytes[next]) { next += 1 }
    guard next < source.bytes.count, source.bytes[next] == UInt8(ascii: "=") else { return "" }
    next += 1
    while next < source.bytes.count, TextAssembly.isSpace(source.bytes[next]) { next += 1 }
    guard next < source.bytes.count else {
      index = next
      return ""
    }
    let quote = source.bytes[next]
    let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    let start = isQuoted ? next + 1 : next
    var end = start
    while end < source.bytes.count,
      isQuoted
        ? source.bytes[end] != quote
        : !TextAssembly.isSpace(source.bytes[end]) && source.bytes[end] != UInt8(ascii: ">")
    {
      end += 1
    }
    index = min(isQuoted ? end + 1 : end, source.bytes.count)
    return characters.text(of: source.bytes[start..<end])
  }

  private func rawEnd(_ name: String, from: Int) -> Int {
    let name = Array(name.utf8)
    var next = from
    while next + 2 + name.count <= source.bytes.count {
      if source.bytes[next] == UInt8(ascii: "<"), source.bytes[next + 1] == UInt8(ascii: "/"),
        (0..<name.count).allSatisfy({ source.bytes[next + 2 + $0] | 0x20 == name[$0] })
      {
        return next
      }
      next += 1
    }
    return source.bytes.count
  }

  // MARK: Elements

  private mutating func open(_ name: String, _ list: [(name: String, value: String)]) -> String? {
    if name == "html" { return builder.isEmpty ? start(name, list) : nil }
    if builder.isEmpty, let limit = start("html", []) { return limit }
    if openCount["head", default: 0] > 0, !Self.ofHead.contains(name) { end("head") }
    closeImplied(by: name)
    // Deeper than this, elements are read as part of the one around them.
    if builder.depth >= MarkupLimits.depth - 1 { return nil }
    if let limit = start(name, list) { return limit }
    if Self.void.contains(name) { end(name) }
    return nil
  }

  private mutating func start(_ name: String, _ list: [(name: String, value: String)]) -> String? {
    let place = source.source(of: index - 1..<index)?.lowerBound ?? 0
    openCount[name, default: 0] += 1
    return builder.start(name, list, at: index > 0 ? place : 0)
  }

  private mutating func end(_ name: String) {
    guard name != "html", openCount[name, default: 0] > 0 else { return }
    while let inner = builder.openName(0) {
      builder.end()
      openCount[inner, default: 1] -= 1
      if inner == name { return }
    }
  }

  /// Closes what can't hold the element that begins: a paragraph in a paragraph, an item in an item.
  private mutating func closeImplied(by name: String) {
    let (closed, bounds): (Set<String>, Set<String>) =
      switch name {
      case "li": (["li"], ["ul", "ol", "menu"])
      case "dt", "dd": (["dt", "dd"], ["dl"])
      case "tr": (["tr"], ["table"])
      case "td", "th": (["td", "th"], ["tr", "table"])
      case "option": (["option"], ["select"])
      case _ where Self.endsParagraph.contains(name):
        (["p"], Self.paragraphBounds)
      default: ([], [])
      }
    guard closed.contains(where: { openCount[$0, default: 0] > 0 }) else { return }
    for distance in 0..<32 {
      guard let inner = builder.openName(distance), !bounds.contains(inner) else { return }
      if closed.contains(inner) { return end(inner) }
    }
  }

  // MARK: Bytes

  private func starts(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    return index + count <= source.bytes.count
      && (0..<count).allSatisfy { source.bytes[index + $0] == text.utf8Start[$0] }
  }

  /// Index behind the next occurrence.
  private func find(_ text: StaticString, from: Int) -> Int? {
    let count = text.utf8CodeUnitCount
    var next = from
    while next + count <= source.bytes.count {
      if source.bytes[next] == text.utf8Start[0],
        (1..<count).allSatisfy({ source.bytes[next + $0] == text.utf8Start[$0] })
      {
        return next + count
      }
      next += 1
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static func endsName(_ byte: UInt8) -> Bool {
    TextAssembly.isSpace(byte) || byte == 0x0C || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
  }

  private static let paragraphBounds = endsParagraph.subtracting(["p"]).union(["td", "th", "li"])
  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ]
  private static let rawText: Set<String> = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
  ]
  private static let ofHead: Set<String> = [
    "title", "meta", "link", "script", "style", "base", "noscript", "template", "head",
  ]
  private static let endsParagraph: Set<String> = [
    "address", "article", "aside", "blockquote", "center", "details", "div", "dl", "fieldset", "figure", "figcaption",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section",
    "table", "ul",
  ]
}
