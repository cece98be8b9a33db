import TelexModel
import TelexText

/// What kind of words a passage in marks holds.
extension QuotedSpeech {
  /// Direct for at least a clause, mixed for less; nil for a name, a title or a single word used with reserve.
  func kind(of passage: QuotedPassage) -> Quotation.Kind? {
    let range = passage.range
    guard range.contains(where: { words.isWord($0) }) else { return nil }
    if isName(passage) { return nil }
    return isClause(passage) ? .direct : .mixed
  }

  private func isName(_ passage: QuotedPassage) -> Bool {
    let range = passage.range
    let content = range.filter { words.isWord($0) && !words.has($0, [.of, .article, .preposition, .and]) }
    // "juge le projet « disproportionné »": an adjective names nothing.
    let isAdjective =
      range.count == 1 && !words.isCapitalized(range.lowerBound) && words.readings[range.lowerBound].contains(.known)
      && !words.readings[range.lowerBound].contains(.noun)
    // "dite « … »", "dite des « … »".
    let joint = words.has(passage.open - 1, [.of, .article]) ? passage.open - 2 : passage.open - 1
    if isNaming(joint, joins: joint < passage.open - 1), range.count <= 8, !words.isFinite(range.lowerBound + 1),
      !isAdjective, speech.cues(in: joint..<joint + 1).allSatisfy({ $0.form == .participle })
    {
      return true
    }
    guard range.count <= 8, words.isCapitalized(range.lowerBound),
      !words.has(range.lowerBound, [.adverb, .never]) || words.name(at: range.lowerBound) != nil,
      !range.contains(where: { words.isComma($0) })
    else { return false }
    if content.count > 1, content.allSatisfy({ words.isCapitalized($0) }) { return true }
    // One capitalised word, or a title behind a noun: « Quotidien », le film « Le Dernier Jour ».
    if isSentence(passage) || words.tokens[range.upperBound - 1].kind == .terminator { return false }
    if content.count <= 1, !words.isComma(passage.close + 1), !words.isColon(passage.open - 1) { return true }
    let before = passage.open - 1
    return words.isWord(before) && words.readings[before].contains(.noun)
      && speech.cues(in: before..<before + 1).isEmpty
      && !content.contains { words.isFinite($0) }
  }

  /// Whether a word says that what follows is what something is called; where an article joins them, only a participle
  /// does, since "un mot de « … »" is somebody's.
  private func isNaming(_ token: Int, joins: Bool) -> Bool {
    words.has(token, .naming) && (!joins || words.readings[token].contains(.participle))
  }

  func isSentence(_ passage: QuotedPassage) -> Bool {
    guard let sentence = speech.sentenceRange(of: passage.open) else { return false }
    return passage.open == sentence.lowerBound && passage.close >= sentence.upperBound - 2
  }

  private func isClause(_ passage: QuotedPassage) -> Bool {
    let range = passage.range
    // Several sentences.
    if range.dropLast().contains(where: { words.tokens[$0].kind == .terminator && words.isCapitalized($0 + 1) }) {
      return true
    }
    if words.tokens[range.upperBound - 1].kind == .terminator, range.count > 3, words.isCapitalized(range.lowerBound) {
      return true
    }
    var first = range.lowerBound
    while first < range.upperBound,
      words.has(first, [.not, .object]) && !words.has(first, .subject) || words.isAdverb(first),
      !words.has(first, .article)
    {
      first += 1
    }
    // A verb without its subject, or an infinitive: the clause is the journalist's.
    if words.isFinite(first), words.clitic(behind: first) == false, !words.isCapitalized(first) { return false }
    if words.isInfinitive(first), !words.isCapitalized(first) { return false }
    return reported.hasMainVerb(range)
  }
}
