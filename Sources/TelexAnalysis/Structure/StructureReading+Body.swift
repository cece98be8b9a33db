import TelexModel
import TelexText

/// Paragraphs and what stands between them.
extension StructureReading {
  private static let intertitleWords = 18
  private static let askedIntertitleWords = 9
  private static let pointedIntertitleWords = 5

  mutating func readBody(_ range: Range<Int>) {
    var isFirst = true
    for index in range {
      let piece = pieces[index]
      if let preset = piece.preset, preset != .paragraph, preset != .lead {
        add(preset, piece.tokens)
        continue
      }
      if isNote(piece), !isFirst || datelines.dateline(piece.tokens, tokens, text) == nil {
        readNote(piece)
      } else if piece.preset == nil, !isFirst, isIntertitle(index, range) {
        addIntertitle(piece)
      } else {
        readParagraph(piece, isFirst: isFirst, isEarly: index < Self.piecesBeforeDateline)
        if !isDatelineOnly(piece) { isFirst = false }
      }
    }
  }

  private func isDatelineOnly(_ piece: Piece) -> Bool {
    blocks.last.map { $0.0 == .dateline && $0.1.end >= piece.span.end } ?? false
  }

  /// - Parameters:
  ///   - isFirst: no paragraph stands before it.
  ///   - isEarly: a dateline may still come.
  private mutating func readParagraph(_ piece: Piece, isFirst: Bool, isEarly: Bool) {
    var range = piece.tokens
    // A text may have its own behind the format's, which is shorter.
    if item.dateline == nil || isFirst && (piece.preset != nil || hasGivenDateline),
      let dateline = datelines.dateline(range, tokens, text), isFirst || isEarly && dateline.isCertain
    {
      add(.dateline, dateline.tokens)
      take(dateline)
      hasHead = true
      range = dateline.tokens.upperBound..<range.upperBound
    } else if isFirst, piece.preset == nil, !hasHead, let end = inlineHeadline(range) {
      readHeadline(Piece(span: span(range.lowerBound..<end), tokens: range.lowerBound..<end))
      hasHead = true
      range = dashEnd(end, range)..<range.upperBound
    }
    guard !range.isEmpty else { return }
    add(piece.preset == .lead || isFirst && hasHead ? .lead : .paragraph, range)
  }

  /// "Coups de feu sur le TGV. - Trois rames …": a headline that a point and a dash part from its text. Gives the token
  /// behind its words.
  private func inlineHeadline(_ range: Range<Int>) -> Int? {
    for index in range.prefix(16) where tokens[index].kind == .terminator {
      guard index + 2 < range.upperBound, tokens[index + 1].kind == .dash, tokens[index + 2].isSpaced,
        tokens[index + 2].isCapitalized, index > range.lowerBound + 1
      else { return nil }
      return index + 1
    }
    return nil
  }

  private func dashEnd(_ start: Int, _ range: Range<Int>) -> Int {
    var index = start
    while index < range.upperBound, tokens[index].kind == .dash { index += 1 }
    return index
  }

  /// A short line without a point, between two texts.
  private func isIntertitle(_ index: Int, _ range: Range<Int>) -> Bool {
    guard index + 1 < range.upperBound else { return false }
    let shape = shape(pieces[index])
    if shape.endsWithPoint { return isPointedIntertitle(index, shape) }
    guard shape.words > 0, shape.words <= Self.intertitleWords, !shape.isOpenEnded else {
      return false
    }
    // A dash before begins a list or a speech; dashes on both sides are a heading of the wire.
    if shape.beginsWithDash != shape.endsWithDash { return false }
    if shape.endsSentence, shape.words > Self.askedIntertitleWords || shape.beginsWithQuote { return false }
    if isListed(pieces[index]) { return false }
    return isText(pieces[index + 1]) && isText(pieces[index - 1])
  }

