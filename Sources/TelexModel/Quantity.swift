/// A number in the text, with what it counts or measures.
package struct Quantity: Sendable, Equatable {
  package enum Comparator: String, Sendable {
    case exact, about, moreThan = "more_than", atLeast = "at_least", lessThan = "less_than", atMost = "at_most", between
  }

  /// `n1` … in reading order.
  package var id: String
  package var span: Span
  /// The number itself; nil for a range, which has `low` and `high`.
  package var value: Double?
  package var low: Double?
  package var high: Double?
  package var comparator: Comparator
  /// ISO 4217 code, `percent`, `year` for ages, or a UCUM symbol; nil for counts.
  package var unit: String?
  /// Singular lemma of the head noun.
  package var object: String?
  package var holder: Reference?
  package var place: Reference?
  /// `Quantity.id` of the whole of which this is a part.
  package var partOf: String?
  /// `casualties`, `vote`, `score`, `money`, `age` ….
  package var kind: String?
  package var rule: String

  package init(id: String, span: Span, value: Double?, comparator: Comparator = .exact, rule: String) {
    self.id = id
    self.span = span
    self.value = value
    self.comparator = comparator
    self.rule = rule
  }
}
