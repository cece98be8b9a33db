import TelexLanguage
import TelexModel
import TelexText

/// Which names of a dispatch name the same: known spellings, acronyms that the text defines, and parts of a person's name.
struct Identity {
  private let words: Words
  private let known: KnownNames
  private var entities: [Entity]
  private var mentions: [Mention]
  /// By entity id: the one it belongs to.
  private var owner: [String: String] = [:]
  /// By entity id: its place among `entities`.
  private let places: [String: Int]

  init(_ document: Document, words: Words, known: KnownNames) {
    self.words = words
    self.known = known
    entities = document.entities
    mentions = document.mentions
    places = Dictionary(
      document.entities.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func merge() {
    spellKnown()
    defineAcronyms()
    completeNames()
  }

  private func key(_ name: String) -> [UInt8] { folded(Array(name.utf8), .bare) }

  private func root(_ id: String) -> String {
    var id = id
    while let next = owner[id] { id = next }
    return id
  }

  private func index(_ id: String) -> Int? { places[id] }

  /// One entity for all names of a country or well-known body.
  private mutating func spellKnown() {
    var first: [String: String] = [:]
    for position in entities.indices {
      let entity = entities[position]
      guard let found = known.known(key(entity.name), kind: entity.kind) else { continue }
      entities[position].name = found.name
      entities[position].acronym = found.acronym
      if let country = found.country {
        entities[position].kind = found.kind
        entities[position].country = country
        entities[position].subtype = "country"
        entities[position].identifiers["iso3166"] = country
      }
      if let earlier = first[found.name] { owner[entity.id] = earlier } else { first[found.name] = entity.id }
    }
  }

  /// "Cour pénale internationale (CPI)", "AMISOM (Mission de l'Union africaine …)".
  private mutating func defineAcronyms() {
    let byKey = Dictionary(grouping: entities.map(\.id)) { index($0).map { key(entities[$0].name) } ?? [] }
    for mention in mentions {
      guard mention.kind == .organization || mention.kind == .event, let id = mention.entity else { continue }
      let tokens = words.tokens.indices(in: mention.span)
      let open = tokens.upperBound
      guard open + 2 < words.tokens.count, words.tokens[open].kind == .openBracket, words.partner(of: open) == open + 2,
        isAcronym(open + 1), tokens.count > 1
      else { continue }
      let acronym = words.text.string(words.tokens[open + 1].span)
      if let other = mentions.beginning(in: words.tokens[open + 1].span).first?.entity,
        root(other) != root(id)
      {
        owner[root(other)] = root(id)
      }
      // Later mentions of the acronym are the same.
      for later in byKey[key(acronym)] ?? [] where root(later) != root(id) { owner[root(later)] = root(id) }
      if let place = index(root(id)), entities[place].acronym == nil { entities[place].acronym = acronym }
    }
  }

  /// Two to eight letters, capitals but for the last ones ("Cédéao" is none).
  private func isAcronym(_ token: Int) -> Bool {
    let bytes = words.text[words.tokens[token].span]
    let agencies: [StaticString] = ["AFP", "AP", "ATS", "DPA"]
    guard words.isWord(token), bytes.count >= 2, bytes.count <= 9,
      bytes.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A || $0 == 0x2D })
    else { return false }
    return !agencies.contains { agency in
      bytes.elementsEqual(UnsafeBufferPointer(start: agency.utf8Start, count: agency.utf8CodeUnitCount))
    }
  }

  /// "Le Roux" is "Bruno Le Roux" where no other name of the dispatch ends so; where several do, all are candidates.
  private mutating func completeNames() {
    let persons = entities.filter { $0.kind == .person && owner[$0.id] == nil }
    let keys = persons.map { key($0.name).split(separator: 0x20).map(Array.init) }
    let byLast = Dictionary(grouping: keys.indices.filter { !keys[$0].isEmpty }) { keys[$0][keys[$0].count - 1] }
    for (short, words) in keys.enumerated() {
      // Where hundreds of names end alike, none of them is meant.
      guard let last = words.last, let alike = byLast[last], alike.count < 64 else { continue }
      let fuller = alike.filter {
        $0 != short && keys[$0].count > words.count && keys[$0].suffix(words.count).elementsEqual(words)
      }
      let names = Set(fuller.map { keys[$0].flatMap { $0 + [0x20] } })
      if names.count == 1, let only = fuller.first {
        owner[persons[short].id] = root(persons[only].id)
      } else if names.count > 1, let place = index(persons[short].id) {
        entities[place].candidates = fuller.map { persons[$0].name }
      }
    }
  }

  /// Writes the merged entities back, numbered in reading order.
  func write(to document: inout Document) {
    var numbers: [String: String] = [:]
    var kept: [Entity] = []
    for entity in entities where owner[entity.id] == nil {
      var entity = entity
      numbers[entity.id] = "e\(kept.count + 1)"
      entity.id = "e\(kept.count + 1)"
      kept.append(entity)
    }
    document.entities = kept
    for index in document.mentions.indices {
      guard let id = document.mentions[index].entity else { continue }
      document.mentions[index].entity = numbers[root(id)]
    }
  }
}
