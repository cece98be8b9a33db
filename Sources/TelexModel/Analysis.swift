/// What Telex read in one dispatch: the value behind `NAME.telex.json` (schema `telex.result/1`).
///
/// Layers that a version of the engine does not read are empty, never guessed. Spans count UTF-8 bytes of `text`.
package struct Analysis: Sendable, Equatable {
  package enum Status: String, Sendable {
    case analysed, rejected, withheld, withdrawn
  }

  /// `sha256:` and the hex digest of the input's bytes; `#n` behind it for the n-th item of a file with several. Nil
  /// where a file was refused before its bytes were read.
  package var id: String?
  package var status: Status
  /// When an embargo ends, as an instant (`2021-03-23T17:00:00Z`); only with `Status.withheld`, whose text is empty.
  package var withheldUntil: String?
  /// The kill notice that took the dispatch back; only with `Status.withdrawn`.
  package var withdrawnBy: Withdrawer?
  /// Why the input was refused; only with `Status.rejected`.
  package var reason: Reason?
  package var source: Source
  package var item = Item()
  package var documentTime = DocumentTime()
  package var text = ""
  package var blocks: [Block] = []
  package var sentences: [Sentence] = []
  package var entities: [Entity] = []
  package var mentions: [Mention] = []
  package var quotations: [Quotation] = []
  package var times: [TimeExpression] = []
  package var quantities: [Quantity] = []
  package var events: [Event] = []
  package var pledges: [Pledge] = []
  package var topics: [Topic] = []
  package var keyphrases: [Keyphrase] = []
  /// Indices into `sentences`, at most three.
  package var summary: [Int] = []
  package var diagnostics: [Diagnostic] = []
  package var provenance: Provenance

  package init(id: String?, status: Status, source: Source, provenance: Provenance) {
    self.id = id
    self.status = status
    self.source = source
    self.provenance = provenance
  }
}

/// A kill notice, as it is known to those whose dispatch it takes back.
package struct Withdrawer: Sendable, Equatable {
  /// Name of the file it came in, raw bytes.
  package var file: [UInt8]
  /// Its own identifier.
  package var uri: String?

  package init(file: [UInt8], uri: String? = nil) {
    self.file = file
    self.uri = uri
  }
}

/// Why an input was refused: a stable code of a closed list, and a sentence for the operator.
package struct Reason: Sendable, Equatable {
  package var code: RejectionCode
  package var message: String

  package init(_ code: RejectionCode, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// The closed list of refusals. The raw value is what `reason.code` holds; it never changes its meaning.
package enum RejectionCode: String, Sendable, CaseIterable {
  /// No byte, or nothing but white space.
  case empty
  /// NUL bytes outside UTF-16 or UTF-32, or another sign that this is no text.
  case binary
  /// More bytes than the configured limit.
  case tooLarge = "too-large"
  /// A file of a structured format that ends before its end, after the grace period.
  case truncated
  /// A structured format that breaks its own rules.
  case malformed
  /// XML or JSON of a kind that holds no dispatch.
  case unsupported
  /// More nesting, attributes, expansion or tokens than a reader allows.
  case limit
  /// A file owned by somebody whom the owner policy does not trust.
  case owner
  /// The analysis crashed on every try.
  case crash
  /// The analysis did not end within its deadline on every try.
  case timeout
  /// The analysis asked for more memory than it may have on every try.
  case resource
}

/// Who made the result, with what: the same provenance and the same bytes give the same result.
package struct Provenance: Sendable, Equatable {
  package var engine = "telex"
  package var version: String
  /// Each resource that took part, in the order of names.
  package let resources: [Resource]
  /// Fingerprint of the part of the configuration that changes results.
  package var configuration: String

  /// - Parameter resources: SHA-256 in hex of each, by name.
  package init(version: String, resources: [String: String] = [:], configuration: String) {
    self.version = version
    self.resources = resources.sorted { $0.key < $1.key }.map { Resource(name: $0.key, sha256: $0.value) }
    self.configuration = configuration
  }

  package struct Resource: Sendable, Equatable {
    package let name: String
    /// In hex.
    package let sha256: String
  }
}

/// Something the reader should know about the analysis: what was odd, or seen and not understood.
package struct Diagnostic: Sendable, Equatable {
  package enum Severity: String, Sendable { case info, warning, error }

  /// Stable, kebab-case.
  package var code: String
  package var severity: Severity
  package var message: String
  package var span: Span?

  package init(_ code: String, _ severity: Severity, _ message: String, at span: Span? = nil) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
  }
}
