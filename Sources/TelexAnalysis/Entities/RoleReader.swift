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
  let personTokens: Set<Int>

  struct Found {
    var range: Range<Int>
    var status: Entity.Role.Status
    /// The noun of the function.
    var head: Int
  }

  func roles(beside name: Range<Int>) -> [Found] {
    [before(name), behind(name)].compactMap { $0 }
  }

  /// The noun of a function at a token, whatever stands before its hyphen: "président", "ex-président".
  func isFunction(_ token: Int) -> Bool {
    guard words.tokens.indices.contains(token), words.tokens[token].kind == .word else { return false }
    return nouns.kind(words.hashes[token]) == .function || isFormer(token)
  }

  /// "ex-président".
  func isFormer(_ token: Int) -> Bool {
    let span = words.tokens[token].span
    guard span.count > 4, words.text.utf8[span.start] | 0x20 == 0x65, words.text.utf8[span.start + 1] | 0x20 == 0x78,
      words.text.utf8[span.start + 2] == 0x2D
    else { return false }
    return nouns.kind(FoldedHash(words.text.utf8[(span.start + 3)..<span.end]).value) == .function
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
    guard last >= low, words.isWord(last), !words.has(last, [.article, .of, .preposition, .and]) else { return nil }
    var head: Int?
    var index = last
    while index >= low, last - index < 14, words.isWord(index) {
      if isFunction(index), !nouns.isPlural(words.hashes[index]) {
        head = index
        break
      }
      if words.has(index, [.relative, .but, .subordinator, .not]) || words.isFinite(index)
        || personTokens.contains(index)
      {
        break
      }
      if words.has(index, .adjunct), words.tokens[index].span.count > 3 { break }
      if words.has(index, .article), !words.has(index - 1, [.of, .preposition]), !words.has(index, .of) { break }
      index -= 1
    }
    guard var head else { return nil }
    // "secrétaire général", "directeur général": the first of the nouns is the function's.
    while head > low, isFunction(head - 1), !nouns.isPlural(words.hashes[head - 1]) { head -= 1 }
    guard !isApposed || determines(head) else { return nil }
    return found(head, upTo: last + 1, low)
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
    let mark = name.upperBound
    guard mark < limit else { return nil }
    let isMarked = words.isComma(mark) || words.tokens[mark].kind == .openBracket
    guard isMarked || isFunction(mark) else { return nil }
    var start = isMarked ? mark + 1 : mark
    while start < limit, words.has(start, [.article]) || isAside(start) { start += 1 }
    var head = start
    while head < limit, isModifier(head), !isFunction(head) { head += 1 }
    guard head < limit, isFunction(head), !nouns.isPlural(words.hashes[head]),
      let phrase = phrases.forward(from: head, limit: limit), !phrase.contains(where: { personTokens.contains($0) })
    else { return nil }
    // "…, le ministre Paul Durand": the function is the next person's.
    var next = phrase.upperBound
    while words.has(next, .title) { next += 1 }
    if personStarts[next] != nil || personStarts[next + 1] != nil && words.isComma(next) { return nil }
    return found(head, upTo: phrase.upperBound, start)
  }

  // MARK: Both

  private func found(_ head: Int, upTo end: Int, _ low: Int) -> Found {
    var start = head
    while start > low, isModifier(start - 1) { start -= 1 }
    let range = start..<end
    var status: Entity.Role.Status = isFormer(head) ? .former : .current
    for token in range where words.tokens[token].kind == .word {
      if spelled(token, ["ancien", "ancienne", "ex", "feu"]) { status = .former }
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
    let bytes = words.text[words.tokens[token].span]
    return forms.contains { form in
      guard bytes.count == form.utf8CodeUnitCount, let first = bytes.first else { return false }
      // The first letter may be a capital.
      if first | 0x20 != form.utf8Start[0] | 0x20 { return false }
      return zip(bytes.dropFirst(), 1...).allSatisfy { $0 == form.utf8Start[$1] }
    }
  }
}
