import TelexText

/// What an element of a page is there for, by the names its author gave it (`Resources/page-parts.txt`).
struct PageParts: Sendable {
  enum Kind: String, Sendable { case around, about }

  /// Bytes of text from which on an element is more than a line about the article.
  private static let longestLine = 200

  private let words: [String: Kind]
  let table: ResourceTable

  init(resources: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("page-parts.txt", of: "TelexWire", in: resources)
    var words: [String: Kind] = [:]
    for row in table.rows {
      guard row.fields.count == 2, let kind = Kind(rawValue: row.fields[0]) else {
        throw table.error(row, "two fields are due: around or about, and words")
      }
      for word in row.fields[1].split(separator: " ") { words[String(word)] = kind }
    }
    self.words = words
  }

  /// The kind that a class or id names; nil for names of the text itself.
  func kind(_ names: String) -> Kind? {
    let found = names.lowercased().prefix(512).split { $0 == "-" || $0 == "_" || $0.isWhitespace }
      .compactMap { words[String($0)] }
    return found.contains(.around) ? .around : found.first
  }

  /// Whether an element is left out of an article's text.
  /// - Parameter article: bytes of all text in the article.
  func isOutside(_ element: Element, article: Int) -> Bool {
    let count = element.textRange.count
    for name in ["class", "id", "itemprop"] {
      switch element[name].flatMap(kind) {
      case .around where count * 2 < article: return true
      case .about where count <= Self.longestLine && !["h1", "h2", "h3"].contains(element.name): return true
      default: continue
      }
    }
    return false
  }

  /// Who wrote the article, as a line about it says.
  func byline(in article: Element) -> String? {
    for element in article.all where element.textRange.count <= Self.longestLine {
      let names = [element["class"], element["itemprop"], element["rel"]].compactMap { $0?.lowercased() }
      guard names.contains(where: { $0.contains("author") || $0.contains("byline") || $0.contains("auteur") }) else {
        continue
      }
      if let words = element.words { return words }
    }
    return nil
  }
}
