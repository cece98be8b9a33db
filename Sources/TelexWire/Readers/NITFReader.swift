import TelexModel
import TelexText

/// NITF 3.x (IPTC News Industry Text Format), alone or inside NewsML.
struct NITFReader {
  let xml: XMLReader

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let (tree, diagnostics) = try xml.tree(of: input.decoded.text.utf8)
    guard let root = tree.root, root.name == "nitf" else { throw .malformed("The root element is not nitf.") }
    var text = MarkupText()
    Self.append(root, to: &text)
    var dispatch = input.dispatch(text.assembly, diagnostics)
    Self.describe(root, &dispatch)
    return [dispatch]
  }

  /// Headline, byline, dateline and body in the order of a printed dispatch.
  static func append(_ root: Element, to text: inout MarkupText) {
    let head = root.first("body/body.head")
    if let hedline = head?.first("hedline") {
      for line in hedline.children where line.name == "hl1" || line.name == "hl2" { text.append(line) }
    } else if let title = root.first("head/title") {
      text.assembly.begin(.headline)
      text.append(title)
    }
    for byline in head?.children("byline") ?? [] { text.append(byline) }
    if let dateline = head?.first("dateline") { appendDateline(dateline, to: &text) }
    appendBody(root, to: &text)
  }

  /// What `body.content` and `body.end` hold.
  static func appendBody(_ root: Element, to text: inout MarkupText) {
    let end = text.assembly.utf8.count
    for part in ["body.content", "body.end"] {
      for content in root.first("body")?.children(part) ?? [] { text.append(content) }
    }
    text.assembly.end()
    // Some agencies send headline and summary alone.
    if text.assembly.utf8.count == end, let abstract = root.first("body/body.head/abstract") { text.append(abstract) }
    text.assembly.end()
    text.assembly.markLead()
  }

  /// Place and date are elements of their own, with nothing between them.
  private static func appendDateline(_ dateline: Element, to text: inout MarkupText) {
    text.assembly.begin(.dateline)
    for content in dateline.contents {
      switch content {
      case .text(let range):
        // A comma behind an element stands close to it.
        let first = dateline.tree.transcript.bytes[range].first ?? 0x20
        if first | 0x20 >= 0x61 || first == UInt8(ascii: "(") { text.assembly.separate() }
        text.assembly.append(dateline.tree.transcript, range, path: dateline.path)
      case .element(let element):
        text.assembly.separate()
        text.append(element)
      }
    }
    text.assembly.endDateline()
  }

  /// The words of a byline, in which name and function are elements of their own.
  private static func words(_ byline: Element) -> String? {
    var text = MarkupText()
    text.append(byline)
    text.assembly.end()
    return text.assembly.utf8.isEmpty ? nil : String(decoding: text.assembly.utf8, as: UTF8.self)
  }

  static func describe(_ root: Element, _ dispatch: inout WireItem) {
    let data = root.first("head/docdata")
    let head = root.first("body/body.head")
    dispatch.setLanguage(root["baselang"] ?? root["lang"])
    dispatch.item.uri = data?.first("doc-id")?["id-string"] ?? dispatch.item.uri
    dispatch.item.headline =
      head?.first("hedline/hl1")?.words ?? root.first("head/title")?.words ?? dispatch.item.headline
    dispatch.item.byline = head?.first("byline").flatMap(words) ?? dispatch.item.byline
    dispatch.item.located =
      head?.first("dateline/location")?.words ?? data?.first("evloc")?["city"] ?? dispatch.item.located
    dispatch.setUrgency(data?.first("urgency")?["ed-urg"])
    dispatch.item.slugline = data?.first("du-key")?["key"] ?? dispatch.item.slugline
    dispatch.item.version = data?.first("du-key")?["version"] ?? dispatch.item.version
    dispatch.item.edNote = data?.first("ed-msg")?["info"] ?? dispatch.item.edNote
    dispatch.setStatus(data?["management-status"])
    dispatch.item.keywords += (data?.first("key-list")?.children("keyword") ?? []).compactMap { $0["key"] }
    let source = head?.first("distributor")?.words ?? data?.first("doc-id")?["regsrc"]
    if let source, !dispatch.item.infoSources.contains(source) { dispatch.item.infoSources.append(source) }
    let issued = data?.first("date.issue")?["norm"].flatMap { WireDate(iso: $0) }
    dispatch.item.versionCreated = issued?.iso ?? dispatch.item.versionCreated
    // The day of release is an embargo where the document says so, or where it comes after the issue.
    if let release = data?.first("date.release")?["norm"].flatMap({ WireDate(iso: $0) }), let issued,
      dispatch.item.pubStatus == "withheld" || release.isAfter(issued)
    {
      dispatch.item.embargoedUntil = release.iso
    }
    if dispatch.documentTime.basis == .none {
      dispatch.setTime(
        issued, head?.first("dateline/story.date")?["norm"].flatMap { WireDate(iso: $0) },
        root.first("head/pubdata")?["date.publication"].flatMap { WireDate(iso: $0) })
    }
  }
}