  /// "Le cas allemand.": where no blank lines part paragraphs, a few words with a point between two long texts, unless a
  /// pronoun makes a sentence of them.
  private func isPointedIntertitle(_ index: Int, _ shape: PieceShape) -> Bool {
    guard shape.words <= Self.pointedIntertitleWords, !pieces[index].followsBlank, !pieces[index + 1].followsBlank,
      let first = pieces[index].tokens.first, matches("pronoun", at: first, in: pieces[index]) == nil
    else { return false }
    return [index - 1, index + 1].allSatisfy { self.shape(pieces[$0]).words >= Self.intertitleWords }
  }

  /// A number, letter or bullet begins it.
  private func isListed(_ piece: Piece) -> Bool {
    guard let first = piece.tokens.first else { return false }
    switch tokens[first].kind {
    case .number: return first + 1 < piece.tokens.upperBound && !tokens[first + 1].isSpaced
    case .symbol: return true
    default: return false
    }
  }

  /// A paragraph of sentences, or what may stand in its place beside a heading.
  private func isText(_ piece: Piece) -> Bool {
    if let preset = piece.preset { return preset == .paragraph || preset == .lead }
    let shape = shape(piece)
    return shape.endsSentence || shape.words > Self.intertitleWords || shape.isOpenEnded
      || shape.beginsWithQuote && shape.words > 8 || shape.isBracketed
  }

  private mutating func addIntertitle(_ piece: Piece) {
    var range = piece.tokens
    while let first = range.first, tokens[first].kind == .dash { range = first + 1..<range.upperBound }
    while let last = range.last, tokens[last].kind == .dash { range = range.lowerBound..<last }
    add(.intertitle, range)
  }

  // MARK: Dateline

  /// A paragraph that the format calls the dateline: the whole of it is one, whatever can be read from it.
  mutating func readDateline(_ piece: Piece) {
    add(.dateline, piece.tokens)
    var dateline =
      datelines.dateline(piece.tokens, tokens, text, isGiven: true) ?? DatelineParser.Result(tokens: piece.tokens)
    dateline.tokens = piece.tokens
    take(dateline)
    hasGivenDateline = true
  }

  private mutating func take(_ dateline: DatelineParser.Result) {
    let place = dateline.place.map(oneLine)
    item.dateline = Item.Dateline(
      span: span(dateline.tokens), place: place, date: dateline.date?.value.value,
      agency: dateline.agency.map(oneLine))
    item.located = item.located ?? place
    guard let (date, span) = dateline.date else { return }
    takeDate(date, span)
  }

  /// The dateline's date counts where nothing better is known, and where it narrows what is known.
  private mutating func takeDate(_ date: WrittenDate, _ span: Span) {
    let known = documentTime.value ?? ""
    switch documentTime.basis {
    case .option: return
    case .none:
      guard date.year != nil else {
        diagnostics.append(
          Diagnostic(
            "date-without-year", .info, "The dateline's date has no year, and nothing else gives one.", at: span))
        break
      }
    case .filename where date.year != nil, .signoff where date.year != nil: break
    case .header, .metadata, .dateline, .filename, .signoff:
      // What a file's name or the sign-off says gives the year only.
      let givesYear = documentTime.basis == .filename || documentTime.basis == .signoff
      guard documentTime.granularity == .month || documentTime.granularity == .year || givesYear,
        let year = Int(known.prefix(4))
      else { return }
      var full = date
      full.year = date.year ?? (givesYear ? Self.year(of: date, near: known) ?? year : year)
      guard givesYear || full.value.hasPrefix(known) else {
        diagnostics.append(
          Diagnostic(
            "dates-disagree", .warning, "The dateline's date lies outside the header's, which stands.", at: span))
        return
      }
      documentTime = DocumentTime(value: full.value, granularity: full.granularity, basis: .dateline, span: span)
      return
    }
    documentTime = DocumentTime(value: date.value, granularity: date.granularity, basis: .dateline, span: span)
  }

  /// The year of a day and month that lie within half a year of a known day: "30 décembre" in what was sent on 2 January.
  private static func year(of date: WrittenDate, near known: String) -> Int? {
    let parts = known.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count > 1, let month = date.month else { return nil }
    let apart = month - parts[1]
    return parts[0] + (apart > 6 ? -1 : apart < -6 ? 1 : 0)
  }
}
