import TelexModel
import TelexText

/// RSS 0.9x, 1.0 and 2.0 and Atom (RFC 4287): each item or entry is a dispatch.
struct FeedReader {
  let xml: XMLReader
  let html: HTMLParser

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let (tree, diagnostics) = try xml.tree(of: input.decoded.text.utf8)
    guard let root = tree.root else { throw .malformed("The feed holds no element.") }
    let language = root.first("channel/language")?.words ?? root["lang"]
    let author = root.first("author/name")?.words
    var dispatches: [WireItem] = []
    for entry in root.descendants("item") where input.format == .rss {
      try WireInput.checkCount(dispatches.count)
      dispatches.append(try rss(entry, language, input, diagnostics))
    }
    for entry in root.children("entry") where input.format == .atom {
      try WireInput.checkCount(dispatches.count)
      dispatches.append(try atom(entry, author, language, input, diagnostics))
    }
    return dispatches
  }

  // MARK: RSS

  private func rss(
    _ entry: Element, _ language: String?, _ input: WireInput, _ diagnostics: [Diagnostic]
  ) throws(ReadingFailure) -> WireItem {
    /// A child by name that is RSS's own, not one of Media RSS or another extension with the same name.
    func own(_ name: String) -> Element? {
      entry.children.first { $0.name == name && ($0.namespace == nil || $0.namespace?.contains("rss") == true) }
    }
    func extra(_ name: String, _ vocabulary: String) -> Element? {
      entry.children.first { $0.name == name && $0.namespace?.contains(vocabulary) == true }
    }
    var text = MarkupText()
    if let title = own("title") {
      text.assembly.begin(.headline)
      try append(title, to: &text)
      text.assembly.setRoles(from: 0, .headline)
    }
    let body = extra("encoded", "content") ?? own("description") ?? own("summary")
    if let body { try append(body, to: &text) }
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = input.dispatch(text.assembly, diagnostics)
    dispatch.item.headline = try own("title").flatMap { title throws(ReadingFailure) in try words(title) }
    dispatch.item.uri = own("guid")?.words ?? entry["about"] ?? own("link")?.words
    dispatch.item.byline = (extra("creator", "dc") ?? own("author"))?.words
    dispatch.item.keywords = entry.children("category").compactMap(\.words)
    if let source = own("source")?.words ?? extra("publisher", "dc")?.words { dispatch.item.infoSources = [source] }
    dispatch.setLanguage(
      extra("language", "dc")?.words ?? entry["lang"] ?? language)
    let published = own("pubDate")?.words.flatMap { WireDate(mail: $0) ?? WireDate(iso: $0) }
    let date = published ?? extra("date", "dc")?.words.flatMap { WireDate(iso: $0) }
    dispatch.item.versionCreated = date?.iso
    dispatch.setTime(date)
    return dispatch
  }

  // MARK: Atom

  private func atom(
    _ entry: Element, _ author: String?, _ language: String?, _ input: WireInput, _ diagnostics: [Diagnostic]
  ) throws(ReadingFailure) -> WireItem {
    var text = MarkupText()
    if let title = entry.first("title") {
      text.assembly.begin(.headline)
      try appendConstruct(title, to: &text)
      text.assembly.setRoles(from: 0, .headline)
    }
    if let content = entry.first("content") ?? entry.first("summary") { try appendConstruct(content, to: &text) }
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = input.dispatch(text.assembly, diagnostics)
    dispatch.item.headline = try entry.first("title").flatMap { title throws(ReadingFailure) in try words(title) }
    dispatch.item.uri = entry.first("id")?.words
    dispatch.item.byline = entry.first("author/name")?.words ?? author
    dispatch.item.keywords = entry.children("category").compactMap { $0["label"] ?? $0["term"] }
    if let source = entry.first("source/title")?.words { dispatch.item.infoSources = [source] }
    dispatch.setLanguage(entry.first("content")?["lang"] ?? entry["lang"] ?? language)
    let published = entry.first("published")?.words.flatMap { WireDate(iso: $0) }
    let updated = entry.first("updated")?.words.flatMap { WireDate(iso: $0) }
    dispatch.item.firstCreated = published?.iso
    dispatch.item.versionCreated = (updated ?? published)?.iso
    dispatch.setTime(updated, published)
    return dispatch
  }

  /// An Atom text construct: `type` is text, html or xhtml.
  private func appendConstruct(_ element: Element, to text: inout MarkupText) throws(ReadingFailure) {
    switch element["type"] ?? "text" {
    case "xhtml", "application/xhtml+xml":
      for child in element.children { text.append(child) }
    case "html", "text/html": try append(element, isHTML: true, to: &text)
    default: try append(element, isHTML: false, to: &text)
    }
  }

  private func append(_ element: Element, isHTML: Bool? = nil, to text: inout MarkupText) throws(ReadingFailure) {
    let content = element.tree.transcript.part(element.textRange)
    try MarkupFragment(html: html).append(content, path: element.path, isHTML: isHTML, to: &text)
  }

  /// A title's words, which may be escaped HTML.
  private func words(_ element: Element) throws(ReadingFailure) -> String? {
    var text = MarkupText()
    if element.namespace?.contains("Atom") == true || element["type"] != nil {
      try appendConstruct(element, to: &text)
    } else {
      try append(element, to: &text)
    }
    text.assembly.end()
    let words = String(decoding: text.assembly.utf8, as: UTF8.self).replacing("\n\n", with: " ")
    return words.isEmpty ? nil : words
  }
}
