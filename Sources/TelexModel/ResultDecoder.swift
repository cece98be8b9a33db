/// Reads a result back: the bytes of `NAME.telex.json` as the analysis that they were written from. Members that it
/// doesn't know are passed over, as additions to the schema are minor.
package struct ResultDecoder: Sendable {
  package init() {}

  /// - Throws: `ResultError` where the bytes are no JSON, another schema's, or lack what the schema requires.
  package func decode(_ bytes: [UInt8]) throws(ResultError) -> Analysis {
    let value: JSONValue
    do {
      value = try JSONReader.value(of: bytes)
    } catch {
      throw ResultError(path: "", message: error.description)
    }
    let root = ResultObject(value, path: "", offsets: OffsetMap(Array((value["text"]?.string ?? "").utf8)))
    guard try root.string("schema") == ResultEncoder.schema else {
      throw ResultError(path: "/schema", message: "not \(ResultEncoder.schema)")
    }
    var analysis = Analysis(
      id: value["id"]?.string, status: try root.choice("status"), source: try root.object("source").source(),
      provenance: try root.object("provenance").provenance())
    if let reason = try root.optionalObject("reason") {
      analysis.reason = Reason(try reason.choice("code"), try reason.string("message"))
    }
    analysis.withheldUntil = root.optionalString("withheldUntil")
    if let withdrawer = try root.optionalObject("withdrawnBy") {
      analysis.withdrawnBy = Withdrawer(file: try withdrawer.file(), uri: withdrawer.optionalString("uri"))
    }
    guard analysis.status != .rejected else { return analysis }
    analysis.item = try root.object("item").item()
    analysis.documentTime = try root.object("documentTime").documentTime()
    analysis.text = try root.string("text")
    analysis.blocks = try root.list("blocks") { block throws(ResultError) in
      Block(
        id: try block.string("id"), role: try block.choice("role"), span: try block.span(),
        language: block.optionalString("language"))
    }
    analysis.sentences = try root.list("sentences") { sentence throws(ResultError) in
      Sentence(span: try sentence.span(), block: try sentence.string("block"))
    }
    analysis.entities = try root.list("entities") { entity throws(ResultError) in try entity.entity() }
    analysis.mentions = try root.list("mentions") { mention throws(ResultError) in try mention.mention() }
    analysis.quotations = try root.list("quotations") { quotation throws(ResultError) in try quotation.quotation() }
    analysis.times = try root.list("times") { time throws(ResultError) in try time.time() }
    analysis.quantities = try root.list("quantities") { quantity throws(ResultError) in try quantity.quantity() }
    analysis.events = try root.list("events") { event throws(ResultError) in try event.event() }
    analysis.pledges = try root.list("pledges") { pledge throws(ResultError) in try pledge.pledge() }
    analysis.topics = try root.list("topics") { topic throws(ResultError) in
      Topic(
        code: try topic.string("code"), name: try topic.string("name"), confidence: try topic.double("confidence"),
        evidence: topic.strings("evidence"))
    }
    analysis.keyphrases = try root.list("keyphrases") { phrase throws(ResultError) in
      Keyphrase(span: try phrase.span(), score: try phrase.double("score"))
    }
    analysis.summary = (value["summary"]?.array ?? []).compactMap(\.int)
    analysis.diagnostics = try root.list("diagnostics") { diagnostic throws(ResultError) in
      Diagnostic(
        try diagnostic.string("code"), try diagnostic.choice("severity"), try diagnostic.string("message"),
        at: try diagnostic.optionalSpan())
    }
    return analysis
  }
}

/// What makes bytes no result: where, and why.
package struct ResultError: Error, Equatable, CustomStringConvertible {
  /// JSON pointer.
  package let path: String
  package let message: String

  package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// One object of a result while it is read.
struct ResultObject {
  let value: JSONValue
  let path: String
  let offsets: OffsetMap

  init(_ value: JSONValue, path: String, offsets: OffsetMap) {
    self.value = value
    self.path = path
    self.offsets = offsets
  }

  private func missing(_ name: String) -> ResultError {
    ResultError(path: "\(path)/\(name)", message: "missing, or of another type")
  }

  func optionalString(_ name: String) -> String? { value[name]?.string }
  func optionalDouble(_ name: String) -> Double? { value[name]?.double }
  func strings(_ name: String) -> [String] { (value[name]?.array ?? []).compactMap(\.string) }

  func dictionary(_ name: String) -> [String: String] {
    Dictionary(
      (value[name]?.members ?? []).compactMap { member in member.value.string.map { (member.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  func string(_ name: String) throws(ResultError) -> String {
    guard let string = value[name]?.string else { throw missing(name) }
    return string
  }

  func int(_ name: String) throws(ResultError) -> Int {
    guard let int = value[name]?.int else { throw missing(name) }
    return int
  }

  func double(_ name: String) throws(ResultError) -> Double {
    guard let double = value[name]?.double else { throw missing(name) }
    return double
  }

  func choice<Choice: RawRepresentable<String>>(_ name: String) throws(ResultError) -> Choice {
    guard let choice = Choice(rawValue: try string(name)) else {
      throw ResultError(path: "\(path)/\(name)", message: "none of the values that the schema allows")
    }
    return choice
  }

  func optionalChoice<Choice: RawRepresentable<String>>(_ name: String) throws(ResultError) -> Choice? {
    value[name] == nil ? nil : try choice(name)
  }

  func object(_ name: String) throws(ResultError) -> ResultObject {
    guard let object = try optionalObject(name) else { throw missing(name) }
    return object
  }

  func optionalObject(_ name: String) throws(ResultError) -> ResultObject? {
    guard let member = value[name] else { return nil }
    guard case .object = member else { throw missing(name) }
    return ResultObject(member, path: "\(path)/\(name)", offsets: offsets)
  }

  func list<Element>(
    _ name: String, _ element: (ResultObject) throws(ResultError) -> Element
  ) throws(ResultError) -> [Element] {
    var elements: [Element] = []
    for (index, item) in (value[name]?.array ?? []).enumerated() {
      elements.append(try element(ResultObject(item, path: "\(path)/\(name)/\(index)", offsets: offsets)))
    }
    return elements
  }

  func span() throws(ResultError) -> Span {
    let start = try int("start")
    let end = try int("end")
    guard start >= 0, start <= end, end <= offsets.scalars else {
      throw ResultError(path: path, message: "a span outside the text")
    }
    return Span(offsets.byte(ofScalar: start), offsets.byte(ofScalar: end))
  }

  func optionalSpan() throws(ResultError) -> Span? { value["start"] == nil ? nil : try span() }

  func reference() throws(ResultError) -> Reference {
    let resolution: Reference.Resolution =
      switch value["entity"] {
      case .string(let id): .entity(id)
      case .some: .unresolved
      case nil: .unnamed
      }
    return Reference(resolution, span: try span())
  }

  func reference(_ name: String) throws(ResultError) -> Reference? { try optionalObject(name)?.reference() }

  func references(_ name: String) throws(ResultError) -> [Reference] {
    try list(name) { reference throws(ResultError) in try reference.reference() }
  }

  func spans(_ name: String) throws(ResultError) -> [Span] {
    try list(name) { passage throws(ResultError) in try passage.span() }
  }
}
