import TelexModel
import TelexText

/// NewsML-G2 (IPTC): a newsItem, or a newsMessage with several; text as inline XML (XHTML, NITF) or inline data.
struct NewsMLG2Reader {
  let xml: XMLReader
  let html: HTMLParser

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let (tree, diagnostics) = try xml.tree(of: input.decoded.text.utf8)
    guard let root = tree.root else { throw .malformed("The NewsML-G2 holds no element.") }
    let items = root.name == "newsItem" ? [root] : root.descendants("newsItem")
    var dispatches: [WireItem] = []
    for item in items where holdsText(item) {
      try WireInput.checkCount(dispatches.count)
      dispatches.append(try read(item, root, input, diagnostics))
    }
    guard !dispatches.isEmpty else {
      throw .rejected(Reason(.empty, "The \(root.name) holds no text, only references or other media."))
    }
    return dispatches
  }

  /// A cancellation may come without content: its metadata are the message.
  private func holdsText(_ item: Element) -> Bool {
    let itemClass = item.first("itemMeta/itemClass")?["qcode"] ?? "ninat:text"
    return item.first("contentSet/inlineXML") != nil || item.first("contentSet/inlineData") != nil
      || item.first("contentMeta/headline") != nil && itemClass.hasSuffix("text")
  }

  private func read(
    _ item: Element, _ root: Element, _ input: WireInput, _ diagnostics: [Diagnostic]
  ) throws(ReadingFailure) -> WireItem {
    let meta = item.first("contentMeta")
    var text = MarkupText()
    if let headline = meta.flatMap(Self.headline) {
      text.assembly.begin(.headline)
      text.append(headline)
      // Many repeat it at the head of the text.
      let words = headline.words
      text.isSkipped = { ["h1", "hl1"].contains($0.name) && $0.words == words }
    }
    if let by = meta?.first("by") {
      text.assembly.begin(.byline)
      text.append(by)
    }
    if let dateline = meta?.first("dateline") {
      text.assembly.begin(.dateline)
      text.assembly.append(dateline.tree.transcript, dateline.textRange, path: dateline.path)
      text.assembly.endDateline()
    }
    try appendContent(item, to: &text)
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = input.dispatch(text.assembly, diagnostics)
    describe(item, root, &dispatch)
    return dispatch
  }

  private func appendContent(_ item: Element, to text: inout MarkupText) throws(ReadingFailure) {
    for content in item.first("contentSet")?.children ?? [] {
      let before = text.assembly.utf8.count
      switch content.name {
      case "inlineXML":
        for child in content.children {
          if child.name == "nitf" { NITFReader.appendBody(child, to: &text) } else { text.append(child) }
        }
      case "inlineData":
        let type = content["contenttype"] ?? "text/plain"
        let part = content.tree.transcript.part(content.textRange)
        guard type.hasPrefix("text/") || type.contains("html"), content["encoding"] == nil else { continue }
        try MarkupFragment(html: html).append(
          part, path: content.path, isHTML: type.contains("html") ? true : nil, to: &text)
      default: continue
      }
      text.assembly.end()
      // What follows is the same text in another rendition.
      if text.assembly.utf8.count > before { return }
    }
  }

  private func describe(_ item: Element, _ root: Element, _ dispatch: inout WireItem) {
    let meta = item.first("itemMeta")
    let content = item.first("contentMeta")
    if let nitf = item.descendants("nitf").first { NITFReader.describe(nitf, &dispatch) }
    dispatch.item.uri = item["guid"] ?? dispatch.item.uri
    dispatch.item.version = item["version"] ?? dispatch.item.version
    dispatch.setLanguage(item["lang"])
    let variant = dispatch.item.languageVariant
    dispatch.setLanguage(content?.first("language")?["tag"])
    if dispatch.item.languageVariant == nil { dispatch.item.languageVariant = variant }
    dispatch.setStatus(meta?.first("pubStatus")?["qcode"])
    dispatch.setUrgency(content?.first("urgency")?.words)
    dispatch.item.edNote = meta?.first("edNote")?.words ?? dispatch.item.edNote
    dispatch.item.headline =
      content.flatMap(Self.headline)?.words ?? meta?.first("title")?.words ?? dispatch.item.headline
    dispatch.item.slugline = content?.first("slugline")?.words ?? dispatch.item.slugline
    dispatch.item.located = content?.first("located").flatMap(name) ?? dispatch.item.located
    let creator = content?.first("creator").flatMap(name)
    if let creator, WireItem.isInitials(creator) { dispatch.item.signoff = creator }
    dispatch.item.byline =
      content?.first("by")?.words ?? creator.flatMap { WireItem.isInitials($0) ? nil : $0 } ?? dispatch.item.byline
    dispatch.item.keywords += (content?.children("keyword") ?? []).compactMap(\.words)
    for source in (content?.children("infoSource") ?? []) + (meta?.children("provider") ?? []) {
      let code = source["qcode"]?.split(separator: ":").last.map(String.init)
      if let source = name(source) ?? code, !dispatch.item.infoSources.contains(source) {
        dispatch.item.infoSources.append(source)
      }
    }
    func date(_ element: Element?) -> WireDate? { element?.words.flatMap { WireDate(iso: $0) } }
    let version = date(meta?.first("versionCreated"))
    let first = date(meta?.first("firstCreated"))
    dispatch.item.versionCreated = version?.iso ?? dispatch.item.versionCreated
    dispatch.item.firstCreated = first?.iso
    dispatch.item.embargoedUntil = date(meta?.first("embargoed"))?.iso ?? dispatch.item.embargoedUntil
    dispatch.setTime(
      version, date(content?.first("contentModified")), date(content?.first("contentCreated")), first,
      date(root.first("header/sent")))
  }

  /// The main one of several headlines: its role says so, or it has none.
  private static func headline(_ meta: Element) -> Element? {
    let headlines = meta.children("headline").filter { $0.words != nil }
    return headlines.first { $0["role"]?.contains("main") == true } ?? headlines.first { $0["role"] == nil }
      ?? headlines.first
  }

  /// The name of a party or place: its French one where there are several.
  private func name(_ element: Element) -> String? {
    let names = element.children("name")
    return (names.first { $0["lang"]?.hasPrefix("fr") == true } ?? names.first)?.words ?? element["literal"]
  }
}
