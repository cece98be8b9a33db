/// An IPTC Media Topic, with the words that decided.
package struct Topic: Sendable, Equatable {
  /// Eight digits.
  package var code: String
  package var name: String
  package var confidence: Double
  package var evidence: [String]

  package init(code: String, name: String, confidence: Double, evidence: [String]) {
    self.code = code
    self.name = name
    self.confidence = confidence
    self.evidence = evidence
  }
}

/// A phrase that says what the dispatch is about.
package struct Keyphrase: Sendable, Equatable {
  package var span: Span
  package var score: Double

  package init(span: Span, score: Double) {
    self.span = span
    self.score = score
  }
}
