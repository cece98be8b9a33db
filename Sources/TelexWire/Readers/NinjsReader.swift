import TelexModel
import TelexText

/// ninjs 1, 2 and 3 (IPTC News in JSON): one object, an array of them, or an object with `items`. Member names are
/// compared without case and low lines, by which the versions differ.
struct NinjsReader {
  private static let maximumValues = 200_000

  let html: HTMLParser

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let value: JSONValue
    let strings: [Range<Int>]
    do {
      (value, strings) = try JSONReader.locatedValue(of: input.decoded.text.utf8, maximumValues: Self.maximumValues)
    } catch {
      switch error.kind {
      case .truncated: throw .truncated("The JSON ends before its end (\(error)).")
      case .limit: throw .limit("The JSON is beyond measure (\(error)).")
      case .malformed: throw .malformed("This is \(error).")
      }
    }
    var places = strings[...]
    let root = LocatedJSON(value, path: "", &places)
    let objects = root.elements ?? root["items"]?.elements ?? [root]
    var dispatches: [WireItem] = []
    for object in objects where object.isObject {
      let type = object["type"]?.string ?? "text"
      guard type == "text" || type == "composite" else { continue }
      try WireInput.checkCount(dispatches.count)
      dispatches.append(try dispatch(object, input))
    }
    return dispatches
  }

  private func dispatch(_ object: LocatedJSON, _ input: WireInput) throws(ReadingFailure) -> WireItem {
    var text = MarkupText()
    let fragment = MarkupFragment(html: html)
    let source = input.decoded.text.utf8
    let headline = main(of: object["headlines"]) ?? object["headline"]
    if let headline {
      text.assembly.begin(.headline)
      try append(headline, isHTML: nil, source, fragment, &text)
      text.assembly.setRoles(from: 0, .headline)
    }
    if let dateline = object["dateline"] {
      text.assembly.begin(.dateline)
      let content = dateline.transcript(source)
      text.assembly.append(content, 0..<content.count, path: dateline.path)
      text.assembly.endDateline()
    }
    if let (body, isHTML) = body(object) { try append(body, isHTML: isHTML, source, fragment, &text) }
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = input.dispatch(text.assembly)
    describe(object, &dispatch)
    if dispatch.item.headline == nil, let first = text.assembly.blocks.first, first.role == .headline {
      dispatch.item.headline = dispatch.text.string(first.span)
    }
    return dispatch
  }

  private func append(
    _ value: LocatedJSON, isHTML: Bool?, _ source: [UInt8], _ fragment: MarkupFragment, _ text: inout MarkupText
  ) throws(ReadingFailure) {
    try fragment.append(value.transcript(source), path: value.path, isHTML: isHTML, to: &text)
  }

  /// The body in the rendition that says most about its structure.
  private func body(_ object: LocatedJSON) -> (LocatedJSON, isHTML: Bool?)? {
    if let bodies = object["bodies"]?.elements {
      let main = bodies.filter { ($0["role"]?.string ?? "main") == "main" && $0["value"]?.string?.isEmpty == false }
      let chosen =
        main.first { $0["contenttype"]?.string?.contains("html") == true } ?? main.first
        ?? bodies.first { $0["value"]?.string?.isEmpty == false }
      if let chosen, let value = chosen["value"] {
        let type = chosen["contenttype"]?.string
        return (value, type?.contains("html") == true ? true : type == "text/plain" ? false : nil)
      }
    }
    if let value = object["bodyxhtml"] ?? object["bodyhtml"], value.string?.isEmpty == false { return (value, true) }
    if let value = object["bodytext"], value.string?.isEmpty == false { return (value, false) }
    let summary = main(of: object["descriptions"]) ?? object["descriptiontext"] ?? object["descriptionhtml"]
    return summary.map { ($0, nil) }
  }

  /// Of several headlines or descriptions the main one.
  private func main(of list: LocatedJSON?) -> LocatedJSON? {
    guard let elements = list?.elements else { return nil }
    return (elements.first { $0["role"]?.string == "main" } ?? elements.first)?["value"]
  }

  private func describe(_ object: LocatedJSON, _ dispatch: inout WireItem) {
    func string(_ name: String) -> String? {
      let value = object[name]
      return value?.string ?? value?.number
    }
    dispatch.item.uri = string("uri")
    dispatch.item.version = string("version")
    dispatch.item.byline = string("by") ?? string("byline")
    dispatch.item.located = string("located")
    dispatch.item.slugline = string("slugline")
    dispatch.item.edNote = string("ednote")
    dispatch.setStatus(string("pubstatus"))
    dispatch.setUrgency(string("urgency"))
    dispatch.setLanguage(string("language"))
    dispatch.item.keywords = object["keywords"]?.elements?.compactMap(\.string) ?? []
    dispatch.item.infoSources =
      object["infosources"]?.elements?.compactMap { $0["name"]?.string } ?? [string("source")].compactMap { $0 }
    func date(_ name: String) -> WireDate? { string(name).flatMap { WireDate(iso: $0) } }
    let (version, first) = (date("versioncreated"), date("firstcreated"))
    dispatch.item.versionCreated = version?.iso
    dispatch.item.firstCreated = first?.iso
    dispatch.item.embargoedUntil = (date("embargoeduntil") ?? date("embargoed"))?.iso
    dispatch.setTime(version, date("contentmodified"), date("contentcreated"), first)
  }
}

