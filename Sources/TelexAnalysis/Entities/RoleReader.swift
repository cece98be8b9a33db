import TelexModel
import TelexText

/// Reads the functions that the text gives beside a person's name: before it ("le président turc …"), and behind it in
/// apposition ("…, ministre des Ports").
struct RoleReader {
  let words: Words
  let nouns: SpeakerNouns
  let phrases: NounPhrases
  /// By token: the person whose name begins there.
  let personStarts: [Int: String]
  /// By token: whether it is part of a person's name.
  let personTokens: [Bool]
  /// By token: the end of the body's or place's name that begins there.
  let nameEnds: [Int: Int]

  struct Found {
    var range: Range<Int>
    var status: Entity.Role.Status
    /// The noun of the function.
    var head: Int
  }

  func roles(beside name: Range<Int>) -> [Found] {
    [before(name), before(described: name), behind(name), predicated(of: name)].compactMap { $0 }
  }

  /// The noun of a function at a token, whatever stands before its hyphen: "président", "ex-président".
  func isFunction(_ token: Int) -> Bool {
    guard words.tokens.indices.contains(token), words.tokens[token].kind == .word else { return false }
    return nouns.kind(words.hashes[token]) == .function || isFormer(token)
  }

  /// "ex-président".
  func isFormer(_ token: Int) -> Bool {
    nouns.isFormer(words.text[words.tokens[token].span])
  }

  // MARK: Before the name

  private func before(_ name: Range<Int>) -> Found? {
    guard let sentence = words.sentence(of: name.lowerBound) else { return nil }
    let low = words.sentences[sentence].lowerBound
    var last = name.lowerBound - 1
    if words.has(last, .title) { last -= 1 }
    var isApposed = false
    if words.isComma(last) {
      guard
        !words.isWord(name.upperBound) || words.isFinite(name.upperBound)
          || name.upperBound >= words.sentences[sentence].upperBound
      else { return nil }
      isApposed = true
      last -= 1
    }
    // "le président de la Fédération de football (FFF), …": the acronym is no part of the function.
    if words.tokens.indices.contains(last), words.tokens[last].kind == .closeBracket,
      let open = words.partner(of: last),
      open < last, last - open <= 4
    {
      last = open - 1
    }
    guard last >= low, words.isWord(last), !words.has(last, [.article, .of, .preposition, .and]) else { return nil }
    guard var head = function(endingBefore: last, low, isApposed) else { return nil }
    // "la porte-parole du ministre, Anne Morel": whoever is named behind a comma is the outermost of those; "le frère du
    // président, Luc Morel" has no function, but "l'arrestation du président, Luc Morel".
    while isApposed, let of = complementizer(before: head, low) {
      if let outer = function(endingBefore: of - 1, low, isApposed) {
        head = outer
      } else if nouns.kind(words.hashes[of - 1]) == .person {
        return nil
      } else {
        break
      }
    }
    // "secrétaire général", "directeur général": the first of the nouns is the function's.
    while head > low, isFunction(head - 1), !nouns.isPlural(words.hashes[head - 1]) { head -= 1 }
    guard !isApposed || determines(head) else { return nil }
    return found(head, upTo: last + 1, low)
  }

  /// The nearest noun of a function from a token to the left, within its phrase.
  private func function(endingBefore last: Int, _ low: Int, _ isApposed: Bool) -> Int? {
    var index = last
    while index >= low, last - index < 14, words.isWord(index) {
      if isFunction(index), !nouns.isPlural(words.hashes[index]), !isOfMan(index) { return index }
      if words.has(index, [.relative, .but, .subordinator, .not]) || words.isFinite(index) { return nil }
      // "l'avocat de Paul Lambert, Me …": only behind "de" is another person part of a function.
      if personTokens[index] {
        guard isApposed, belongs(index, low) else { return nil }
      }
      // "ambassadeur auprès de l'ONU".
      if words.has(index, .adjunct), words.tokens[index].span.count > 3, !spelled(index, ["auprès"]) { return nil }
      // An article begins a phrase of its own, but not in "à la Santé", "au Commerce".
      if words.has(index, .article), !words.has(index - 1, [.of, .preposition]), !words.has(index, [.of, .preposition])
      {
        return nil
      }
      index -= 1
    }
    return nil
  }

