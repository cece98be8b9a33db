import TelexLanguage
import TelexModel
import TelexText

/// The functions of persons, and the descriptions that mean them without naming them.
struct Descriptions {
  let reader: RoleReader
  private let equivalents: RoleEquivalents
  let mentions: [Mention]
  let entityKinds: [String: Entity.Kind]
  let kinds: RoleKinds
  private let gender: PersonGender
  /// By person: `f` or `m`.
  private(set) var genders: [String: String] = [:]
  /// By entity: where it is first named.
  private let firstNamed: [String: Int]
  private(set) var roles: [Held] = []
  /// Persons whose title says a function.
  private var titled: Set<String> = []
  /// How many functions a description is held against.
  static let limit = 256
  var found: [Mention] = []
  var words: Words { reader.words }

  /// A function and who holds it.
  struct Held {
    var entity: String
    var range: Range<Int>
    var status: Entity.Role.Status
    /// Spelling, folded; its noun; and the group of functions it belongs to with what it says beyond that.
    var key: [UInt8]
    var head: UInt64
    var group: String?
    /// A description that was led back, or what a body's name implies: no function of its own.
    var isImplied = false
    var isTitle = false
    /// Its words that carry meaning, as `content` gives them.
    var own: Set<[UInt8]> = []
  }

  init(
    reader: RoleReader, equivalents: RoleEquivalents, kinds: RoleKinds, gender: PersonGender, document: Document
  ) {
    self.reader = reader
    self.equivalents = equivalents
    self.kinds = kinds
    self.gender = gender
    mentions = document.mentions.sorted { $0.span < $1.span }
    firstNamed = Dictionary(
      document.mentions.compactMap { mention in mention.entity.map { ($0, mention.span.start) } }, uniquingKeysWith: min
    )
    entityKinds = Dictionary(document.entities.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads functions, then who the descriptions mean; in between, the persons' genders are read from the functions.
  mutating func read(_ document: inout Document) {
    for mention in mentions where mention.kind == .person {
      guard let entity = mention.entity else { continue }
      let tokens = words.tokens.indices(in: mention.span)
      guard !tokens.isEmpty else { continue }
      for role in reader.roles(beside: tokens) { hold(entity, role.range, role.head, role.status) }
      imply(entity, tokens)
      implyTitle(entity, tokens.lowerBound - 1)
    }
    let functions = Dictionary(grouping: roles.filter { !$0.isImplied }, by: \.entity).mapValues { $0.map(\.range) }
    gender.read(&document, functions: functions)
    for entity in document.entities { genders[entity.id] = entity.gender }
    let taken = Set(roles.filter { !$0.isImplied }.flatMap(\.range))
    describe(except: taken)
    namePersons()
    nameNouns()
  }

  private func key(_ range: Range<Int>) -> [UInt8] {
    var key: [UInt8] = []
    for token in range where words.isWord(token) {
      if !key.isEmpty, words.tokens[token].isSpaced { key.append(0x20) }
      key += folded(words.text[words.tokens[token].span], .bare)
    }
    return key
  }

  private mutating func hold(_ entity: String, _ range: Range<Int>, _ head: Int, _ status: Entity.Role.Status) {
    let key = key(range)
    roles.append(
      Held(
        entity: entity, range: range, status: status, key: key, head: headKey(head, range),
        group: equivalents.group(of: key)?.group, own: content(range)))
  }

  /// The noun, told apart for "Premier ministre", whom nobody calls "le ministre".
  private func headKey(_ head: Int, _ range: Range<Int>) -> UInt64 {
    if head > range.lowerBound, reader.spelled(head - 1, ["premier", "première"]), reader.spelled(head, ["ministre"]) {
      return words.hashes[head] &+ 1
    }
    return words.hashes[head]
  }

  /// "le gouvernement espagnol de Mariano Rajoy" has him lead it.
  private mutating func imply(_ entity: String, _ name: Range<Int>) {
    guard words.has(name.lowerBound - 1, .of) else { return }
    for back in 2...3 {
      let token = name.lowerBound - back
      guard token >= 0, reader.spelled(token, ["gouvernement", "exécutif"]) else { continue }
      let range = token..<name.lowerBound - 1
      roles.append(
        Held(
          entity: entity, range: range, status: .current, key: key(range), head: words.hashes[token],
          group: "head-of-government", isImplied: true, own: content(range)))
    }
  }

  /// "Me Paul Lambert" is a lawyer, "Dr" a doctor: "l'avocat" later on may mean him.
  private mutating func implyTitle(_ entity: String, _ token: Int) {
    guard words.has(token, .title), let noun = kinds.noun(ofTitle: words.hashes[token]),
      titled.insert(entity).inserted
    else { return }
    roles.append(
      Held(
        entity: entity, range: token..<token + 1, status: .current, key: [], head: noun, group: nil, isImplied: true,
        isTitle: true))
  }

  // MARK: Descriptions of persons

  private mutating func describe(except taken: Set<Int>) {
    for token in words.tokens.indices where reader.isFunction(token) && !taken.contains(token) {
      let article = reader.spelled(token - 1, ["premier", "première"]) ? token - 2 : token - 1
      guard article >= 0, isDefinite(article), words.sentence(of: token) != nil,
        !reader.nouns.isPlural(words.hashes[token]),
        let phrase = reader.phrases.forward(
          from: token, limit: words.sentences[words.sentence(of: token) ?? 0].upperBound)
      else { continue }
      let range = article + 1..<phrase.upperBound
      guard !range.contains(where: { reader.personTokens[$0] }), !isNamed(behind: phrase.upperBound) else {
        continue
      }
      guard let (entity, isFull) = holder(of: range, head: headKey(token, range), before: token) else { continue }
      guard let span = words.span(range) else { continue }
      found.append(
        Mention(
          span: span, kind: .person, form: .nominal, entity: entity, confidence: isFull ? 0.9 : 0.75,
          rule: "description/function"))
      if isFull { hold(entity, range, token, .current) }
    }
  }

  /// "le ministre, Paul Lambert": the name is told, and the phrase means nobody else.
  func isNamed(behind token: Int) -> Bool {
    var next = token
    if words.isComma(next) { next += 1 }
    if words.has(next, .title) { next += 1 }
    return next > token && reader.personStarts[next] != nil
  }

  func isDefinite(_ token: Int) -> Bool {
    reader.spelled(token, ["le", "la", "l'", "l’", "ce", "cette", "du", "au"])
  }

  /// Who holds the function that a description names: by its own words, or by a function that means the same.
  private func holder(of range: Range<Int>, head: UInt64, before token: Int) -> (entity: String, isFull: Bool)? {
    let key = key(range)
    let extra = content(range).subtracting([Array(folded(words.text[words.tokens[token].span], .bare))].map(stem))
    let group = equivalents.group(of: key)
    var holders: [String] = []
    let asked = gender.function(range)?.rawValue
    var wider: [String] = []
    for role in roles.prefix(Self.limit)
    where role.range.lowerBound < token && role.status != .former && introduced(role.entity, before: token) {
      // "la ministre" is no man, and "le directeur" no woman who is called "directrice".
      if let asked, let own = genders[role.entity], asked != own, asked == "f" || role.head != head { continue }
      let own = role.own
      let isSameNoun = role.head == head && (extra.isEmpty || extra.isSubset(of: own))
      let isSameGroup = group != nil && role.group == group?.group && agrees(group?.rest ?? [], own)
      if isSameNoun && (!role.isImplied || role.isTitle) || isSameGroup {
        holders.append(role.entity)
      } else if kinds.isWider(head, than: role.head) || kinds.isWider(head, than: role.head &- 1),
        extra.isSubset(of: own) || isAge(range, token)
      {
        wider.append(role.entity)
      }
    }
    // "l'élue" of the only mayor or member of parliament.
    if holders.isEmpty, Set(wider).count == 1, let only = wider.first {
      return isLast(only, before: token, asked) ? (only, false) : nil
    }
    let distinct = Set(holders)
    guard let last = holders.last else { return nil }
    if distinct.count > 1 {
      // Several hold such a function: the one spoken of last, if that was just now.
      guard extra.isEmpty,
        let recent = mentions.beginning(in: Span(Int(words.tokens[token].start) - 400, Int(words.tokens[token].start)))
          .last(where: {
            $0.span.end <= Int(words.tokens[token].start) && $0.entity.map { distinct.contains($0) } == true
          }),
        Int(words.tokens[token].start) - recent.span.end < 400, let entity = recent.entity
      else { return nil }
      return (entity, false)
    }
    if kinds.isCommon(head), extra.isEmpty, !isLast(last, before: token, asked) { return nil }
    return (last, !extra.isEmpty)
  }

  /// Whether nobody else was named after somebody who can be called so as well.
  ///
  /// - Parameter gender: the one that the description asks for, if any.
  private func isLast(_ entity: String, before token: Int, _ gender: String?) -> Bool {
    let end = Int(words.tokens[token].start)
    let near = mentions.beginning(in: Span(max(0, end - 400), end)).last { mention in
      guard mention.kind == .person, let id = mention.entity else { return false }
      guard id != entity, let gender, let own = genders[id] else { return true }
      return own == gender
    }
    return near.map { $0.entity == entity } ?? true
  }

  /// "l'élue de 33 ans".
  func isAge(_ range: Range<Int>, _ head: Int) -> Bool {
    range.upperBound == head + 4 && words.has(head + 1, .of) && words.tokens[head + 2].kind == .number
      && reader.spelled(head + 3, ["ans"])
  }

  private func introduced(_ entity: String, before token: Int) -> Bool {
    firstNamed[entity].map { $0 < Int(words.tokens[token].start) } ?? false
  }

  /// What a description adds to the common phrase ("américaine") must not contradict the function.
  private func agrees(_ rest: [UInt8], _ own: Set<[UInt8]>) -> Bool {
    let words = rest.split(separator: 0x20).map { stem(Array($0)) }.filter { $0.count > 3 }
    return words.allSatisfy { own.contains($0) }
  }

  /// The words of a phrase that carry meaning, without the endings of gender and number.
  private func content(_ range: Range<Int>) -> Set<[UInt8]> {
    var result: Set<[UInt8]> = []
    for token in range where words.isWord(token) && !words.has(token, [.of, .article, .preposition, .and]) {
      result.insert(stem(folded(words.text[words.tokens[token].span], .bare)))
    }
    return result
  }

  private func stem(_ word: [UInt8]) -> [UInt8] {
    var word = word
    // "françaises", "française", "français" are one.
    for ending in [UInt8]([0x73, 0x65, 0x73]) where word.count > 4 && word.last == ending { word.removeLast() }
    if word.count > 5, word.suffix(2).elementsEqual([0x6E, 0x6E]) { word.removeLast() }
    return word
  }

  // MARK: Result

  func write(to document: inout Document) {
    document.mentions += found
    document.mentions.sort { $0.span < $1.span }
    let held = Dictionary(grouping: roles.filter { !$0.isImplied }, by: \.entity)
    for index in document.entities.indices where document.entities[index].kind == .person {
      let own = distinct(held[document.entities[index].id] ?? []).sorted {
        $0.range.lowerBound < $1.range.lowerBound
      }
      var kept: [Held] = []
      for role in own where !kept.contains(where: { $0.key == role.key }) {
        // "président" adds nothing to "président américain".
        let isPart = own.contains {
          $0.key != role.key && $0.head == role.head && role.own.isStrictSubset(of: $0.own)
            && $0.status == role.status
        }
        if !isPart { kept.append(role) }
      }
      document.entities[index].roles = kept.compactMap { role in
        words.span(role.range).map { Entity.Role(span: $0, of: body(in: $0, of: role.entity), status: role.status) }
      }
    }
  }

  /// One of each spelling; nobody has more functions than some.
  private func distinct(_ roles: [Held]) -> [Held] {
    var seen: Set<[UInt8]> = []
    return Array(roles.filter { seen.insert($0.key).inserted }.prefix(32))
  }

  /// The body or place that a function belongs to, where it is named within it.
  private func body(in span: Span, of person: String) -> Reference? {
    let inside = mentions.beginning(in: span).filter {
      span.contains($0.span) && $0.entity != nil && $0.entity != person && $0.kind != .event && $0.kind != .product
    }
    // "le porte-parole de Paul Lambert" belongs to him; "ministre belge de la Défense" to Belgium.
    guard let mention = inside.first(where: { $0.form == .name }) ?? inside.first, let entity = mention.entity else {
      return nil
    }
    return Reference(.entity(entity), span: mention.span)
  }
}
