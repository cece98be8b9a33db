import TelexModel
import TelexText

/// NewsML 1.x (IPTC), flat as most agencies send it or nested as Belgian ones do: components with the roles Title, Lead
/// and Body inside a component for each rendition or language.
struct NewsML12Reader {
  let xml: XMLReader
  let html: HTMLParser

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let (tree, diagnostics) = try xml.tree(of: input.decoded.text.utf8)
    guard let root = tree.root, root.name == "NewsML" else { throw .malformed("The root element is not NewsML.") }
    var dispatches: [WireItem] = []
    for item in root.children("NewsItem") {
      var units: [Element] = []
      for component in item.children("NewsComponent") { Self.collect(component, &units) }
      for unit in units {
        try WireInput.checkCount(dispatches.count)
        var text = MarkupText()
        try append(unit, to: &text)
        text.assembly.end()
        text.assembly.markLead()
        var dispatch = input.dispatch(text.assembly, diagnostics)
        NewsML12Metadata(root: root, item: item, unit: unit, isAlone: units.count == 1).describe(&dispatch)
        dispatches.append(dispatch)
      }
    }
    return dispatches
  }

  /// The components that are a dispatch each: those whose parts are text, or which hold text themselves.
  private static func collect(_ component: Element, _ units: inout [Element]) {
    let inner = component.children("NewsComponent")
    if inner.contains(where: { part($0) != nil }) || component.children("ContentItem").contains(where: isText) {
      units.append(component)
      return
    }
    let before = units.count
    for child in inner { collect(child, &units) }
    // A headline alone: a flash, or a message that takes back an item.
    if units.count == before, component.parent?.name == "NewsItem", component.first("NewsLines/HeadLine")?.words != nil
    {
      units.append(component)
    }
  }

  private static func isText(_ content: Element) -> Bool {
    guard content.first("DataContent") != nil else { return false }
    let type = content.first("MediaType")?["FormalName"]?.lowercased() ?? "text"
    return type.contains("text") || type.contains("complexdata")
  }

  /// Title, Lead or Body as a block's role; nil for a component that holds others.
  static func part(_ component: Element) -> Block.Role? {
    guard component.first("ContentItem") != nil else { return nil }
    return switch component.first("Role")?["FormalName"]?.lowercased() {
    case "title", "headline": .headline
    case "lead": .lead
    case "body", "text", "main": .paragraph
    default: nil
    }
  }

  // MARK: Text

  private func append(_ unit: Element, to text: inout MarkupText) throws(ReadingFailure) {
    let parts = unit.children("NewsComponent").compactMap { child in Self.part(child).map { (child, $0) } }
    let lines = NewsML12Metadata.line("HeadLine", of: unit)
    if !parts.contains(where: { $0.1 == .headline }), let lines {
      text.assembly.begin(.headline)
      text.append(lines)
    }
    for (child, role) in parts where role == .headline { try appendContents(child, .headline, to: &text) }
    if let byline = NewsML12Metadata.line("ByLine", of: unit) {
      text.assembly.begin(.byline)
      text.append(byline)
    }
    if let dateline = NewsML12Metadata.line("DateLine", of: unit) {
      text.assembly.begin(.dateline)
      text.assembly.append(dateline.tree.transcript, dateline.textRange, path: dateline.path)
      text.assembly.endDateline()
    }
    for (child, role) in parts where role != .headline { try appendContents(child, role, to: &text) }
    if parts.isEmpty { try appendContents(unit, .paragraph, to: &text) }
  }

  private func appendContents(_ component: Element, _ role: Block.Role, to text: inout MarkupText)
    throws(ReadingFailure)
  {
    for content in component.children("ContentItem") where Self.isText(content) {
      guard let data = content.first("DataContent") else { continue }
      let first = text.assembly.blocks.count
      if let nitf = data.first("nitf") {
        NITFReader.appendBody(nitf, to: &text)
      } else if !data.children.isEmpty {
        text.append(data)
      } else {
        let part = data.tree.transcript.part(data.textRange)
        try MarkupFragment(html: html).append(part, path: data.path, to: &text)
      }
      text.assembly.end()
      if role != .paragraph { text.assembly.setRoles(from: first, role) }
    }
  }
}

/// What a NewsML 1.x document says about one of its dispatches: the innermost statement holds.
struct NewsML12Metadata {
  let root: Element
  let item: Element
  let unit: Element
  let isAlone: Bool

