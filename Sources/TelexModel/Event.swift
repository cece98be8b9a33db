/// One actor does something to another, coded with PLOVER's types.
package struct Event: Sendable, Equatable {
  package enum Status: String, Sendable { case occurred, ongoing, planned, conditional, denied }

  package var id: String
  /// The trigger.
  package var span: Span
  /// PLOVER event type.
  package var type: String
  package var mode: String?
  package var contexts: [String] = []
  package var cameo: (code: String, goldstein: Double)?
  package var source: [Reference] = []
  package var target: [Reference] = []
  package var place: Reference?
  package var time: String?
  package var status: Status
  /// Who reports it; nil: the agency itself.
  package var attribution: Reference?
  package var rule: String

  package init(id: String, span: Span, type: String, status: Status, rule: String) {
    self.id = id
    self.span = span
    self.type = type
    self.status = status
    self.rule = rule
  }

  package static func == (a: Event, b: Event) -> Bool {
    a.id == b.id && a.span == b.span && a.type == b.type && a.mode == b.mode && a.contexts == b.contexts
      && a.cameo?.code == b.cameo?.code && a.cameo?.goldstein == b.cameo?.goldstein && a.source == b.source
      && a.target == b.target && a.place == b.place && a.time == b.time && a.status == b.status
      && a.attribution == b.attribution && a.rule == b.rule
  }
}

/// Who is bound to what.
package struct Pledge: Sendable, Equatable {
  package enum Kind: String, Sendable { case commitment, deadline, condition, threat, demand }

  package var id: String
  package var span: Span
  package var kind: Kind
  package var actor: Reference?
  package var beneficiary: Reference?
  /// TIMEX3 value.
  package var due: String?
  package var time: String?
  package var condition: Span?
  package var status: String
  package var quotation: String?
  package var rule: String

  package init(id: String, span: Span, kind: Kind, status: String, rule: String) {
    self.id = id
    self.span = span
    self.kind = kind
    self.status = status
    self.rule = rule
  }
}
