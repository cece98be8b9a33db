/// What the wire says about the dispatch, under the names of IPTC ninjs 3.1 where it has them. Absent: not stated.
package struct Item: Sendable, Equatable {
  /// `BRUXELLES, 23 mars 2021 (EXA) -` taken apart.
  package struct Dateline: Sendable, Equatable {
    package var span: Span
    package var place: String?
    /// ISO 8601, of the grain that is given.
    package var date: String?
    package var agency: String?

    package init(span: Span, place: String? = nil, date: String? = nil, agency: String? = nil) {
      self.span = span
      self.place = place
      self.date = date
      self.agency = agency
    }
  }

  /// One dispatch sent in parts: `(2/2)`.
  package struct Take: Sendable, Equatable {
    package var number: Int
    package var of: Int?

    package init(number: Int, of: Int? = nil) {
      self.number = number
      self.of = of
    }
  }

  /// The agency's or the format's own identifier.
  package var uri: String?
  package var headline: String?
  package var byline: String?
  package var located: String?
  /// BCP 47.
  package var language: String?
  package var languageVariant: String?
  /// The words that decided on the variant: "septantaine".
  package var languageEvidence: [Span] = []
  /// 1 (most urgent) to 9, IPTC's scale.
  package var urgency: Int?
  package var slugline: String?
  package var version: String?
  /// `usable`, `withheld` or `canceled`.
  package var pubStatus: String?
  package var edNote: String?
  /// ISO 8601 with zone.
  package var firstCreated: String?
  package var versionCreated: String?
  package var embargoedUntil: String?
  package var infoSources: [String] = []
  package var keywords: [String] = []
  /// `flash`, `alert`, `urgent`, `lead`, `factual`, `synthesis` ….
  package var level: String?
  /// The n of "2e LEAD".
  package var leadNumber: Int?
  package var take: Take?
  /// Initials of author and editors at the end: `abc/def`.
  package var signoff: String?
  package var dateline: Dateline?
  /// Corrections announced by the dispatch itself, as they stand: `bien lire … et non …`.
  package var corrections: [Correction] = []

  /// What a kill notice takes back, where its text or headline names it.
  package var withdraws: Withdrawal?

  package init() {}

  /// `ANNULATION - …`, "la dépêche EXA-20210323-0412 intitulée …".
  package struct Withdrawal: Sendable, Equatable {
    package var span: Span
    /// Identifier of the dispatch.
    package var uri: String?
    package var headline: String?

    package init(span: Span, uri: String? = nil, headline: String? = nil) {
      self.span = span
      self.uri = uri
      self.headline = headline
    }
  }

  /// "Bien lire nonante militaires et non une septantaine".
  package struct Correction: Sendable, Equatable {
    package var span: Span
    package var right: String?
    package var wrong: String?

    package init(span: Span, right: String? = nil, wrong: String? = nil) {
      self.span = span
      self.right = right
      self.wrong = wrong
    }
  }
}

/// The dispatch's own date, of whatever grain it is known; everything relative is resolved against it.
package struct DocumentTime: Sendable, Equatable {
  package enum Granularity: String, Sendable { case minute, hour, day, month, year, none }
  package enum Basis: String, Sendable { case header, dateline, metadata, filename, signoff, option, none }

  /// TIMEX3 value (`2021-03`, `2021-03-23`, `2021-03-23T14:12+01:00`); absent with `Granularity.none`.
  package var value: String?
  package var granularity: Granularity
  package var basis: Basis
  /// Where the text says it.
  package var span: Span?

  package init(value: String? = nil, granularity: Granularity = .none, basis: Basis = .none, span: Span? = nil) {
    self.value = value
    self.granularity = granularity
    self.basis = basis
    self.span = span
  }
}