  func describe(_ dispatch: inout WireItem) {
    let management = item.first("NewsManagement")
    let identifier = item.first("Identification/NewsIdentifier")
    if let nitf = unit.descendants("nitf").first { NITFReader.describe(nitf, &dispatch) }
    dispatch.item.uri = uri(identifier)
    dispatch.item.version = identifier?.first("RevisionId")?.words
    dispatch.item.headline =
      Self.line("HeadLine", of: unit)?.words
      ?? unit.children("NewsComponent").first { NewsML12Reader.part($0) == .headline }?.words
    dispatch.setLanguage(
      unit.first("DescriptiveMetadata/Language")?["FormalName"] ?? inherited { $0["lang"] } ?? item["lang"])
    dispatch.setStatus(management?.first("Status")?["FormalName"])
    dispatch.setUrgency(
      management?.first("Urgency")?["FormalName"] ?? property("Priority")
        ?? root.first("NewsEnvelope/Priority")?["FormalName"])
    dispatch.item.slugline =
      inherited { $0.first("NewsLines/SlugLine")?.words } ?? item.first("Identification/NameLabel")?.words
    dispatch.item.located = property("City") ?? dispatch.item.located
    dispatch.item.keywords = lines("KeywordLine").compactMap(\.words) + properties("Keyword")
    let notes = ["AdvisoryLine", "ProductLine"].flatMap(typedLines)
    if !notes.isEmpty { dispatch.item.edNote = notes.joined(separator: " ") }
    for source in parties("Provider") + parties("Source") + lines("CreditLine").compactMap(\.words)
    where !dispatch.item.infoSources.contains(source) { dispatch.item.infoSources.append(source) }
    describeAuthors(&dispatch)
    describeTimes(&dispatch, management, identifier)
  }

  /// Initials are a sign-off, names a byline.
  private func describeAuthors(_ dispatch: inout WireItem) {
    let creators = parties("Creator")
    let initials = creators.filter(WireItem.isInitials)
    if let byline = Self.line("ByLine", of: unit)?.words ?? creators.first(where: { !initials.contains($0) }) {
      dispatch.item.byline = byline
    }
    if !initials.isEmpty { dispatch.item.signoff = initials.joined(separator: "/").lowercased() }
  }

  private func describeTimes(_ dispatch: inout WireItem, _ management: Element?, _ identifier: Element?) {
    func date(_ element: Element?) -> WireDate? { element?.words.flatMap { WireDate(iso: $0) } }
    let first = date(management?.first("FirstCreated"))
    let revision = date(management?.first("ThisRevisionCreated"))
    dispatch.item.firstCreated = first?.iso
    dispatch.item.versionCreated = revision?.iso ?? first?.iso
    // An embargo is a status that is announced to change to usable.
    let change = management?.first("StatusWillChange")
    if dispatch.item.pubStatus == "withheld" || change?.first("FutureStatus")?["FormalName"]?.lowercased() == "usable" {
      dispatch.item.embargoedUntil = date(change?.first("DateAndTime"))?.iso
    }
    dispatch.documentTime = DocumentTime()
    dispatch.setTime(
      revision, first, date(unit.first("DescriptiveMetadata/DateLineDate")), date(identifier?.first("DateId")),
      date(root.first("NewsEnvelope/DateAndTime")))
  }

  /// The public identifier, put together as the standard says where the agency's is no identifier.
  private func uri(_ identifier: Element?) -> String? {
    let id = identifier?.first("NewsItemId")?.words
    var uri = identifier?.first("PublicIdentifier")?.words
    if let id, uri?.contains(id) != true, let provider = identifier?.first("ProviderId")?.words,
      let date = identifier?.first("DateId")?.words
    {
      let revision = identifier?.first("RevisionId").map { "\($0.words ?? "1")\($0["Update"] ?? "N")" } ?? "1N"
      uri = "urn:newsml:\(provider):\(date):\(id):\(revision)"
    }
    guard !isAlone, let duid = unit["Duid"] else { return uri }
    return uri.map { "\($0)#\(duid)" } ?? duid
  }

  /// The unit, and what is around it up to the NewsItem.
  private var chain: [Element] {
    var chain: [Element] = []
    var next: Element? = unit
    while let element = next, element.name == "NewsComponent" {
      chain.append(element)
      next = element.parent
    }
    return chain
  }

  private func inherited<T>(_ value: (Element) -> T?) -> T? { chain.lazy.compactMap(value).first }

  /// A news line that says something, of the unit or around it.
  static func line(_ name: String, of unit: Element) -> Element? {
    var next: Element? = unit
    while let element = next, element.name == "NewsComponent" {
      if let line = element.first("NewsLines")?.children(name).first(where: { $0.words != nil }) { return line }
      next = element.parent
    }
    return nil
  }

  private func lines(_ name: String) -> [Element] {
    inherited { element in
      let lines = element.first("NewsLines")?.children(name) ?? []
      return lines.isEmpty ? nil : lines
    } ?? []
  }

  private func typedLines(_ type: String) -> [String] {
    lines("NewsLine").filter { $0.first("NewsLineType")?["FormalName"] == type }.compactMap {
      $0.first("NewsLineText")?.words
    }
  }

  private func parties(_ role: String) -> [String] {
    inherited { element in
      let parties = (element.first("AdministrativeMetadata")?.children(role) ?? []).flatMap { $0.children("Party") }
      let names = parties.compactMap { $0["FormalName"] }.filter { !$0.isEmpty }
      return names.isEmpty ? nil : names
    } ?? []
  }

  private func properties(_ name: String) -> [String] {
    for element in chain {
      let found = ["DescriptiveMetadata", "AdministrativeMetadata"].flatMap {
        element.first($0)?.descendants("Property") ?? []
      }
      let values = found.filter { $0["FormalName"] == name }.compactMap { $0["Value"] }.filter { !$0.isEmpty }
      if !values.isEmpty { return values }
    }
    return []
  }

  private func property(_ name: String) -> String? { properties(name).first }
}
