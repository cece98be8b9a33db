import TelexModel
import TelexText

/// What stands before the first paragraph: level, headline, byline, notes, dateline.
extension StructureReading {
  private static let headlineWords = 32
  private static let captionWords = 24
  static let piecesBeforeDateline = 12
  /// A headline that ends with a point is shorter, and its text follows on the next line.
  private static let pointedHeadlineWords = 10

  /// Reads the head and gives the index of the first piece of the body.
  mutating func readHead() -> Int {
    var index = 0
    var hasHeadline = false
    while index < pieces.count, index < 12 {
      let piece = pieces[index]
      if let preset = piece.preset {
        guard preset != .paragraph, preset != .lead else { break }
        addPreset(piece, preset)
        if preset == .headline || preset == .dateline { hasHead = true }
      } else if isRule(piece) {
        add(.note, piece.tokens)
      } else if let level = level(of: piece), level.end == piece.tokens.upperBound {
        take(level, piece)
        add(.note, piece.tokens)
      } else if let dateline = datelines.dateline(piece.tokens, tokens, text), !isRubric(index, dateline) {
        break
      } else if isNote(piece) {
        readNote(piece)
      } else if readByline(piece) {
      } else if !hasHeadline, isHeadline(index) {
        readHeadline(piece)
        hasHeadline = true
        hasHead = true
      } else if !hasHeadline, isSlugline(piece), index + 1 < pieces.count {
        item.slugline = item.slugline ?? text.string(piece.span)
        add(.note, piece.tokens)
      } else {
        break
      }
      index += 1
    }
    return skipToDateline(from: index)
  }

  /// "SUISSE - La Poste va fermer …" before the dateline itself: the section's name in a headline.
  private func isRubric(_ index: Int, _ dateline: DatelineParser.Result) -> Bool {
    guard !dateline.isCertain, dateline.date == nil, dateline.agency == nil, isHeadline(index) else { return false }
    return pieces.indices[(index + 1)...].prefix(Self.piecesBeforeDateline).contains(where: isDated)
  }

  /// Captions, links and marks of state between the headline and the dateline are notes.
  private mutating func skipToDateline(from start: Int) -> Int {
    guard let end = pieces.indices[start...].prefix(Self.piecesBeforeDateline).first(where: isDated), end > start else {
      return start
    }
    let before = start..<end
    guard before.allSatisfy({ pieces[$0].preset == nil && shape(pieces[$0]).words <= Self.captionWords }) else {
      return start
    }
    for index in before { add(.note, pieces[index].tokens) }
    return end
  }

  /// A dateline that can't be taken for anything else begins a piece.
  func isDated(_ index: Int) -> Bool {
    datelines.dateline(pieces[index].tokens, tokens, text)?.isCertain ?? false
  }

  private mutating func addPreset(_ piece: Piece, _ role: Block.Role) {
    switch role {
    case .headline: readHeadline(piece)
    case .note: readNote(piece)
    case .dateline: readDateline(piece)
    case .byline: if !readByline(piece) { add(role, piece.tokens) }
    default: add(role, piece.tokens)
    }
  }

  /// Nothing but marks: a line of dashes.
  private func isRule(_ piece: Piece) -> Bool {
    !tokens[piece.tokens].contains { $0.kind.rawValue <= Token.Kind.tag.rawValue }
  }

  /// "Belgique/Otan/Afghanistan": words parted by slashes or hyphens, no space between them.
  private func isSlugline(_ piece: Piece) -> Bool {
    let slashes = piece.tokens.filter { isMark($0, "/") }.count
    return slashes > 0 && piece.tokens.dropFirst().allSatisfy { !tokens[$0].isSpaced } && !shape(piece).endsSentence
  }

  /// - Parameter index: of a piece before which no headline stands.
  private func isHeadline(_ index: Int) -> Bool {
    let piece = pieces[index]
    let shape = shape(piece)
    guard shape.words > 0, shape.words <= Self.headlineWords, !shape.isOpenEnded else { return false }
    if level(of: piece) != nil { return true }
    guard index + 1 < pieces.count, !isSlugline(piece) else { return false }
    let next = pieces[index + 1]
    let nextShape = self.shape(next)
    if shape.endsWithPoint, !shape.endsWithEllipsis || !next.followsBlank {
      return shape.words <= Self.pointedHeadlineWords && !next.followsBlank && nextShape.words > shape.words
        && !shape.beginsWithQuote
    }
    if shape.endsSentence, shape.beginsWithQuote, shape.words > Self.pointedHeadlineWords { return false }
    return true
  }

