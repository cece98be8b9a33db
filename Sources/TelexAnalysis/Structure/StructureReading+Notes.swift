import TelexModel
import TelexText

/// Notes from the desk to its clients: what was completed or corrected, embargoes, pictures.
extension StructureReading {
  private static let noteWords = 60
  private static let creditWords = 12
  /// Bytes of `edNote` from which on further notes stay in their blocks only.
  private static let longestNotes = 2048

  /// A paragraph in brackets, or a short one that begins as notes do.
  func isNote(_ piece: Piece) -> Bool {
    if piece.preset == .note { return true }
    let shape = shape(piece)
    if shape.isBracketed, shape.words <= Self.noteWords {
      // A sentence in brackets belongs to the text, unless it speaks to the desk.
      return !shape.endsSentence || shape.words <= 4 || opening(piece) != nil
    }
    guard let (value, count) = opening(piece) else { return false }
    if value == "credit" {
      return shape.words <= Self.creditWords && !shape.endsSentence
        && (count == piece.tokens.count || !tokens[piece.tokens.lowerBound + count].isSpaced
          || isMark(piece.tokens.lowerBound, "+") || isMark(piece.tokens.lowerBound, "©")
          || tokens[piece.tokens.lowerBound + count].isCapitalized
          || isMark(piece.tokens.lowerBound + count, ":"))
    }
    // Without brackets only what nobody says in a sentence: a correction or an embargo.
    return shape.words <= Self.noteWords
      && (isCorrection(piece) || isCapitals(piece.tokens.lowerBound) && embargo(piece) != nil
        || matches("embargo-until", at: piece.tokens.lowerBound, in: piece) != nil)
  }

  /// What a note begins with, brackets aside.
  private func opening(_ piece: Piece) -> (value: String, count: Int)? {
    var index = piece.tokens.lowerBound
    while index < piece.tokens.upperBound, [.openBracket, .dash].contains(tokens[index].kind) { index += 1 }
    guard let match = matches("note", at: index, in: piece) else { return nil }
    return (match.value, match.count + index - piece.tokens.lowerBound)
  }

  mutating func readNote(_ piece: Piece) {
    add(.note, piece.tokens)
    if let (take, start) = take(atEndOf: piece.tokens), start == piece.tokens.lowerBound {
      item.take = item.take ?? take
      return
    }
    if let range = embargo(piece) {
      embargoNotes.append(span(range))
    } else if let correction = correction(piece) {
      item.corrections.append(correction)
    } else if let (value, _) = opening(piece), value != "editorial" {
      return
    }
    var inner = piece.tokens
    if let first = inner.first, let last = inner.last, tokens[first].kind == .openBracket,
      tokens[last].kind == .closeBracket, first < last
    {
      inner = first + 1..<last
    }
    guard !inner.isEmpty else { return }
    let note = oneLine(span(inner))
    guard let notes = item.edNote else {
      item.edNote = note
      return
    }
    if notes != note, notes.utf8.count < Self.longestNotes { item.edNote = "\(notes) – \(note)" }
  }

  /// The tokens of a piece that announces an embargo.
  private func embargo(_ piece: Piece) -> Range<Int>? {
    piece.tokens.prefix(6).contains { matches("embargo", at: $0, in: piece) != nil } ? piece.tokens : nil
  }

  private func isCorrection(_ piece: Piece) -> Bool {
    // "CORRECTION: bien lire …": a word or two may stand before it.
    piece.tokens.prefix(3).contains { (matches("right", at: $0, in: piece)?.count ?? 0) > 1 }
      && piece.tokens.contains { matches("wrong", at: $0, in: piece) != nil }
  }

  /// "Bien lire nonante militaires et non une septantaine".
  private func correction(_ piece: Piece) -> Item.Correction? {
    let end = min(piece.tokens.upperBound, piece.tokens.lowerBound + 4 * Self.noteWords)
    for start in piece.tokens.lowerBound..<end {
      guard let (_, right) = matches("right", at: start, in: piece) else { continue }
      for middle in start + right..<end {
        guard let (_, wrong) = matches("wrong", at: middle, in: piece) else { continue }
        let rightWords = trimmed(start + right..<middle)
        let wrongWords = trimmed(middle + wrong..<end)
        guard !rightWords.isEmpty, !wrongWords.isEmpty else { return nil }
        return Item.Correction(span: piece.span, right: oneLine(span(rightWords)), wrong: oneLine(span(wrongWords)))
      }
    }
    return nil
  }

  /// Tokens without the marks at either side.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    func isMark(_ index: Int) -> Bool {
      [.separator, .closeBracket, .openBracket, .terminator, .straightQuote, .openQuote, .closeQuote]
        .contains(tokens[index].kind)
    }
    while let first = range.first, isMark(first) { range = first + 1..<range.upperBound }
    while let last = range.last, isMark(last) { range = range.lowerBound..<last }
    return range
  }
}
