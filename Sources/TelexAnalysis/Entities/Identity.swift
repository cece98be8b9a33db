import TelexLanguage
import TelexModel
import TelexText

/// Which names of a dispatch name the same: known spellings, acronyms that the text defines, and parts of a person's name.
struct Identity {
  private let words: Words
  private let known: KnownNames
  private let map: Places
  private let geography: Geography
  private let gender: PersonGender
  private var entities: [Entity]
  /// By entity: its name as names are compared.
  private var keys: [[UInt8]]
  private var mentions: [Mention]
  /// By entity id: the one it belongs to.
  private var owner: [String: String] = [:]
  /// The entities of the dateline, whose place is one on no map as well.
  private let datelined: Set<String>
  /// By entity id: its place among `entities`.
  private let places: [String: Int]
  /// By entity id: the kind that its mentions were brought to.
  private var joined: [String: Entity.Kind] = [:]
  /// Surnames that several persons of the dispatch bear: by their entity, the persons' ids.
  private var shared: [String: [String]] = [:]

  init(
    _ document: Document, words: Words, known: KnownNames, map: Places, geography: Geography, gender: PersonGender
  ) {
    self.words = words
    self.known = known
    self.map = map
    self.geography = geography
    self.gender = gender
    entities = document.entities
    keys = document.entities.map { Self.key($0.name) }
    mentions = document.mentions
    datelined = Set(
      document.mentions.filter { document.item.dateline?.span.contains($0.span) ?? false }.compactMap(\.entity))
    places = Dictionary(
      document.entities.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func merge() {
    spellKnown()
    joinKinds()
    joinSpellings()
    defineAcronyms()
    completeNames()
  }

  private static func key(_ name: String) -> [UInt8] { KnownNames.key(name.utf8) }

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
      var entity = entities[position]
      // "le jeu du Hamas": no place is called like a body that everybody knows.
      if entity.kind == .location, known.isBody(keys[position]), map.places(named: keys[position]).isEmpty {
        entity.kind = .organization
        entities[position].kind = .organization
        joined[entity.id] = .organization
      }
      guard let found = known.known(keys[position], kind: entity.kind, share: geography.share) else { continue }
      entities[position].name = found.name
      keys[position] = Self.key(found.name)
      entities[position].acronym = found.acronym
      entities[position].subtype = found.subtype
      entities[position].country = found.country
      entities[position].identifiers = found.identifiers
      entities[position].geo = found.geo
      if found.kind == .location { entities[position].kind = .location }
      if let earlier = first[found.name] { owner[entity.id] = earlier } else { first[found.name] = entity.id }
    }
  }

  /// From this confidence on a body is one, though somebody is called like it.
  private static let clear = 0.8

  /// A name that was read as a person here and as a body there is what the clearer readings say, as is a place that is on no
  /// map; one that is may stand for its club or government and stays both. One word without a title is
  /// nobody's surname, since no first name stands anywhere before it.
  private mutating func joinKinds() {
    var weights: [String: Double] = [:]
    // How clearly an entity is a body at its clearest mention.
    var clearest: [String: Double] = [:]
    for mention in mentions {
      guard let id = mention.entity, let place = index(id) else { continue }
      clearest[id] = max(clearest[id] ?? 0, mention.confidence + (isCalledBody(mention) ? 1 : 0))
      let isBare =
        entities[place].kind == .person && !keys[place].contains(0x20)
        && !words.has(words.tokens.firstIndex(notBefore: mention.span.start) - 1, .title)
      if !isBare { weights[id, default: 0] += mention.confidence + (isCalledBody(mention) ? 2 : 0) }
    }
    let surnames = surnames()
    var first: [[UInt8]: Int] = [:]
    for (position, entity) in entities.enumerated() where owner[entity.id] == nil && isOpen(entity, position) {
      // A place on no map with somebody's surname is that person; a company may well be called like its founder, where anything says
      // that it is one.
      let isDoubtful =
        entity.kind == .location
        || entity.kind == .organization && clearest[entity.id] ?? 1 < Self.clear && !known.isBody(keys[position])
      if isDoubtful, let bearers = surnames[keys[position]], bearers.count == 1,
        let person = bearers.first
      {
        owner[entity.id] = person
        joined[person] = .person
        continue
      }
      guard let other = first[keys[position]] else {
        first[keys[position]] = position
        continue
      }
      let isClearer =
        entity.kind != .product
        && (entities[other].kind == .product || weights[entity.id] ?? 0 > weights[entities[other].id] ?? 0)
      if isClearer { first[keys[position]] = position }
      let kept = entities[isClearer ? position : other]
      owner[entities[isClearer ? other : position].id] = kept.id
      joined[kept.id] = kept.kind
    }
  }

