import TelexLanguage
import TelexModel
import TelexText

/// The place that the dateline gives: a location there, whatever its sentence may look like, and wherever else its name
/// stands with a capital and was read as nothing.
struct DatelinePlace {
  /// Longer ones are no places but misread datelines.
  private static let longest = 6

  /// Folded words of the place.
  private let words: [[UInt8]]
  private static let articles = ["le", "la", "les", "l'"].map { Array($0.utf8) }
  private let span: Span

  /// Nil where the dispatch has no dateline, or its dateline no place.
  init?(_ document: Document) {
    guard let span = document.spanInDateline(of: \.place, isLast: false) else { return nil }
    self.span = span
    let inside = document.tokens.filter { $0.span.start >= span.start && $0.span.end <= span.end }
    guard (1...Self.longest).contains(inside.count) else { return nil }
    words = inside.map { folded(document.text[$0.span], .bare) }
  }

  /// The names with the place among them, in reading order.
  func added(to names: [Language.Name], of document: Document) -> [Language.Name] {
    var names = names
    // "La Havane, 3 mars": in a dateline an article with a capital is part of the place.
    if let index = names.firstIndex(where: {
      $0.kind == .location && $0.span.end == span.end && $0.span.start > span.start
    }),
      document.tokens.indices(in: Span(span.start, names[index].span.start)).allSatisfy({
        Self.articles.contains(folded(document.text[document.tokens[$0].span], .bare))
      })
    {
      names[index].span = span
    }
    // "LIEGE 14/12" is the place and its date.
    if !names.contains(where: { $0.kind == .location && overlap($0.span, span) && span.contains($0.span) }) {
      names.removeAll { overlap($0.span, span) }
      names.append(Language.Name(span: span, kind: .location, evidence: .dateline, confidence: 0.95))
    }
    names.sort { $0.span < $1.span }
    var found: [Language.Name] = []
    var next = 0
    for place in occurrences(in: document) {
      while next < names.count, names[next].span.end <= place.start { next += 1 }
      guard next == names.count || !overlap(names[next].span, place) else { continue }
      found.append(Language.Name(span: place, kind: .location, evidence: .dateline, confidence: 0.85))
    }
    return (names + found).sorted { $0.span < $1.span }
  }

  private func overlap(_ one: Span, _ other: Span) -> Bool { one.start < other.end && other.start < one.end }

  /// Where its words stand in the text that is read for names, in reading order.
  private func occurrences(in document: Document) -> [Span] {
    var places: [Span] = []
    var index = 0
    for stretch in document.namingSpans {
      while index < document.tokens.count, document.tokens[index].span.start < stretch.end {
        defer { index += 1 }
        guard document.tokens[index].span.start >= stretch.start, document.tokens[index].isCapitalized,
          index + words.count <= document.tokens.count
        else { continue }
        let run = document.tokens[index..<index + words.count]
        guard let last = run.last, last.span.end <= stretch.end,
          zip(run, words).allSatisfy({ folded(document.text[$0.span], .bare) == $1 })
        else { continue }
        places.append(Span(document.tokens[index].span.start, last.span.end))
      }
    }
    return places
  }
}
