/// The formats that dispatches come in. The raw value is what `source.format` holds.
package enum WireFormat: String, Sendable, CaseIterable {
  case plainText = "plain-text"
  case iptc7901 = "iptc-7901"
  case anpa1312 = "anpa-1312"
  case nitf
  case newsML12 = "newsml-1.2"
  case newsMLG2 = "newsml-g2"
  case ninjs
  case rss
  case atom
  case mail
  case html
  /// XML and JSON of no kind that carries dispatches.
  case xml
  case json

  package var mediaType: String {
    switch self {
    case .plainText, .iptc7901, .anpa1312: "text/plain"
    case .nitf: "application/nitf+xml"
    case .newsML12: "text/vnd.iptc.newsml"
    case .newsMLG2: "application/vnd.iptc.g2.newsitem+xml"
    case .ninjs, .json: "application/json"
    case .rss: "application/rss+xml"
    case .atom: "application/atom+xml"
    case .mail: "message/rfc822"
    case .html: "text/html"
    case .xml: "application/xml"
    }
  }
}

/// What a file is taken for, how surely, and what speaks for it.
package struct FormatFinding: Sendable, Equatable {
  package var format: WireFormat
  /// Between 0 and 1: 1 for a name or sign that only this format has.
  package var confidence: Double
  package var evidence: String

  package init(_ format: WireFormat, _ confidence: Double, _ evidence: String) {
    self.format = format
    self.confidence = confidence
    self.evidence = evidence
  }
}
