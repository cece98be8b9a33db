import TelexModel
import TelexText

/// What the words of a dispatch say of its life: until when it is under embargo, and what it takes back.
extension StructureReading {
  /// Tokens in which an embargo may be announced within other text.
  private static let reach = 2000
  /// Tokens of such an announcement.
  private static let announcement = 24

  /// When an embargo ends that the format itself gives no hour for.
  /// - Parameter header: a header line that says it without a year.
  mutating func readEmbargo(_ embargoes: EmbargoReader, header: Span?) {
    guard item.embargoedUntil == nil else { return }
    let notes = [header].compactMap(\.self) + embargoNotes + announcedEmbargoes()
    for note in notes {
      guard let end = embargoes.end(in: text[note], of: documentTime.value) else { continue }
      item.embargoedUntil = end
      return
    }
    if let note = item.edNote, note.lowercased().contains("embargo"),
      let end = embargoes.end(in: Array(note.utf8)[...], of: documentTime.value)
    {
      item.embargoedUntil = end
      return
    }
    guard let note = notes.last, header == nil else { return }
    diagnostics.append(
      Diagnostic("embargo", .warning, "The dispatch is under an embargo whose end it doesn't give.", at: note))
  }

  /// `(SOUS EMBARGO JUSQU'A 18H00)` inside a paragraph, `EMBARGO JUSQU'AU 12 MAI - …` before a headline.
  private func announcedEmbargoes() -> [Span] {
    var found: [Span] = []
    let openers = conventions.embargoOpeners
    for piece in pieces {
      guard piece.tokens.lowerBound < Self.reach else { break }
      for index in piece.tokens.prefix(Self.reach)
      where openers.contains(hashes[index]) && matches("embargo-until", at: index, in: piece) != nil {
        let isBracketed = index > piece.tokens.lowerBound && tokens[index - 1].kind == .openBracket
        guard isBracketed || index == piece.tokens.lowerBound || isCapitals(index) else { continue }
        var end = index
        while end < min(piece.tokens.upperBound, index + Self.announcement), tokens[end].kind != .closeBracket,
          tokens[end].kind != .dash || !tokens[end].isSpaced
        {
          end += 1
        }
        if end > index { found.append(span(index..<end)) }
      }
    }
    return found
  }

  // MARK: Kill notices

  /// The dispatch that a kill notice takes back: by the identifier and the title that its text names, or by its own
  /// headline behind "ANNULATION -".
  mutating func readWithdrawal() {
    guard item.pubStatus == "canceled" else { return }
    var withdrawal: Item.Withdrawal?
    if item.level == "cancellation", let headline = blocks.first(where: { $0.0 == .headline })?.1 {
      withdrawal = Item.Withdrawal(span: headline, headline: oneLine(headline))
    }
    for piece in pieces {
      for index in piece.tokens.prefix(Self.reach) {
        if withdrawal?.uri == nil, let (_, count) = matches("kill-id", at: index, in: piece),
          let id = identifier(from: index + count, in: piece)
        {
          let words = text.string(id)
          if withdrawal == nil { withdrawal = Item.Withdrawal(span: id, uri: words) } else { withdrawal?.uri = words }
        }
        if let (_, count) = matches("kill-title", at: index, in: piece), let title = title(index + count, in: piece) {
          if withdrawal == nil { withdrawal = Item.Withdrawal(span: title) }
          withdrawal?.headline = oneLine(title)
        }
      }
    }
    item.withdraws = withdrawal
  }

  /// What stands up to the next space, with a figure in it.
  private func identifier(from index: Int, in piece: Piece) -> Span? {
    guard index < piece.tokens.upperBound else { return nil }
    let start = Int(tokens[index].start)
    var end = start
    while end < piece.span.end, ![0x20, 0x09, 0x0A, 0x0D].contains(text.utf8[end]), text.utf8[end] < 0x80 { end += 1 }
    while end > start, [byteOf("."), byteOf(","), byteOf(";"), byteOf(":"), byteOf(")")].contains(text.utf8[end - 1]) {
      end -= 1
    }
    let words = text.utf8[start..<end]
    guard words.count >= 4, words.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return Span(start, end)
  }

  /// The words between quotation marks.
  private func title(_ index: Int, in piece: Piece) -> Span? {
    guard index < piece.tokens.upperBound, [.openQuote, .straightQuote].contains(tokens[index].kind) else { return nil }
    let end = piece.tokens.upperBound
    let close = (index + 1..<end).prefix(60).first { [.closeQuote, .straightQuote].contains(tokens[$0].kind) }
    guard let close, close > index + 1 else { return nil }
    return span(index + 1..<close)
  }
}