  /// By surname: the persons of the dispatch who are named in full with it.
  private func surnames() -> [[UInt8]: [String]] {
    var surnames: [[UInt8]: [String]] = [:]
    for (position, entity) in entities.enumerated() where entity.kind == .person && owner[entity.id] == nil {
      let parts = keys[position].split(separator: 0x20)
      if parts.count > 1, let last = parts.last { surnames[Array(last), default: []].append(entity.id) }
    }
    return surnames
  }

  /// "la banque belge Dexalia": a body's noun stands before it.
  private func isCalledBody(_ mention: Mention) -> Bool {
    guard mention.kind == .organization else { return false }
    let start = words.tokens.firstIndex(notBefore: mention.span.start)
    return (1...2).contains { back in
      start >= back && gender.nouns.kind(words.hashes[start - back]) == .body
        && (start - back..<start).allSatisfy { words.isWord($0) && !words.has($0, [.of, .preposition, .article]) }
    }
  }

  private func isOpen(_ entity: Entity, _ position: Int) -> Bool {
    switch entity.kind {
    case .person, .organization, .product: true
    case .location:
      entity.subtype == nil && entity.country == nil && !datelined.contains(entity.id)
        && map.places(named: keys[position]).isEmpty
    default: false
    }
  }

  /// Spellings that differ in hyphens, apostrophes, spaces or a leading article only; the fullest of them is kept.
  private mutating func joinSpellings() {
    var first: [[UInt8]: String] = [:]
    for (position, entity) in entities.enumerated() where owner[entity.id] == nil {
      var key = keys[position]
      if entity.kind == .organization || entity.kind == .event || entity.kind == .product {
        for article in ["le ", "la ", "les ", "l'"] where key.starts(with: article.utf8) && key.count > 8 {
          key.removeFirst(article.utf8.count)
          break
        }
      }
      key.removeAll { $0 == 0x20 || $0 == 0x27 }
      key += Array(entity.kind.rawValue.utf8)
      if let earlier = first[key] { owner[entity.id] = earlier } else { first[key] = entity.id }
    }
  }

  /// "Cour pénale internationale (CPI)", "AMISOM (Mission de l'Union africaine …)".
  private mutating func defineAcronyms() {
    var byKey: [[UInt8]: [String]]?
    for mention in mentions {
      guard mention.kind == .organization || mention.kind == .event, let id = mention.entity else { continue }
      let tokens = words.tokens.indices(in: mention.span)
      let open = tokens.upperBound
      guard open + 2 < words.tokens.count, words.tokens[open].kind == .openBracket, words.partner(of: open) == open + 2,
        isAcronym(open + 1) || spells(open + 1, initialsOf: tokens), tokens.count > 1
      else { continue }
      let acronym = words.text.string(words.tokens[open + 1].span)
      if let other = mentions.beginning(in: words.tokens[open + 1].span).first?.entity,
        root(other) != root(id)
      {
        owner[root(other)] = root(id)
      }
      // Later mentions of the acronym are the same.
      let sameName = byKey ?? idsByKey()
      byKey = sameName
      for later in sameName[Self.key(acronym)] ?? [] where root(later) != root(id) { owner[root(later)] = root(id) }
      if let place = index(root(id)), entities[place].acronym == nil { entities[place].acronym = acronym }
    }
  }