  mutating func readHeadline(_ piece: Piece) {
    var range = piece.tokens
    if let level = level(of: piece) {
      take(level, piece)
      add(.note, range.lowerBound..<level.end)
      range = level.end..<range.upperBound
    }
    if let (take, start) = take(atEndOf: range) {
      item.take = take
      add(.note, start..<range.upperBound)
      range = range.lowerBound..<start
    }
    if let (level, start) = level(atEndOf: range) {
      take(level, piece)
      add(.note, start..<range.upperBound)
      range = range.lowerBound..<start
    }
    // "… avec les Allemands =": the mark that ends a wrapped headline on the wire.
    while let last = range.last, range.count > 1, isMark(last, "=") { range = range.lowerBound..<last }
    guard !range.isEmpty else { return }
    add(.headline, range)
    if item.headline == nil { item.headline = oneLine(span(range)) }
  }

  /// The words at a span with each run of white space as one space.
  func oneLine(_ span: Span) -> String {
    var output: [UInt8] = []
    for byte in text[span] {
      if byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x20 {
        if output.last != 0x20 { output.append(0x20) }
      } else {
        output.append(byte)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  // MARK: Level and take

  struct Level {
    let value: String
    let number: Int?
    var isCapital = true
    /// Token behind it and its separator.
    let end: Int
  }

  /// The level at the beginning of a piece: `2e LEAD -`, `URGENT`, `(LEAD 3)`, `ANNULE ET REMPLACE :`.
  func level(of piece: Piece) -> Level? {
    let end = piece.tokens.upperBound
    var index = piece.tokens.lowerBound
    let isBracketed = tokens[index].kind == .openBracket
    if isBracketed { index += 1 }
    var number: Int?
    if index < end, tokens[index].kind == .ordinal {
      number = leadingNumber(index)
      index += 1
    }
    guard index < end, let (value, count) = matches("level", at: index, in: piece) else { return nil }
    let isCapital = (index..<index + count).allSatisfy { isCapitals($0) }
    index += count
    if index < end, tokens[index].kind == .number, number == nil, bytes(index).count <= 2 {
      number = leadingNumber(index)
      index += 1
    }
    if isBracketed {
      guard index < end, tokens[index].kind == .closeBracket else { return nil }
      return Level(value: value, number: number, end: separatorEnd(index + 1, end))
    }
    if index == end {
      return isCapital || count == piece.tokens.count && number != nil
        ? Level(value: value, number: number, end: end) : nil
    }
    let next = separatorEnd(index, end)
    if next > index {
      return isCapital || tokens[index - 1].isCapitalized
        ? Level(value: value, number: number, isCapital: isCapital, end: next) : nil
    }
    // "URGENT La Belgique …": capitals before a word that isn't.
    guard isCapital, tokens[index].isCapitalized, !isCapitals(index) || bytes(index).count == 1 else { return nil }
    return Level(value: value, number: number, end: index)
  }

  /// `(synthèse)`, `(PAPIER GENERAL)` at the end of a headline.
  private func level(atEndOf range: Range<Int>) -> (Level, Int)? {
    guard let last = range.last, tokens[last].kind == .closeBracket,
      let open = range.suffix(8).last(where: { tokens[$0].kind == .openBracket }), open > range.lowerBound,
      let level = level(of: Piece(span: span(open..<range.upperBound), tokens: open..<range.upperBound)),
      level.end == range.upperBound
    else { return nil }
    return (level, open)
  }

  mutating func take(_ level: Level, _ piece: Piece) {
    item.level = item.level ?? level.value
    item.leadNumber = item.leadNumber ?? level.number
    // "Annulation: le concert de …" may be news; in capitals, or with what it asks of its readers, it is none.
    if level.value == "cancellation", item.pubStatus == nil, level.isCapital || asksForWithdrawal {
      item.pubStatus = "canceled"
    }
  }

  private var asksForWithdrawal: Bool {
    pieces.prefix(6).contains { piece in piece.tokens.contains { matches("kill", at: $0, in: piece) != nil } }
  }

  private func leadingNumber(_ index: Int) -> Int? {
    Int(String(decoding: bytes(index).prefix { $0 >= 0x30 && $0 <= 0x39 }, as: UTF8.self))
  }

  private func separatorEnd(_ start: Int, _ end: Int) -> Int {
    var index = start
    while index < end, tokens[index].kind == .dash || isMark(index, ":") || isMark(index, "=") || isMark(index, "/") {
      index += 1
    }
    return index
  }

  func isCapitals(_ index: Int) -> Bool {
    guard tokens[index].isCapitalized else { return false }
    var previous: UInt8 = 0
    for byte in bytes(index) {
      if byte >= 0x61 && byte <= 0x7A || previous == 0xC3 && byte >= 0xA0 { return false }
      previous = byte
    }
    return true
  }

  /// `(2/2)` at the end of a headline or alone.
  func take(atEndOf range: Range<Int>) -> (Item.Take, Int)? {
    guard range.count >= 5, let last = range.last, tokens[last].kind == .closeBracket else { return nil }
    let start = last - 4
    guard tokens[start].kind == .openBracket, isMark(start + 2, "/"), tokens[start + 1].kind == .number,
      let number = leadingNumber(start + 1), let of = leadingNumber(start + 3), (1...99).contains(of), number <= of,
      number > 0
    else { return nil }
    return (Item.Take(number: number, of: of), start)
  }
}
