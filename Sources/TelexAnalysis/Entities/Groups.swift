import TelexModel
import TelexText

/// Groups that the text speaks of without naming all who belong to them: "certains alliés, dont l'Allemagne",
/// "ses homologues", "les soldats américains".
struct Groups {
  let words: Words
  let nouns: SpeakerNouns
  let phrases: NounPhrases

  /// A sentence is read for so many members at most.
  private static let limit = 24

  fileprivate struct Found {
    /// With "certains", "plusieurs", without articles.
    var range: Range<Int>
    var head: Int
    var isPart: Bool
    var members: [String] = []
    var confidence: Double
    var rule: String
  }

  func read(into document: inout Document) {
    let mentions = document.mentions.sorted { $0.span < $1.span }
    var covered = [Bool](repeating: false, count: words.tokens.count)
    for mention in mentions where mention.form != .demonym {
      for token in words.tokens.indices(in: mention.span) { covered[token] = true }
    }
    var ids: [[UInt8]: String] = [:]
    var added: [Mention] = []
    for sentence in words.sentences {
      var next = sentence.lowerBound
      for token in sentence where token >= next && !covered[token] {
        guard var found = group(at: token, sentence) else { continue }
        if found.range.contains(where: { covered[$0] && $0 <= found.head }) { continue }
        // "le patron des députés socialistes | Boris Lamy": a name right behind is no part of the group.
        if let name = found.range.first(where: {
          $0 > found.head && covered[$0] && !covered[$0 - 1] && !words.has($0 - 1, [.of, .article, .preposition])
        }) {
          found.range = found.range.lowerBound..<name
        }
        readMembers(&found, sentence, mentions)
        guard !found.members.isEmpty || isWorthNaming(found), let span = words.span(found.range) else { continue }
        let key = found.isPart ? Array("\(span.start)".utf8) : KnownNames.key(words.text[span])
        let id = ids[key] ?? "group\(ids.count)"
        if ids[key] == nil {
          ids[key] = id
          document.entities.append(entity(found, id, span, mentions))
        }
        added.append(
          Mention(
            span: span, kind: .group, form: .nominal, entity: id, confidence: found.confidence, rule: found.rule))
        next = found.range.upperBound
      }
    }
    document.mentions += added
    document.mentions.sort { $0.span < $1.span }
  }

  private func entity(_ found: Found, _ id: String, _ span: Span, _ mentions: [Mention]) -> Entity {
    let name = words.text.line(span)
    var entity = Entity(id: id, kind: .group, name: name, confidence: found.confidence)
    entity.members = found.members
    return entity
  }

  // MARK: The noun phrase

  private func group(at token: Int, _ sentence: Range<Int>) -> Found? {
    guard words.tokens[token].kind == .word, !words.isCapitalized(token) || words.tokens[token].beginsLine,
      let kind = nouns.kind(words.hashes[token]), kind != .document
    else { return nil }
    var start = token
    // "les deux principaux partis", "d'anciens ministres".
    while start > sentence.lowerBound, token - start < 3, words.isWord(start - 1),
      !words.has(start - 1, [.of, .preposition, .article, .and]), !words.isFinite(start - 1),
      !words.isCapitalized(start - 1), !isDeterminer(start - 1), !isPart(start - 1)
    {
      // "les séjours hôteliers": behind another noun in the plural it is an adjective.
      guard words.has(start - 1, .prenominal) || words.tokens[start - 1].kind != .word || !isSpelledAsPlural(start - 1)
      else { return nil }
      start -= 1
    }
    let determiner = start - 1
    guard determiner >= sentence.lowerBound, isDeterminer(determiner) || isPart(determiner) else { return nil }
    // "pays" is spelled alike in both numbers: the determiner tells.
    guard nouns.isPlural(words.hashes[token]) || isSpelledAsPlural(token) else { return nil }
    guard let phrase = phrases.forward(from: token, limit: sentence.upperBound) else { return nil }
    let isPart = isPart(determiner)
    return Found(
      range: (isPart ? determiner : start)..<end(of: phrase), head: token, isPart: isPart, confidence: 0.7,
      rule: isPart ? "group/part" : "group/plural")
  }

  /// A group ends before "et", "tels", "d'ici", and before a participle with its own complements ("baptisée …").
  private func end(of phrase: Range<Int>) -> Int {
    var end = phrase.lowerBound + 1
    for token in phrase.dropFirst() {
      if words.has(token, .of), words.isInfinitive(token + 1) { break }
      if words.has(token, [.and, .reflexive, .not]) || spelled(token, ["tels", "telles", "ici"]) || !words.isWord(token)
      {
        break
      }
      if words.readings[token].contains(.participle), !words.readings[token].contains(.other) { break }
      if !words.has(token, [.of, .article, .preposition]) { end = token + 1 }
    }
    return end
  }

  private func isSpelledAsPlural(_ token: Int) -> Bool { words.ends(token, with: "s") || words.ends(token, with: "x") }

