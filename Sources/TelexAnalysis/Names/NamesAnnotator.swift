package import TelexLanguage
import TelexModel
import TelexText

/// Fills `mentions` with the proper names of the dispatch, and `entities` with who or what they name.
///
/// It takes half of the time of an analysis and needs only text and structure: a second thread can begin with it while the
/// layers before it are read.
package struct NamesAnnotator: Annotator {
  private let language: Language

  package init(language: Language) { self.language = language }

  package func annotate(_ document: inout Document) { finish(begin(document, with: nil), &document) }

  func begin(_ document: Document, with thread: SecondThread?) -> Fork<Language.NameDraft> {
    language.nameDrafts(of: document.text, in: document.namingSpans, with: thread)
  }

  func finish(_ search: Fork<Language.NameDraft>, _ document: inout Document) {
    var names = language.names(search.join())
    if let agency = DatelineAgency(document) { names = agency.corrected(names) }
    if let place = DatelinePlace(document) { names = place.added(to: names, of: document) }
    var directory = NameDirectory()
    for name in names { directory.add(bare(name.span, of: document.text), name.kind, name.span) }
    let groups = directory.groups()
    for (number, group) in groups.enumerated() {
      let canonical = document.text.line(names[group.canonical].span)
      document.entities.append(
        Entity(
          id: "e\(number + 1)", kind: names[group.canonical].kind, name: canonical,
          confidence: group.members.map { names[$0].confidence }.max() ?? 0))
    }
    let entity = Dictionary(
      uniqueKeysWithValues: groups.enumerated().flatMap { number, group in
        group.members.map { ($0, "e\(number + 1)") }
      })
    for (index, name) in names.enumerated() {
      document.mentions.append(
        Mention(
          span: name.span, kind: name.kind, form: .name, entity: entity[index], confidence: name.confidence,
          rule: "names/\(name.evidence.rawValue)"))
    }
    document.words = document.words?.named(in: document)
  }

  private func bare(_ span: Span, of text: SourceText) -> [UInt8] {
    folded(text[span], .bare).split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }.joined(separator: [0x20]).map { $0 }
  }
}

/// Which names of one document name the same: equal spellings, and a surname alone with the one full name that ends in it.
private struct NameDirectory {
  struct Group {
    /// Index of the fullest name.
    var canonical: Int
    var members: [Int]
  }

  private struct Entry {
    var key: [UInt8]
    var kind: Entity.Kind
    var span: Span
  }

  private var entries: [Entry] = []

  mutating func add(_ key: [UInt8], _ kind: Entity.Kind, _ span: Span) {
    entries.append(Entry(key: key, kind: kind, span: span))
  }

  /// In the order of their first names in the text.
  func groups() -> [Group] {
    var fullNames: [[UInt8]: Set<[UInt8]>] = [:]
    for entry in entries where entry.kind == .person {
      let words = entry.key.split(separator: 0x20)
      if words.count > 1, let last = words.last { fullNames[Array(last), default: []].insert(entry.key) }
    }
    var places: [[UInt8]: Int] = [:]
    var groups: [Group] = []
    for (index, entry) in entries.enumerated() {
      var key = entry.key
      if entry.kind == .person, let full = fullNames[key], full.count == 1, let only = full.first { key = only }
      key.append(UInt8(Entity.Kind.allCases.firstIndex(of: entry.kind) ?? 0))
      if let place = places[key] {
        groups[place].members.append(index)
        if entry.key.count > entries[groups[place].canonical].key.count { groups[place].canonical = index }
      } else {
        places[key] = groups.count
        groups.append(Group(canonical: index, members: [index]))
      }
    }
    return groups
  }
}
