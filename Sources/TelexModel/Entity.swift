/// Somebody or something that the dispatch names, with all that it says of it.
package struct Entity: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case person, organization, location, event, product, group
  }

  /// A function that the text gives a person: "ex-président".
  package struct Role: Sendable, Equatable {
    /// `designated`: elected or appointed, not yet in office.
    package enum Status: String, Sendable { case current, former, acting, designated }

    package var span: Span
    /// The body or country it belongs to, as an entity's id or in the text's own words.
    package var of: Reference?
    package var status: Status

    package init(span: Span, of: Reference? = nil, status: Status = .current) {
      self.span = span
      self.of = of
      self.status = status
    }
  }

  /// `e1` … in reading order.
  package var id: String
  package var kind: Kind
  package var subtype: String?
  /// Canonical name.
  package var name: String
  /// ISO 3166-1 alpha-2.
  package var country: String?
  /// By scheme: `iso3166`, `geonames`, `wikidata` ….
  package var identifiers: [String: String] = [:]
  /// Names or identifiers of the readings that remain; where there are some, nothing was chosen.
  package var candidates: [String] = []
  /// Ids of the entities that the text counts among a group ("certains alliés, dont l'Allemagne").
  package var members: [String] = []
  /// Degrees, WGS 84.
  package var geo: (latitude: Double, longitude: Double)?
  package var acronym: String?
  /// Of a person: `f` or `m`, where the text or the given name says it.
  package var gender: String?
  package var roles: [Role] = []
  package var salience: Double = 0
  package var confidence: Double

  package init(id: String, kind: Kind, name: String, confidence: Double) {
    self.id = id
    self.kind = kind
    self.name = name
    self.confidence = confidence
  }

  package static func == (a: Entity, b: Entity) -> Bool {
    a.id == b.id && a.kind == b.kind && a.subtype == b.subtype && a.name == b.name && a.country == b.country
      && a.identifiers == b.identifiers && a.candidates == b.candidates && a.members == b.members
      && a.geo?.latitude == b.geo?.latitude
      && a.geo?.longitude == b.geo?.longitude && a.acronym == b.acronym && a.gender == b.gender && a.roles == b.roles
      && a.salience == b.salience && a.confidence == b.confidence
  }
}

/// One place where the text speaks of an entity.
package struct Mention: Sendable, Equatable {
  package enum Form: String, Sendable { case name, nominal, pronoun, demonym }

  package var span: Span
  package var kind: Entity.Kind
  package var form: Form
  /// `Entity.id`; nil where it could not be resolved.
  package var entity: String?
  /// What a place stands for here: `government` ("Washington a annoncé"); nil where it is meant itself.
  package var standsFor: String?
  package var confidence: Double
  package var rule: String

  package init(span: Span, kind: Entity.Kind, form: Form, entity: String?, confidence: Double, rule: String) {
    self.span = span
    self.kind = kind
    self.form = form
    self.entity = entity
    self.confidence = confidence
    self.rule = rule
  }
}

/// Who is meant by some words: the entity where it is known, and the words themselves.
package struct Reference: Sendable, Equatable {
  package enum Resolution: Sendable, Equatable {
    case entity(String)
    /// Somebody is named and it isn't known who; a diagnostic says so.
    case unresolved
    /// Nobody is named: "un diplomate".
    case unnamed
  }

  package var resolution: Resolution
  package var span: Span

  package init(_ resolution: Resolution, span: Span) {
    self.resolution = resolution
    self.span = span
  }
}