/// A JSON value with its path and, for strings, its place in the file.
struct LocatedJSON {
  let path: String
  private let value: JSONValue
  /// Range of a string's token, quotation marks included.
  private let place: Range<Int>?
  private let members: [(key: String, value: LocatedJSON)]
  private(set) var elements: [LocatedJSON]?

  init(_ value: JSONValue, path: String, _ places: inout ArraySlice<Range<Int>>) {
    self.path = path
    self.value = value
    var members: [(key: String, value: LocatedJSON)] = []
    var elements: [LocatedJSON]?
    var place: Range<Int>?
    switch value {
    case .string: place = places.popFirst()
    case .object(let list):
      for member in list {
        let key = member.name.lowercased().replacing("_", with: "")
        members.append((key, LocatedJSON(member.value, path: "\(path)/\(member.name)", &places)))
      }
    case .array(let list):
      var items: [LocatedJSON] = []
      for (index, item) in list.enumerated() {
        items.append(LocatedJSON(item, path: "\(path)[\(index + 1)]", &places))
      }
      elements = items
    default: break
    }
    self.members = members
    self.elements = elements
    self.place = place
  }

  var isObject: Bool { if case .object = value { true } else { false } }
  var string: String? { value.string }
  var number: String? { if case .number(let digits) = value { digits } else { nil } }

  subscript(_ name: String) -> LocatedJSON? { members.first { $0.key == name }?.value }

  /// A string's text with the origin of each character; escapes are pieces of their own.
  func transcript(_ source: [UInt8]) -> Transcript {
    var transcript = Transcript()
    guard let place, let text = value.string else { return transcript }
    let decoded = Array(text.utf8)
    var (here, there) = (0, place.lowerBound + 1)
    let end = place.upperBound - 1
    while there < end, here < decoded.count {
      let start = there
      while there < end, source[there] != UInt8(ascii: "\\") { there += 1 }
      transcript.append(copy: source[start..<there], from: start)
      here += there - start
      guard there < end else { break }
      let isUnicode = source[there + 1] == UInt8(ascii: "u")
      let lead = here < decoded.count ? decoded[here] : 0
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      let width = isUnicode ? (length == 4 ? 12 : 6) : 2
      transcript.append(decoded[here..<min(here + length, decoded.count)], for: there..<min(there + width, end))
      here += length
      there += width
    }
    return transcript
  }
}
