import TelexLanguage
import TelexModel
import TelexText

/// The agency that the dateline gives: an organization there, whatever its letters may name elsewhere ("Ava" is a town, too).
struct DatelineAgency {
  private let span: Span

  /// Nil where the dispatch has no dateline, or its dateline no agency.
  init?(_ document: Document) {
    guard let dateline = document.item.dateline, let agency = dateline.agency.map({ Array($0.utf8) }), !agency.isEmpty
    else { return nil }
    let bytes = document.text[dateline.span]
    // The last, as the place may have the same letters.
    guard let start = bytes.indices.last(where: { bytes[$0...].starts(with: agency) }) else { return nil }
    span = Span(start, start + agency.count)
  }

  /// The names, with what was read as something else there as an organization.
  func corrected(_ names: [Language.Name]) -> [Language.Name] {
    names.map { name in
      guard name.span == span, name.kind != .organization else { return name }
      return Language.Name(span: span, kind: .organization, evidence: .dateline, confidence: 0.95)
    }
  }
}
