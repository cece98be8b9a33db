/// A TIMEX3: an expression of time and what it means, as exactly as the dispatch allows and no more.
///
/// Source: ISO 24617-1 (ISO-TimeML); conventions of the TempEval-3 guidelines.
package struct TimeExpression: Sendable, Equatable {
  package enum Kind: String, Sendable { case date = "DATE", time = "TIME", duration = "DURATION", set = "SET" }
  package enum Modifier: String, Sendable {
    case approximate = "APPROX", moreThan = "MORE_THAN", lessThan = "LESS_THAN", equalOrLess = "EQUAL_OR_LESS"
    case equalOrMore = "EQUAL_OR_MORE", start = "START", mid = "MID", end = "END", before = "BEFORE", after = "AFTER"
  }

  /// `t1` … in reading order.
  package var id: String
  package var span: Span
  package var kind: Kind
  /// TIMEX3 value; `X`s stand where the dispatch does not say.
  package var value: String
  package var modifier: Modifier?
  /// `minute`, `hour`, `day`, `week`, `month`, `season`, `quarter`, `year`, `decade`, `century`, `none`.
  package var granularity: String
  /// First and last day (ISO 8601) it can be, or begin and end; absent where nothing bounds it.
  package var earliest: String?
  package var latest: String?
  /// Every day it can be, where they are few and more than one.
  package var candidates: [String] = []
  /// `t3`, or `document`: what it is counted from.
  package var anchor: String?
  /// `by`, `before`, `after`, `since`, `until`, `from`, `within` …: what the words before it make of it.
  package var signal: String?
  package var rule: String

  package init(id: String, span: Span, kind: Kind, value: String, granularity: String, rule: String) {
    self.id = id
    self.span = span
    self.kind = kind
    self.value = value
    self.granularity = granularity
    self.rule = rule
  }
}