  /// The "de" that makes a function the complement of another noun: "la porte-parole | du ministre".
  private func complementizer(before head: Int, _ low: Int) -> Int? {
    var index = head - 1
    while index > low, isModifier(index) || isAside(index) || isFunction(index) { index -= 1 }
    if index > low, words.has(index, [.article, .determiner]), !words.has(index, .of) { index -= 1 }
    guard index > low, words.has(index, .of), words.isWord(index - 1),
      !words.isFinite(index - 1)
    else { return nil }
    return index
  }

  /// "les droits de l'homme" names no function.
  private func isOfMan(_ token: Int) -> Bool {
    guard spelled(token, ["homme", "femme"]) else { return false }
    return words.has(token - 1, .article) && words.has(token - 2, .of)
  }

  /// "le porte-parole du gouvernement, le colonel Paul Lambert", "la présidente, la climatologue belge Anne Durand": an article
  /// and a word or two stand before a name in apposition.
  private func before(described name: Range<Int>) -> Found? {
    guard
      let article = (2...4).lazy.map({ name.lowerBound - $0 }).first(where: {
        $0 > 0 && spelled($0, ["le", "la", "l'", "l’"])
      }), words.isComma(article - 1), phrases.describedName(at: article) == name.lowerBound
    else { return nil }
    return before(article..<name.upperBound)
  }

  /// Whether the name that a token is part of stands behind "de".
  private func belongs(_ token: Int, _ low: Int) -> Bool {
    var first = token
    while first > low, personTokens[first - 1] { first -= 1 }
    if words.has(first - 1, .title) { first -= 1 }
    return first > low && words.has(first - 1, .of)
  }

  private func determines(_ head: Int) -> Bool {
    var index = head - 1
    while isModifier(index) || isAside(index) { index -= 1 }
    return words.has(index, [.article, .determiner, .of]) || words.sentence(of: index) != words.sentence(of: head)
  }

  // MARK: Behind the name

  private func behind(_ name: Range<Int>) -> Found? {
    guard let sentence = words.sentence(of: name.lowerBound) else { return nil }
    let limit = words.sentences[sentence].upperBound
    let mark = skippingAsides(from: name.upperBound, limit)
    guard mark < limit else { return nil }
    let isMarked = words.isComma(mark) || words.tokens[mark].kind == .openBracket
    guard isMarked || isFunction(mark) else { return nil }
    var start = isMarked ? mark + 1 : mark
    while start < limit, words.has(start, [.article]) || isAside(start) { start += 1 }
    var head = start
    while head < limit, isModifier(head), !isFunction(head) { head += 1 }
    guard head < limit, isFunction(head), !nouns.isPlural(words.hashes[head]),
      let phrase = phrases.forward(from: head, limit: limit),
      !phrase.contains(where: { personTokens[$0] && !belongs($0, phrase.lowerBound) })
    else { return nil }
    // "…, le ministre Paul Durand": the function is the next person's.
    var next = phrase.upperBound
    while words.has(next, .title) { next += 1 }
    if personStarts[next] != nil || personStarts[next + 1] != nil && words.isComma(next) { return nil }
    return found(head, upTo: employed(phrase.upperBound, limit), start)
  }

  /// "économiste chez Oddo", "analyste au CNRS": the body behind the function, where its name begins there.
  private func employed(_ end: Int, _ limit: Int) -> Int {
    guard spelled(end, ["chez", "à", "au", "aux"]) else { return end }
    var next = end + 1
    while next < limit, words.has(next, .article) { next += 1 }
    return nameEnds[next].map { min($0, limit) } ?? end
  }

  /// Behind a name: a party or an acronym in brackets, and an age between commas.
  private func skippingAsides(from start: Int, _ limit: Int) -> Int {
    var mark = start
    if mark < limit, words.tokens[mark].kind == .openBracket, let close = words.partner(of: mark), close > mark,
      close - mark <= 5, close + 1 < limit, words.isComma(close + 1), !(mark + 1..<close).contains(where: isFunction)
    {
      mark = close + 1
    }
    if words.isComma(mark), mark + 3 < limit, words.tokens[mark + 1].kind == .number, spelled(mark + 2, ["ans"]),
      words.isComma(mark + 3)
    {
      mark += 3
    }
    return mark
  }

