import TelexModel
import TelexText

/// What stands behind the last paragraph: initials, credits, marks of the end.
extension StructureReading {
  /// Reads the tail and gives the index behind the last piece of the body, which keeps one piece at least.
  mutating func readTail(from body: Int) -> Int {
    var end = pieces.count
    var hasSignoff = false
    while end > body {
      cutSignoff(end - 1)
      cutEndMark(end - 1)
      let piece = pieces[end - 1]
      if let preset = piece.preset, preset != .paragraph {
        guard preset == .signoff || preset == .note || preset == .byline else { break }
        add(preset, piece.tokens)
      } else if !hasSignoff, end > 1, isSignoff(piece), end - 1 > body || piece.tokens.count > 1 {
        item.signoff = item.signoff ?? initials(piece)
        hasSignoff = true
        add(.signoff, piece.tokens)
      } else if !hasSignoff, end - 1 > body, readDatedSignoff(piece) {
        hasSignoff = true
      } else if let (value, _) = endMark(piece) {
        add(.note, piece.tokens)
        if value == "more" {
          diagnostics.append(Diagnostic("continues", .info, "The dispatch says that more follows.", at: piece.span))
        }
      } else if end - 1 > body, isNote(piece) {
        readNote(piece)
      } else if end - 1 > body, isCredit(piece) {
        add(.note, piece.tokens)
      } else if end - 1 > body, readByline(piece) || readSignature(piece) {
      } else {
        break
      }
      end -= 1
    }
    return end
  }

  /// `abc/def`, `bur-dar-gl/fz`, `EXA/abc`, `(VIM/TIB/)`: groups of two to four letters, small, or capital with a slash or brackets;
  /// small ones behind the agency's capitals.
  private func isSignoff(_ piece: Piece) -> Bool {
    guard piece.span.count <= 40, piece.tokens.dropFirst().allSatisfy({ !tokens[$0].isSpaced }) else { return false }
    let bytes = text[piece.span]
    var groups: [Int] = [0]
    var small = false
    var capital = false
    var slashes = 0
    for byte in bytes {
      switch byte {
      case 0x61...0x7A: small = true
      case 0x41...0x5A: capital = true
      case byteOf("/"), byteOf("-"), byteOf("&"), byteOf("+"):
        if byte == byteOf("/") { slashes += 1 }
        groups.append(0)
        continue
      case byteOf("("), byteOf(")"), byteOf("["), byteOf("]"): continue
      default: return false
      }
      groups[groups.count - 1] += 1
    }
    if groups.last == 0, groups.count > 1 { groups.removeLast() }
    let isBracketed = bytes.first == byteOf("(") || bytes.first == byteOf("[")
    guard groups.allSatisfy({ (2...4).contains($0) }), small || capital else { return false }
    if small, capital { return isBehindAgency(bytes.split(separator: byteOf("/"))) }
    if capital { return slashes > 0 && groups.count > 1 || isBracketed && (slashes > 0 || isNobodys(piece)) }
    return endMark(piece) == nil
  }

  /// "(VIM)" alone: no agency's name, and no mark of the end.
  private func isNobodys(_ piece: Piece) -> Bool {
    endMark(piece) == nil && !piece.tokens.contains { matches("agency", at: $0, in: piece) != nil }
  }

  private func initials(_ piece: Piece) -> String {
    let letters = text.string(piece.span).drop { $0 == "(" || $0 == "[" }
    var initials = String(letters)
    while let last = initials.last, last == ")" || last == "]" || last == "/" { initials.removeLast() }
    return initials
  }

  /// "… a-t-il conclu. (ABR, 15h42)": initials in brackets behind the last sentence, with the hour at times, are cut off.
  private mutating func cutSignoff(_ index: Int) {
    let piece = pieces[index]
    guard item.signoff == nil, piece.preset == nil || piece.preset == .paragraph, let last = piece.tokens.last,
      tokens[last].kind == .closeBracket,
      let open = piece.tokens.suffix(12).last(where: { tokens[$0].kind == .openBracket }),
      open > piece.tokens.lowerBound + 3, [.terminator, .closeQuote, .straightQuote].contains(tokens[open - 1].kind)
    else { return }
    let comma = (open..<last).first { isMark($0, ",") } ?? last
    guard comma > open + 1, comma == last || isHour(comma + 1..<last),
      isInitials(text[span(open + 1..<comma)], isClosed: comma < last)
    else { return }
    item.signoff = text.string(span(open + 1..<comma))
    add(.signoff, open..<last + 1)
    pieces[index] = Piece(
      span: span(piece.tokens.lowerBound..<open), tokens: piece.tokens.lowerBound..<open,
      followsBlank: piece.followsBlank, preset: piece.preset)
  }

  /// "(FIN) abc/def" on one line: the mark of the end is cut off from the initials behind it.
  private mutating func cutEndMark(_ index: Int) {
    let piece = pieces[index]
    guard piece.preset == nil || piece.preset == .paragraph, let first = piece.tokens.first,
      tokens[first].kind == .openBracket,
      let close = piece.tokens.prefix(6).first(where: { tokens[$0].kind == .closeBracket }),
      close + 1 < piece.tokens.upperBound
    else { return }
    let mark = first..<close + 1
    let rest = close + 1..<piece.tokens.upperBound
    let initials = Piece(span: span(rest), tokens: rest, followsBlank: false, preset: piece.preset)
    guard endMark(Piece(span: span(mark), tokens: mark, followsBlank: piece.followsBlank, preset: nil)) != nil,
      isSignoff(initials)
    else { return }
    add(.note, mark)
    pieces[index] = initials
  }