  private func idsByKey() -> [[UInt8]: [String]] {
    Dictionary(grouping: entities.indices) { keys[$0] }.mapValues { $0.map { entities[$0].id } }
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

  /// "Groupe d'experts intergouvernemental sur l'évolution du climat (Giec)": all letters of a short name stand at the
  /// beginnings of the words, in their order; the last may be that of a word left out, as the country in "Bureau intégré des
  /// Nations unies (Binuh)".
  private func spells(_ token: Int, initialsOf name: Range<Int>) -> Bool {
    let letters = folded(words.text[words.tokens[token].span], .bare)
    guard words.isWord(token), words.isCapitalized(token), (3...9).contains(letters.count), name.count >= letters.count
    else { return false }
    var next = 0
    for word in name where next < letters.count && words.isWord(word) {
      if folded(words.text[words.tokens[word].span], .bare).first == letters[next] { next += 1 }
    }
    return next == letters.count || next == letters.count - 1 && next > 3
  }

  /// "Le Roux" is "Bruno Le Roux" where no other name of the dispatch ends so; where several do, each mention is looked
  /// at by itself.
  private mutating func completeNames() {
    let found = entities.indices.filter { entities[$0].kind == .person && owner[entities[$0].id] == nil }
    let persons = found.map { entities[$0] }
    let keys = found.map { withoutTitle(self.keys[$0].split(separator: 0x20).map(Array.init)) }
    let byLast = Dictionary(grouping: keys.indices.filter { !keys[$0].isEmpty }) { keys[$0][keys[$0].count - 1] }
    // "Penelope" is "Penelope Fillon" where nobody else is called so.
    let byFirst = Dictionary(grouping: keys.indices.filter { !keys[$0].isEmpty }) { keys[$0][0] }
    for (short, words) in keys.enumerated() {
      // Where hundreds of names end alike, none of them is meant.
      guard let last = words.last, let alike = byLast[last], alike.count < 64 else { continue }
      var fuller = alike.filter { $0 != short && (isFuller(keys[$0], words) || keys[$0] == words && $0 < short) }
      if fuller.isEmpty, words.count == 1, let given = byFirst[last], given.count < 64 {
        fuller = given.filter { $0 != short && keys[$0].count > 1 }
      }
      let names = Set(fuller.map { keys[$0].flatMap { $0 + [0x20] } })
      if names.count == 1, let only = fuller.first {
        owner[persons[short].id] = root(persons[only].id)
      } else if names.count > 1 {
        shared[persons[short].id] = fuller.map { persons[$0].id }
      }
    }
  }

  /// "Monsieur Puigdemont" is "Puigdemont".
  private func withoutTitle(_ name: [[UInt8]]) -> [[UInt8]] {
    let titles = ["monsieur", "madame", "mme", "mlle", "m.", "mr", "me", "maitre", "dr", "lord", "sir", "mgr"]
    guard name.count > 1, titles.contains(where: { name[0].elementsEqual($0.utf8) }) else { return name }
    return Array(name.dropFirst())
  }

  /// "Bruno Le Roux" of "Le Roux", and of "B. Le Roux".
  private func isFuller(_ full: [[UInt8]], _ part: [[UInt8]]) -> Bool {
    if full.count > part.count, full.suffix(part.count).elementsEqual(part) { return true }
    guard full.count == part.count, part.count > 1, full != part, let initial = part.first, let name = full.first,
      initial.last == 0x2E, let letter = initial.first, name.count > 2
    else { return false }
    return name.first == letter && full.dropFirst().elementsEqual(part.dropFirst())
  }

  // MARK: Surnames that several bear

  /// Who a surname means where several bear it: the one that a title before it allows, or the only one named so far.
  private func bearer(of mention: Mention, among persons: [String], _ firsts: [String: Int]) -> String? {
    var left = Set(persons.map(root)).sorted { (firsts[$0] ?? .max, $0) < (firsts[$1] ?? .max, $1) }
    let token = words.tokens.firstIndex(notBefore: mention.span.start)
    if let asked = gender.title(at: token - 1) {
      left.removeAll { id in
        guard let place = index(id), let own = gender.given(entities[place].name) else { return false }
        return own != asked
      }
      if left.count == 1 { return left.first }
    }
    let introduced = left.filter { firsts[$0].map { $0 < mention.span.start } ?? false }
    return introduced.count == 1 ? introduced.first : nil
  }

  /// Writes the merged entities back, in the order of their first names.
  func write(to document: inout Document) {
    document.entities = entities.filter { owner[$0.id] == nil && shared[$0.id] == nil }
    var firsts: [String: Int] = [:]
    for mention in mentions {
      guard let id = mention.entity else { continue }
      firsts[root(id)] = min(firsts[root(id)] ?? .max, mention.span.start)
    }
    for index in document.mentions.indices {
      guard let id = document.mentions[index].entity else { continue }
      guard let persons = shared[root(id)] else {
        document.mentions[index].entity = root(id)
        if let kind = joined[root(id)] { document.mentions[index].kind = kind }
        continue
      }
      let mention = document.mentions[index]
      document.mentions[index].entity = bearer(of: mention, among: persons, firsts)
      if document.mentions[index].entity == nil {
        let names = persons.compactMap { self.index(root($0)).map { entities[$0].name } }
        document.diagnostics.append(
          Diagnostic(
            "ambiguous-name", .info,
            "May be \(Set(names).sorted().joined(separator: " or ")); the text does not say which.", at: mention.span))
      } else {
        document.mentions[index].confidence *= 0.8
      }
    }
  }
}