  /// "Paul Lambert est directeur de …", "a été nommé directeur", "devient présidente".
  private func predicated(of name: Range<Int>) -> Found? {
    guard let sentence = words.sentence(of: name.lowerBound) else { return nil }
    let limit = words.sentences[sentence].upperBound
    var index = skippingAsides(from: name.upperBound, limit)
    guard index < limit, !words.has(name.lowerBound - 1, [.of, .preposition]) else { return nil }
    var status: Entity.Role.Status?
    if spelled(index, ["est", "était", "sera"]) {
      if spelled(index, ["était"]) { status = .former }
      if spelled(index, ["sera"]) { status = .designated }
      index += 1
    } else if words.has(index, .have), spelled(index + 1, ["été"]) {
      index += 2
      guard isAppointed(index) else { return nil }
    } else if spelled(index, ["devient", "deviendra", "reste", "redevient"]) {
      if spelled(index, ["deviendra"]) { status = .designated }
      index += 1
    } else {
      return nil
    }
    while index < limit, words.isAdverb(index) || isAppointed(index) { index += 1 }
    if spelled(index, ["comme"]) { index += 1 }
    while index < limit, words.has(index, .article) || isAside(index) {
      if words.has(index, .of) { return nil }
      index += 1
    }
    var head = index
    while head < limit, isModifier(head), !isFunction(head) { head += 1 }
    guard head < limit, isFunction(head), !words.isFinite(head), !spelled(head, ["homme", "femme"]),
      !nouns.isPlural(words.hashes[head]),
      let phrase = phrases.forward(from: head, limit: limit), phrase.count > 1,
      !phrase.contains(where: { personTokens[$0] && !belongs($0, phrase.lowerBound) })
    else { return nil }
    var found = found(head, upTo: phrase.upperBound, index)
    if let status, found.status == .current { found.status = status }
    return found
  }

  private func isAppointed(_ token: Int) -> Bool {
    words.tokens.indices.contains(token)
      && spelled(
        token,
        [
          "nommé", "nommée", "élu", "élue", "réélu", "réélue", "désigné", "désignée", "promu", "promue", "proclamé",
          "proclamée", "reconduit", "reconduite", "intronisé", "intronisée",
        ])
  }

  // MARK: Both

  private func found(_ head: Int, upTo end: Int, _ low: Int) -> Found {
    var start = head
    while start > low, isModifier(start - 1) { start -= 1 }
    let range = start..<end
    var status: Entity.Role.Status = isFormer(head) ? .former : .current
    if spelled(start - 1, ["alors"]) { status = .former }
    for token in range where words.tokens[token].kind == .word {
      if spelled(token, ["ancien", "ancienne", "ex", "feu", "démissionnaire"]) && token <= head { status = .former }
      if spelled(token, ["futur", "future"]) && token <= head { status = .designated }
      if spelled(token, ["élu", "élue", "désigné", "désignée"]) && token == head + 1 { status = .designated }
      if spelled(token, ["intérim", "intérimaire"]) { status = .acting }
    }
    return Found(range: range, status: status, head: head)
  }

  /// Words before the noun that belong to the function: "Premier ministre", "ancien président".
  private func isModifier(_ token: Int) -> Bool {
    words.tokens.indices.contains(token) && words.tokens[token].kind == .word
      && spelled(
        token,
        ["premier", "première", "ancien", "ancienne", "ex", "haut", "haute", "futur", "future", "grand", "vice", "co"])
  }

  /// Words before the function that don't belong to it.
  private func isAside(_ token: Int) -> Bool {
    words.tokens.indices.contains(token)
      && spelled(
        token, ["actuel", "actuelle", "alors", "nouveau", "nouvelle", "nouvel", "aussi", "également", "elle", "lui"])
  }

  func spelled(_ token: Int, _ forms: [StaticString]) -> Bool {
    guard words.tokens.indices.contains(token) else { return false }
    let bytes = words.text[words.tokens[token].span]
    return forms.contains { form in
      guard bytes.count == form.utf8CodeUnitCount, let first = bytes.first else { return false }
      // The first letter may be a capital.
      if first | 0x20 != form.utf8Start[0] | 0x20 { return false }
      return zip(bytes.dropFirst(), 1...).allSatisfy { $0 == form.utf8Start[$1] }
    }
  }
}