  /// Groups of two to four letters, all small, all capital or small ones behind the agency's capitals; one group of capitals could
  /// be any acronym, unless an hour stands beside it.
  private func isInitials(_ bytes: ArraySlice<UInt8>, isClosed: Bool) -> Bool {
    let groups = bytes.split(separator: byteOf("/"))
    let areSmall = groups.allSatisfy(isSmall)
    guard let first = groups.first, groups.allSatisfy({ (2...4).contains($0.count) }),
      areSmall || groups.allSatisfy(isCapital) || isBehindAgency(groups)
    else { return false }
    return groups.count > 1 || isClosed || areSmall && first.count < 4
  }

  /// `EXA/jma`: the agency's capitals, and small letters behind them.
  private func isBehindAgency(_ groups: [ArraySlice<UInt8>]) -> Bool {
    groups.count > 1 && isCapital(groups[0]) && groups.dropFirst().allSatisfy(isSmall)
  }

  private func isCapital(_ letters: ArraySlice<UInt8>) -> Bool { letters.allSatisfy { (0x41...0x5A).contains($0) } }
  private func isSmall(_ letters: ArraySlice<UInt8>) -> Bool { letters.allSatisfy { (0x61...0x7A).contains($0) } }

  /// `15h42`, `15:42`.
  private func isHour(_ range: Range<Int>) -> Bool {
    guard (2...3).contains(range.count), let first = range.first else { return false }
    return tokens[first].kind == .number && (isMark(first + 1, ":") || bytes(first + 1).elementsEqual([byteOf("h")]))
      && range.dropFirst(2).allSatisfy { tokens[$0].kind == .number }
  }

  /// "La Presse Canadienne, 2025", "© Exa 2021": an agency's name and a year, no more.
  private func isCredit(_ piece: Piece) -> Bool {
    var index = piece.tokens.lowerBound
    if index < piece.tokens.upperBound, isMark(index, "©") { index += 1 }
    guard let match = conventions.match("agency", at: index, until: piece.tokens.upperBound, tokens, text) else {
      return false
    }
    index += match.count
    return (index..<piece.tokens.upperBound).allSatisfy {
      isMark($0, ",") || isMark($0, ".") || tokens[$0].kind == .number
    }
  }

  /// "(ATS / 12.11.2026 11h42)", "AFP - 12/11/2026 18:40": an agency and when it sent the dispatch, which counts where nothing else
  /// tells its day.
  private mutating func readDatedSignoff(_ piece: Piece) -> Bool {
    let isBracketed = shape(piece).isBracketed
    let end = isBracketed ? piece.tokens.upperBound - 1 : piece.tokens.upperBound
    var index = piece.tokens.lowerBound + (isBracketed ? 1 : 0)
    guard end - index <= 16, let (_, count) = conventions.match("agency", at: index, until: end, tokens, text) else {
      return false
    }
    let agency = index..<index + count
    index += count
    while index < end, isMark(index, "/") || isMark(index, ",") || tokens[index].kind == .dash { index += 1 }
    guard index > agency.upperBound || isBracketed, index < end,
      let (date, bytes) = datelines.dates.date(at: text.utf8[Int(tokens[index].start)..<Int(tokens[end - 1].end)]),
      date.year != nil, date.day != nil, bytes.upperBound == Int(tokens[end - 1].end)
    else { return false }
    item.signoff = item.signoff ?? text.string(span(agency))
    add(.signoff, piece.tokens)
    if documentTime.basis == .none {
      documentTime = DocumentTime(
        value: date.value, granularity: date.granularity, basis: .signoff,
        span: Span(bytes.lowerBound, bytes.upperBound))
    }
    return true
  }

  /// `(FIN)`, `- FIN -`, `(à suivre)`.
  private func endMark(_ piece: Piece) -> (value: String, count: Int)? {
    let inner = piece.tokens.filter { index in
      ![.openBracket, .closeBracket, .dash].contains(tokens[index].kind) && !isMark(index, ".")
    }
    guard let first = inner.first, let last = inner.last, inner.count == last - first + 1, inner.count <= 5,
      let match = conventions.match("end", at: first, until: last + 1, tokens, text), match.count == inner.count
    else { return nil }
    return match
  }

  /// "Pascal CHEVILLOT": a first name and a surname in capitals, alone at the end.
  private mutating func readSignature(_ piece: Piece) -> Bool {
    let words = Array(piece.tokens)
    guard (2...4).contains(words.count), words.allSatisfy({ tokens[$0].kind == .word && tokens[$0].isCapitalized }),
      let first = words.first, let last = words.last, !isCapitals(first), isCapitals(last), bytes(last).count > 2
    else { return false }
    item.byline = item.byline ?? oneLine(piece.span)
    add(.byline, piece.tokens)
    return true
  }

  /// "Par Anne Bertrand", "De notre correspondant à Genève, …".
  mutating func readByline(_ piece: Piece) -> Bool {
    guard let (_, count) = matches("byline", at: piece.tokens.lowerBound, in: piece) else { return false }
    let shape = shape(piece)
    let start = piece.tokens.lowerBound + count
    guard shape.words <= 14, !shape.endsSentence, start < piece.tokens.upperBound,
      tokens[start].isCapitalized || count > 2
    else { return false }
    // A name alone: words with capitals make up most of it.
    let capitals = (start..<piece.tokens.upperBound).filter { tokens[$0].isCapitalized }.count
    let words = (start..<piece.tokens.upperBound).filter { tokens[$0].kind == .word }.count
    guard capitals * 2 >= words else { return false }
    // A format may have given the whole line.
    if item.byline == nil || item.byline == oneLine(piece.span) {
      item.byline = oneLine(span(start..<piece.tokens.upperBound))
    }
    add(.byline, piece.tokens)
    return true
  }
}
