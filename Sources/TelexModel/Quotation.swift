/// Somebody's words, as the dispatch reports them.
package struct Quotation: Sendable, Equatable {
  package enum Kind: String, Sendable { case direct, mixed, indirect }

  /// The word that announces the quotation.
  package struct Cue: Sendable, Equatable {
    package var span: Span
    package var lemma: String
    /// Speech act: `assert`, `add`, `emphasise`, `promise`, `threaten`, `ask` ….
    package var act: String
    /// False where the text says that it was not said.
    package var affirmed: Bool

    package init(span: Span, lemma: String, act: String, affirmed: Bool = true) {
      self.span = span
      self.lemma = lemma
      self.act = act
      self.affirmed = affirmed
    }
  }

  /// Who speaks, how that was found, and how sure it is.
  package struct Speaker: Sendable, Equatable {
    package var reference: Reference
    /// `name`, `role`, `pronoun`, `continued` ….
    package var via: String
    package var confidence: Double

    package init(_ reference: Reference, via: String, confidence: Double) {
      self.reference = reference
      self.via = via
      self.confidence = confidence
    }
  }

  /// A word of the first person in what was spoken, and who it is.
  package struct FirstPerson: Sendable, Equatable {
    package enum Scope: String, Sendable {
      /// "je", or a body that says "nous": the speaker.
      case speaker
      /// "nous": the speaker and those the speaker speaks for.
      case group
    }

    package var reference: Reference
    package var scope: Scope

    package init(_ reference: Reference, _ scope: Scope) {
      self.reference = reference
      self.scope = scope
    }
  }

  package var id: String
  /// The words, without the marks around them.
  package var span: Span
  package var kind: Kind
  /// What was spoken, word for word.
  package var verbatim: [Span] = []
  /// The agency's own words inside it.
  package var insertions: [Span] = []
  package var speaker: Speaker?
  package var cue: Cue?
  package var addressee: Reference?
  package var venue: Reference?
  package var medium: Reference?
  /// `TimeExpression.id`.
  package var time: String?
  /// Whom the speaker speaks for: of "porte-parole du ministère" the ministry.
  package var principal: Reference?
  /// Words of the first person in `verbatim`, in reading order.
  package var firstPerson: [FirstPerson] = []
  package var confidence: Double
  package var rule: String

  package init(id: String, span: Span, kind: Kind, confidence: Double, rule: String) {
    self.id = id
    self.span = span
    self.kind = kind
    self.confidence = confidence
    self.rule = rule
  }
}
