/// Turns an analysis into the bytes of `NAME.telex.json`, schema `telex.result/1` (`config/result.schema.json`).
///
/// Members stand in a fixed order. What the dispatch doesn't state is absent; what it states and nobody could resolve is
/// null. Offsets become Unicode scalars here and nowhere else, and each annotation repeats its words.
package struct ResultEncoder: Sendable {
  /// Name and major version of the schema. Additions are minor and don't change it.
  package static let schema = "telex.result/1"

  private let analysis: Analysis
  private let source: TextSource

  package init(_ analysis: Analysis) {
    self.analysis = analysis
    source = TextSource(Array(analysis.text.utf8))
  }

  /// The whole result.
  package func encoded() -> [UInt8] { Part.allCases.flatMap(encoded) }

  /// A share of the result's bytes. The parts one behind the other are the result, and whoever writes one needs no other.
  package enum Part: CaseIterable, Sendable {
    /// To the mentions.
    case names
    /// From the quotations on.
    case rest
  }

  package func encoded(_ part: Part) -> [UInt8] {
    switch part {
    case .names:
      var json = JSONWriter()
      json.reserve(source.utf8.count * 10 + 4096)
      json.openObject()
      json.head(of: analysis, source)
      if analysis.status != .rejected { json.names(of: analysis, source) }
      return json.unfinished()
    case .rest:
      var json = JSONWriter.continuingObject()
      json.reserve(source.utf8.count * 8 + 4096)
      if analysis.status != .rejected { json.statements(of: analysis, source) }
      json.key("provenance")
      json.provenance(analysis.provenance)
      json.closeObject()
      return json.finished()
    }
  }
}

/// The text that spans point into, and what counts it in scalars.
struct TextSource {
  let utf8: [UInt8]
  let offsets: OffsetMap

  init(_ utf8: [UInt8]) {
    self.utf8 = utf8
    offsets = OffsetMap(utf8)
  }
}

extension JSONWriter {
  /// What became of the file, and what it was.
  fileprivate mutating func head(of analysis: Analysis, _ source: TextSource) {
    member("schema", ResultEncoder.schema)
    key("id")
    if let id = analysis.id { string(id) } else { null() }
    member("status", analysis.status.rawValue)
    member("withheldUntil", analysis.withheldUntil)
    if let withdrawer = analysis.withdrawnBy {
      key("withdrawnBy")
      object { json in
        json.file(withdrawer.file)
        json.member("uri", withdrawer.uri)
      }
    }
    if let reason = analysis.reason {
      key("reason")
      object { json in
        json.member("code", reason.code.rawValue)
        json.member("message", reason.message)
      }
    }
    key("source")
    self.source(analysis.source, source)
  }

  mutating func member(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  mutating func member(_ name: StaticString, _ value: Int?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  mutating func member(_ name: StaticString, _ value: Double?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  mutating func fraction(_ name: StaticString, _ value: Double) {
    key(name)
    fraction(value)
  }

  /// A list that is left out where it is empty.
  mutating func optional(_ name: StaticString, _ values: [String]) {
    if !values.isEmpty { list(name, values) }
  }

  mutating func list(_ name: StaticString, _ values: [String]) {
    key(name)
    array(values) { $0.string($1) }
  }

  mutating func dictionary(_ name: StaticString, _ values: [String: String]) {
    key(name)
    object { json in
      for key in values.keys.sorted() {
        guard let value = values[key] else { continue }
        json.key(escaping: key)
        json.string(value)
      }
    }
  }

  /// `start` and `end` in scalars.
  mutating func offsets(_ span: Span, _ source: TextSource) {
    let aligned = source.offsets.aligned(span)
    member("start", source.offsets.scalar(ofByte: aligned.start))
    member("end", source.offsets.scalar(ofByte: aligned.end))
  }

  mutating func words(_ span: Span, _ source: TextSource) {
    key("text")
    string(utf8: source.utf8[source.offsets.aligned(span).range])
  }

  /// An object of `text`, `start` and `end`.
  mutating func passage(_ span: Span, _ source: TextSource) {
    object { json in
      json.words(span, source)
      json.offsets(span, source)
    }
  }

  mutating func passages(_ name: StaticString, _ spans: [Span], _ source: TextSource) {
    key(name)
    array(spans) { $0.passage($1, source) }
  }

  // MARK: The input and the engine

  /// A file's name; its bytes too where they are no UTF-8.
  mutating func file(_ bytes: [UInt8]) {
    let name = String(decoding: bytes, as: UTF8.self)
    member("file", name)
    if Array(name.utf8) != bytes { member("fileBytes", Base64.encode(bytes)) }
  }

  mutating func source(_ input: Source, _ source: TextSource) {
    object { json in
      json.file(input.fileName)
      json.member("bytes", input.bytes)
      json.member("sha256", input.sha256)
      json.member("format", input.format)
      json.member("mediaType", input.mediaType)
      if let encoding = input.encoding {
        json.key("encoding")
        json.object { json in
          json.member("name", encoding.name)
          json.member("declared", encoding.declared)
          json.member("evidence", encoding.evidence)
          json.member("replaced", encoding.replaced)
        }
      }
      json.member("newline", input.newline)
      if let map = input.map {
        json.key("map")
        json.array(map) { json, run in
          json.object { json in
            json.offsets(run.span, source)
            json.member("firstByte", run.bytes.lowerBound)
            json.member("endByte", run.bytes.upperBound)
            json.member("path", run.path)
          }
        }
      }
    }
  }

  mutating func provenance(_ provenance: Provenance) {
    object { json in
      json.member("engine", provenance.engine)
      json.member("version", provenance.version)
      json.key("resources")
      json.object { json in
        for resource in provenance.resources {
          json.key(escaping: resource.name)
          json.string(resource.sha256)
        }
      }
      json.member("configuration", provenance.configuration)
    }
  }
}