  private func isDeterminer(_ token: Int) -> Bool {
    spelled(token, ["les", "des", "ces", "ses", "leurs", "nos", "vos", "aux", "mes", "tes"])
  }

  private func isPart(_ token: Int) -> Bool {
    spelled(token, ["certains", "certaines", "plusieurs", "quelques", "d'autres", "divers", "diverses"])
  }

  /// Functions and persons; bodies where the phrase says which ("les groupes djihadistes").
  private func isWorthNaming(_ found: Found) -> Bool {
    switch nouns.kind(words.hashes[found.head]) {
    case .function, .person: return true
    case .body: return found.range.upperBound > found.head + 1
    default: return false
    }
  }

  // MARK: Members

  private func readMembers(_ found: inout Found, _ sentence: Range<Int>, _ mentions: [Mention]) {
    var index = found.range.upperBound
    guard index < sentence.upperBound else { return }
    if words.tokens[index].kind == .openBracket, let close = words.partner(of: index), close > index {
      let names = list(from: index + 1, to: min(close, sentence.upperBound), mentions)
      if names.end == close, names.ids.count > 1 { found.set(names.ids, 0.8, "group/brackets") }
      return
    }
    if words.isComma(index) { index += 1 }
    guard index < sentence.upperBound else { return }
    if spelled(index, ["dont", "notamment"]) || spelled(index, ["comme"]) && index == found.range.upperBound {
      let isRelative = spelled(index, ["dont"])
      let names = list(from: index + 1, to: sentence.upperBound, mentions)
      guard !names.ids.isEmpty else { return }
      if isRelative, continuesAsClause(names.end, sentence.upperBound) {
        // "dont l'Allemagne a besoin" names no member; with an object of its own the clause has no place for "dont".
        guard hasOwnObject(names.end, sentence.upperBound) else { return }
        found.set(names.ids, 0.55, "group/dont-clause")
      } else {
        found.set(names.ids, 0.85, isRelative ? "group/dont" : "group/example")
      }
    } else if spelled(index, ["tels", "telles", "parmi", "y"]),
      spelled(index + 1, ["que", "qu'", "lesquels", "lesquelles", "compris"])
    {
      let names = list(from: index + 2, to: sentence.upperBound, mentions)
      if !names.ids.isEmpty { found.set(names.ids, 0.85, "group/example") }
    }
  }

  /// Names joined by commas, "et", "ou", with their articles.
  private func list(from start: Int, to limit: Int, _ mentions: [Mention]) -> (ids: [String], end: Int) {
    var ids: [String] = []
    var index = start
    var end = start
    while index < limit, ids.count < Self.limit {
      var next = index
      while next < limit, next - index < 3, name(at: next, mentions) == nil,
        words.has(next, [.article, .title]) || spelled(next, ["celui", "celle", "à"])
      {
        next += 1
      }
      guard next < limit, let mention = name(at: next, mentions), let id = mention.entity, mention.kind != .event,
        mention.kind != .product
      else { break }
      if !ids.contains(id) { ids.append(id) }
      end = words.tokens.indices(in: mention.span).upperBound
      index = end
      guard words.isComma(index) || words.has(index, .and) else { break }
      index += 1
    }
    return (ids, end)
  }

  private func name(at token: Int, _ mentions: [Mention]) -> Mention? {
    guard words.tokens.indices.contains(token) else { return nil }
    return mentions.beginning(in: words.tokens[token].span).first { $0.form == .name }
  }

  private func continuesAsClause(_ token: Int, _ limit: Int) -> Bool {
    token < limit && (words.isFinite(token) || words.has(token, [.have, .be, .not, .reflexive]))
  }

  /// "a déployé plus d'un millier", "veut une réponse": an object that no "dont" can belong to.
  private func hasOwnObject(_ verb: Int, _ limit: Int) -> Bool {
    var index = verb + 1
    while index < limit, index - verb < 4,
      !spelled(index, ["plus", "plusieurs"]), words.isAdverb(index) || words.readings[index].contains(.participle)
    {
      index += 1
    }
    guard index < limit else { return false }
    return words.tokens[index].kind == .number
      || spelled(index, ["un", "une", "plus", "plusieurs", "quelque", "quelques", "près", "environ"])
  }

  private func spelled(_ token: Int, _ forms: [StaticString]) -> Bool {
    guard words.tokens.indices.contains(token) else { return false }
    let bytes = words.text[words.tokens[token].span]
    return forms.contains { form in
      guard bytes.count == form.utf8CodeUnitCount, let first = bytes.first else { return false }
      return first | 0x20 == form.utf8Start[0] | 0x20
        && zip(bytes.dropFirst(), 1...).allSatisfy { $0 == form.utf8Start[$1] }
    }
  }
}

extension Groups.Found {
  fileprivate mutating func set(_ members: [String], _ confidence: Double, _ rule: String) {
    self.members = members
    self.confidence = confidence
    self.rule = rule
  }
}
