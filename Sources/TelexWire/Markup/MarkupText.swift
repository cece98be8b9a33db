import TelexModel

/// Takes the running text out of marked-up content: NITF, XHTML, HTML. Blocks come from block elements, roles from what
/// these are.
struct MarkupText {
  var assembly = TextAssembly()
  /// Elements whose text is no part of the dispatch.
  var skipped: Set<String> = MarkupText.withoutText
  /// Whether an element is left out for another reason than its name.
  var isSkipped: (Element) -> Bool = { _ in false }
  /// Where a fragment stands in the document around it: goes before its elements' paths, in the place of its root.
  var pathPrefix: String?
  /// `<br>` since the last text.
  private var breaks = 0

  init() {}

  /// What never is text, in any of these vocabularies.
  static let withoutText: Set<String> = [
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "head", "button", "select",
    "input", "textarea", "media", "img", "picture", "video", "audio", "canvas", "map", "figure", "figcaption",
    "nitf-table-metadata",
  ]

  private static let blocks: Set<String> = [
    "p", "div", "section", "article", "main", "body", "html", "blockquote", "bq", "pre", "li", "ul", "ol", "dl", "dt",
    "dd", "table", "nitf-table", "tr", "caption", "thead", "tbody", "tfoot", "block", "body.content", "body.head",
    "body.end", "header", "footer", "aside", "nav", "address", "figure", "figcaption", "form", "fieldset", "note", "hr",
    "center", "details", "summary", "hgroup", "abstract", "tagline", "fn", "h1", "h2", "h3", "h4", "h5", "h6", "hl1",
    "hl2",
    "byline", "dateline", "content", "credit",
  ]

  private static func role(_ name: String) -> Block.Role {
    switch name {
    case "h1", "hl1": .headline
    case "h2", "h3", "h4", "h5", "h6", "hl2": .intertitle
    case "byline": .byline
    case "dateline": .dateline
    case "note", "fn": .note
    case "tagline": .signoff
    default: .paragraph
    }
  }

  /// Appends all blocks in an element.
  mutating func append(_ element: Element, whiteSpace: TextAssembly.WhiteSpace = .collapsed) {
    let name = element.name.lowercased()
    guard !skipped.contains(name), !isSkipped(element) else { return }
    if name == "br" { return lineBreak() }
    let isBlock = Self.blocks.contains(name)
    if isBlock { assembly.begin(Self.role(name)) }
    if name == "td" || name == "th" || name == "byttl" { assembly.separate() }
    breaks = 0
    let isKept = name == "pre"
    var path: String?
    for content in element.contents {
      switch content {
      case .element(let child): append(child, whiteSpace: isKept ? .kept : whiteSpace)
      case .text(let range):
        let place = path ?? self.path(element)
        path = place
        assembly.append(element.tree.transcript, range, path: place, whiteSpace: isKept ? .kept : whiteSpace)
        if element.tree.transcript.bytes[range].contains(where: { !TextAssembly.isSpace($0) }) { breaks = 0 }
      }
    }
    if name == "td" || name == "th" { assembly.separate() }
    if isBlock { assembly.begin(.paragraph) }
  }

  private func path(_ element: Element) -> String {
    guard let pathPrefix else { return element.path }
    return pathPrefix + element.path.drop { $0 == "/" }.drop { $0 != "/" }
  }

  /// One `<br>` ends a line, two end a paragraph.
  private mutating func lineBreak() {
    breaks += 1
    if breaks > 1 { assembly.begin(.paragraph) } else { assembly.lineBreak() }
  }
}
