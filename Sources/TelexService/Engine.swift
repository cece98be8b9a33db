import TelexAnalysis
package import TelexModel
package import TelexSpool
package import TelexText
import TelexWire

/// Bytes of a dispatch in, bytes of its result out. Pure: no clock, no file system once it is made, the same answer in
/// every process.
package struct Engine: Sendable {
  /// What may be said about one dispatch from outside.
  package struct Options: Sendable {
    /// The dispatch's own date, `YYYY[-MM[-DD]]`: goes before all that the dispatch says.
    package var created: DocumentTime?

    /// Seconds since 1970: dispatches whose embargo ends later are withheld. Nil withholds none.
    package var now: Int64?

    /// Takes a share of the analysis, for the result to come sooner.
    package var helper: SecondThread?

    package init(created: DocumentTime? = nil, now: Int64? = nil) {
      self.created = created
      self.now = now
    }

    /// The same at another hour.
    package func at(_ now: Int64, with helper: SecondThread?) -> Options {
      var options = self
      options.now = now
      options.helper = helper
      return options
    }
  }

  /// Bytes of text, of all items of a file together: more than any dispatch has, and as much as is read within two seconds
  /// and 256 MB where each byte is a word of its own.
  package static let maximumText = 768 << 10

  private let reader: DispatchReader
  private let pipeline: Pipeline
  private let provenance: Provenance

  /// - Parameter configuration: fingerprint of the configuration that changes results.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory, configuration: String) throws(ResourceError) {
    reader = try DispatchReader(resources: resources)
    pipeline = try Pipeline(resources: resources)
    provenance = Provenance(
      version: telexVersion, resources: try ResourceDigests.of(resources), configuration: configuration)
  }

  /// Engine version and configuration fingerprint that its results carry.
  package var current: (version: String, configuration: String) { (provenance.version, provenance.configuration) }

  /// - Parameters:
  ///   - name: the file's name, raw bytes.
  ///   - sha256: hex digest of `bytes`.
  package func analyse(_ bytes: [UInt8], name: [UInt8], sha256: String, options: Options = Options()) -> Outcome {
    let source = Source(fileName: name, bytes: bytes.count, sha256: sha256)
    switch reader.read(bytes, name: name) {
    case .incomplete(let reason):
      return .incomplete(code: reason.code.rawValue, message: reason.message)
    case .rejected(let reason):
      return refused(reason, source)
    case .items(let items) where items.reduce(0, { $0 + $1.text.utf8.count }) > Self.maximumText:
      let reason = Reason(
        .limit,
        "The file holds more than \(Self.maximumText >> 10) KiB of text. No dispatch is so long: split the file.")
      return refused(reason, source)
    case .items(let items):
      let isAlone = items.count == 1
      var until: Int64?
      let analyses = items.enumerated().map { index, item in
        let id = isAlone ? "sha256:\(sha256)" : "sha256:\(sha256)#\(index + 1)"
        let analysis = analysis(of: item, id: id, source, options)
        guard let end = Embargo.end(analysis), let now = options.now, end > now else { return analysis }
        until = min(until ?? end, end)
        return Embargo.withheld(analysis, until: end)
      }
      let results = analyses.map { encoded($0, with: options.helper) }
      let main = isAlone ? results.first ?? [] : list(of: analyses, items, id: "sha256:\(sha256)", source).encoded()
      let parts = isAlone ? [] : results
      if let until { return .withheld(main: main, items: parts, until: until) }
      return .result(main: main, items: parts, rejection: nil)
    }
  }

  private func encoded(_ analysis: Analysis, with helper: SecondThread?) -> [UInt8] {
    let encoder = ResultEncoder(analysis)
    let parts = ResultEncoder.Part.allCases
    return Fork(parts.count, with: helper, context: {}) { _, index in encoder.encoded(parts[index]) }.join().flatMap {
      $0
    }
  }

  private func refused(_ reason: Reason, _ source: Source) -> Outcome {
    .result(main: Self.rejection(reason, source, provenance), items: [], rejection: reason.code.rawValue)
  }

  private func analysis(of item: WireItem, id: String, _ source: Source, _ options: Options) -> Analysis {
    var document = Document(text: item.text, item: item.item, documentTime: options.created ?? item.documentTime)
    document.blocks = item.blocks
    document.diagnostics = item.diagnostics
    pipeline.annotate(&document, with: options.helper)
    var analysis = Analysis(id: id, status: .analysed, source: source, provenance: provenance)
    analysis.source.format = item.format
    analysis.source.mediaType = item.mediaType
    analysis.source.encoding = item.encoding
    analysis.source.newline = item.newline
    analysis.source.map = item.map
    analysis.take(document)
    return analysis
  }

  /// The main result of a file with several dispatches: what the file is, and where their results stand.
  private func list(of analyses: [Analysis], _ items: [WireItem], id: String, _ source: Source) -> ResultList {
    var source = source
    source.format = items.first?.format
    source.mediaType = items.first?.mediaType
    source.encoding = items.first?.encoding
    source.newline = items.first?.newline
    let entries = analyses.enumerated().map { index, analysis in
      ResultList.Entry(file: ResultName.of(source.fileName, item: index + 1), analysis: analysis)
    }
    return ResultList(id: id, source: source, items: entries, provenance: provenance)
  }

  // MARK: Refusals and identities, without an engine

  /// The result for a file that was refused without being analysed.
  package static func refusal(_ refusal: Refusal, configuration: String) -> [UInt8] {
    let code = RejectionCode(rawValue: refusal.code) ?? .malformed
    let source = Source(fileName: refusal.name, bytes: refusal.size, sha256: refusal.sha256)
    let provenance = Provenance(version: telexVersion, configuration: configuration)
    return rejection(Reason(code, refusal.message), source, provenance)
  }

  /// What a result file answers for; nil where the bytes are no result of ours, or a damaged one.
  package static func identity(ofResult bytes: [UInt8]) -> ResultIdentity? {
    guard let result = try? JSONReader.value(of: bytes),
      [ResultEncoder.schema, ResultList.schema].contains(result["schema"]?.string),
      let source = result["source"], let provenance = result["provenance"],
      let version = provenance["version"]?.string, let configuration = provenance["configuration"]?.string
    else { return nil }
    let file = source["file"]?.string.map { Array($0.utf8) }
    return ResultIdentity(
      name: source["fileBytes"]?.string.flatMap(Base64.decode) ?? file, sha256: source["sha256"]?.string,
      size: source["bytes"]?.int, version: version, configuration: configuration,
      rejection: result["reason"]?["code"]?.string, until: Embargo.end(ofResult: result))
  }

  private static func rejection(_ reason: Reason, _ source: Source, _ provenance: Provenance) -> [UInt8] {
    var analysis = Analysis(
      id: source.sha256.map { "sha256:\($0)" }, status: .rejected, source: source, provenance: provenance)
    analysis.reason = reason
    return ResultEncoder(analysis).encoded()
  }
}

extension Analysis {
  /// Takes over all layers of a document that has been through the pipeline.
  fileprivate mutating func take(_ document: Document) {
    item = document.item
    documentTime = document.documentTime
    text = String(decoding: document.text.utf8, as: UTF8.self)
    blocks = document.blocks
    sentences = document.sentences
    entities = document.entities
    mentions = document.mentions
    quotations = document.quotations
    times = document.times
    quantities = document.quantities
    events = document.events
    pledges = document.pledges
    topics = document.topics
    keyphrases = document.keyphrases
    summary = document.summary
    diagnostics = document.diagnostics
  }
}
