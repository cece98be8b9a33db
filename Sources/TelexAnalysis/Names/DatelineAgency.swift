import TelexLanguage
import TelexModel
import TelexText

/// The agency that the dateline gives: an organization there, whatever its letters may name elsewhere ("Ava" is a town, too).
struct DatelineAgency {
  private let span: Span

  /// Nil where the dispatch has no dateline, or its dateline no agency.
  init?(_ document: Document) {
    // The last, as the place may have the same letters.
    guard let span = document.spanInDateline(of: \.agency, isLast: true) else { return nil }
    self.span = span
  }

  /// The names, with what was read as something else there as an organization.
  func corrected(_ names: [Language.Name]) -> [Language.Name] {
    names.map { name in
      guard name.span == span, name.kind != .organization else { return name }
      return Language.Name(span: span, kind: .organization, evidence: .dateline, confidence: 0.95)
    }
  }
}
