import TelexModel
import TelexText

/// Nouns of persons that are no functions, and lead back to somebody named.
extension Descriptions {
  /// Bytes within which whoever is meant was named.
  private static let reach = 1200

  /// "a répondu l'accusé", "a affirmé l'homme de 34 ans", "l'intéressée a refusé".
  mutating func namePersons() {
    // Nouns by which somebody without a name was called: "un homme".
    var unnamed: Set<UInt64> = []
    let described = Set(found.map(\.span))
    for token in words.tokens.indices {
      guard let reference = kinds.reference(of: words.hashes[token]), !reader.personTokens[token] else { continue }
      guard let (range, entity) = person(at: token, reference, unnamed), let span = words.span(range) else {
        unnamed.insert(words.hashes[token])
        continue
      }
      guard !described.contains(span) else { continue }
      found.append(
        Mention(
          span: span, kind: .person, form: .nominal, entity: entity, confidence: 0.75, rule: "description/person"))
    }
  }

  private func person(
    at token: Int, _ reference: RoleKinds.Reference, _ unnamed: Set<UInt64>
  ) -> (range: Range<Int>, entity: String)? {
    guard token > 0, isDefinite(token - 1), let sentence = words.sentence(of: token) else { return nil }
    let limit = words.sentences[sentence].upperBound
    let age = token..<min(token + 4, limit)
    let range = isAge(age, token) ? age : token..<token + 1
    guard !isNamed(behind: range.upperBound), !isQualified(range, limit) else { return nil }
    switch reference {
    case .held:
      let holders = roles.prefix(Self.limit).filter { role in
        !role.isImplied && role.range.lowerBound < token
          && role.range.contains { words.hashes[$0] == words.hashes[token] }
      }
      return Set(holders.map(\.entity)).count == 1 ? holders.first.map { (range, $0.entity) } : nil
    case .last: return named(before: token).last.map { (range, $0) }
    case .only:
      // "les droits de l'homme", "l'homme est un animal": only who speaks, or has an age.
      guard !unnamed.contains(words.hashes[token]), range.count > 1 || speaks(token) else { return nil }
      let all = named(before: token)
      return Set(all).count == 1 ? all.first.map { (range, $0) } : nil
    }
  }

  /// Persons named before a token, in reading order, whom a noun of its gender can mean.
  private func named(before token: Int) -> [String] {
    let end = Int(words.tokens[token].start)
    let isFeminine = reader.nouns.isFeminine(words.hashes[token]) || reader.spelled(token - 1, ["la", "cette"])
    let isEither = !isFeminine && reader.spelled(token - 1, ["l'", "l’"]) && words.ends(token, with: "ire")
    return mentions.beginning(in: Span(max(0, end - Self.reach), end)).compactMap { mention in
      guard mention.kind == .person, let id = mention.entity else { return nil }
      return isEither || (genders[id].map { ($0 == "f") == isFeminine } ?? true) ? id : nil
    }
  }

  /// "l'homme d'affaires", "l'accusé qui": more words tell who is meant.
  private func isQualified(_ range: Range<Int>, _ limit: Int) -> Bool {
    let next = range.upperBound
    guard next < limit, words.isWord(next) else { return false }
    if words.has(next, [.of, .relative]) || words.isCapitalized(next) { return true }
    // What is no verb and begins nothing is an adjective.
    return !words.isFinite(next) && !words.isAdverb(next)
      && !words.has(next, [.have, .be, .object, .not, .preposition, .adjunct, .and, .but, .day, .subordinator, .que])
  }

  /// Behind an inverted verb of saying: "a affirmé l'homme".
  private func speaks(_ token: Int) -> Bool {
    token > 1 && words.readings[token - 2].contains(.participle) || reader.phrases.startsCue(token - 2)
  }
}
