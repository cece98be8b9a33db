/// Words: elisions before them, pronouns behind them, points that belong to them.
extension TokenScanner {
  /// Bytes of the longest pronouns behind a verb, typographic marks included.
  private static let longestClitic = 16

  mutating func word(from start: Int) -> Int {
    var index = start
    var hasHyphen = false
    var hasApostrophe = false
    scan: while true {
      while index < utf8.count, utf8[index] | 0x20 >= 0x61, utf8[index] | 0x20 <= 0x7A { index += 1 }
      guard let (kind, length) = look(index) else { break }
      switch kind {
      case .lower, .upper, .mark, .digit: index += length
      case .joiner, .hyphen:
        guard let next = self.kind(index + length), next.isLetter || next == .digit else { break scan }
        if kind == .hyphen {
          if !hasHyphen, rules.isCalendar(bytes(start, index)), isCalendar(from: index + length, next) { break scan }
          hasHyphen = true
        }
        index += length
      case .apostrophe:
        let next = self.kind(index + length)
        if !hasApostrophe, !hasHyphen, rules.isElision(bytes(start, index + length)),
          !staysWhole(from: start, apostropheEnd: index + length)
        {
          emit(.elision, start, index + length)
          return index + length
        }
        guard let next, next.isLetter else { break scan }
        hasApostrophe = true
        index += length
      case .symbol:
        // "R&D": an ampersand between capitals.
        guard byte(index) == byteOf("&"), self.kind(index + 1) == .upper, self.kind(index - 1) == .upper else {
          break scan
        }
        index += 1
      default: break scan
      }
    }
    if let end = address(from: start, wordEnd: index) {
      emit(.address, start, end)
      return end
    }
    if byte(index) == byteOf("."), let end = shortened(from: start, to: index) { return end }
    if hasHyphen, let cut = inversion(from: start, to: index) {
      emit(.word, start, cut)
      emit(.clitic, cut, index)
    } else {
      emit(.word, start, index)
    }
    return index
  }

  /// True where what looks like an elision is the beginning of a word: `aujourd'hui`, `N'Djamena`.
  private func staysWhole(from start: Int, apostropheEnd: Int) -> Bool {
    guard let (first, length) = look(apostropheEnd), first.isLetter else { return false }
    // French elides before vowels and h only: a capital consonant with small letters behind is a foreign name.
    if first == .upper, kind(start) == .upper, kind(apostropheEnd + length) == .lower, length == 1 {
      switch utf8[apostropheEnd] | 0x20 {
      case byteOf("a"), byteOf("e"), byteOf("i"), byteOf("o"), byteOf("u"), byteOf("y"), byteOf("h"): break
      default: return true
      }
    }
    var end = apostropheEnd
    while let (kind, length) = look(end), kind.isLetter || kind == .mark || kind == .hyphen { end += length }
    return rules.isWhole(bytes(start, end))
  }

  /// A number, or another month or weekday: "21 décembre-18 janvier", "juillet-août".
  private func isCalendar(from start: Int, _ first: CharacterClass) -> Bool {
    first == .digit || rules.isCalendar(bytes(start, wordEnd(start)))
  }

  /// Where the pronoun behind an inverted verb begins.
  private func inversion(from start: Int, to end: Int) -> Int? {
    // "Kim Jong-il": a capital behind a capitalised word is a name, no verb.
    if kind(start) == .upper, let last = tokens.last, last.isCapitalized, last.kind == .word, isSpaced, !beginsLine {
      return nil
    }
    guard !rules.isWhole(bytes(start, end)) else { return nil }
    var index = start
    while let (kind, length) = look(index), index < end {
      if kind == .hyphen, index > start, end - index <= Self.longestClitic, rules.isClitic(bytes(index, end)) {
        return index
      }
      index += length
    }
    return nil
  }

  /// The end of an address that begins with the word: `https://…`, `www.…`, `nom@exa.be`, `exa.be`.
  private mutating func address(from start: Int, wordEnd: Int) -> Int? {
    let next = byte(wordEnd)
    if next == byteOf(":"), byte(wordEnd + 1) == byteOf("/"), byte(wordEnd + 2) == byteOf("/") {
      return addressEnd(wordEnd + 3)
    }
    guard next == byteOf("@") || next == byteOf("."), start >= noAddressBefore,
      kind(wordEnd + 1) == .lower || kind(wordEnd + 1) == .digit
    else {
      return nil
    }
    var end = wordEnd
    var lastPiece = start
    var hasAt = false
    while end < utf8.count, end - start < 256 {
      let byte = utf8[end]
      guard let kind = kind(end),
        kind.isLetter || kind == .digit || byte == 0x2E || byte == 0x2D || byte == 0x40 || byte == 0x5F
      else { break }
      if byte == 0x40 { hasAt = true }
      if byte == 0x2E || byte == 0x40 { lastPiece = end + 1 }
      end += look(end)?.length ?? 1
    }
    noAddressBefore = end
    while end > start, utf8[end - 1] == 0x2E || utf8[end - 1] == 0x2D || utf8[end - 1] == 0x40 {
      end -= 1
      lastPiece = end
      while lastPiece > start, utf8[lastPiece - 1] != 0x2E, utf8[lastPiece - 1] != 0x40 { lastPiece -= 1 }
    }
    guard end > wordEnd else { return nil }
    if hasAt { return end }
    guard rules.isDomain(bytes(lastPiece, end)) else { return nil }
    return byte(end) == byteOf("/") ? addressEnd(end) : end
  }

  /// An address goes on to the next space, less the marks that end a sentence or a bracket.
  private func addressEnd(_ start: Int) -> Int {
    var end = start
    while let (kind, length) = look(end), kind != .space, kind != .newline, kind != .closeQuote, kind != .straightQuote
    {
      end += length
    }
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A, 0x29, 0x21, 0x3F, 0x5D, 0x27].contains(utf8[end - 1]) { end -= 1 }
    return end
  }

  /// Emits a shortened word, initials or letters with points, where the point at `point` belongs to them.
  private mutating func shortened(from start: Int, to point: Int) -> Int? {
    guard byte(point + 1) != byteOf(".") else { return nil }
    let isCapital = kind(start) == .upper
    if let (_, length) = look(start), start + length == point, let end = letters(from: start, isCapital: isCapital) {
      return end
    }
    guard let abbreviation = rules.abbreviation(bytes(start, point), isCapitalized: isCapital) else { return nil }
    let (next, index) = afterSpace(point + 1)
    let followsNumber = tokens.last.map { $0.kind == .number || $0.kind == .ordinal } ?? false
    let belongs =
      switch abbreviation {
      case .always: true
      case .title: next == .upper && !followsNumber && index > point
      case .number: followsNumber || next == .digit
      }
    guard belongs else { return nil }
    emit(.abbreviation, start, point + 1)
    return point + 1
  }

  /// Single letters, each with its point: `J.`, `J.-P.`, `U.S.A.`.
  private mutating func letters(from start: Int, isCapital: Bool) -> Int? {
    let wanted: CharacterClass = isCapital ? .upper : .lower
    var count = 0
    var end = start
    var hasHyphen = false
    var index = start
    while let (kind, length) = look(index), kind == wanted {
      let isLast = byte(index + length) != byteOf(".")
      if isLast {
        // "U.S.A" without its last point.
        if count > 0, index == end, isCapital, !(self.kind(index + length)?.continuesWord ?? false) {
          end = index + length
          count += 1
        }
        break
      }
      end = index + length + 1
      count += 1
      index = end
      if byte(index) == byteOf("-"), self.kind(index + 1) == wanted {
        hasHyphen = true
        index += 1
      }
    }
    if count > 1 {
      emit(hasHyphen ? .abbreviation : .acronym, start, end)
      return end
    }
    guard count == 1, isCapital else { return nil }
    if rules.abbreviation(bytes(start, end - 1), isCapitalized: true) != nil { return nil }
    let (next, nextIndex) = afterSpace(end)
    guard next == .upper, !rules.isOpener(bytes(nextIndex, wordEnd(nextIndex))) else { return nil }
    emit(.abbreviation, start, end)
    return end
  }

  /// The class of the next character on the same line behind spaces, and where it stands.
  func afterSpace(_ start: Int) -> (CharacterClass?, Int) {
    var index = start
    while let (kind, length) = look(index) {
      if kind != .space { return (kind, index) }
      index += length
    }
    return (nil, index)
  }

  /// Where the letters that begin at an index end, the apostrophe of an elision included.
  private func wordEnd(_ start: Int) -> Int {
    var index = start
    while let (kind, length) = look(index), kind.isLetter || kind == .mark { index += length }
    if let (kind, length) = look(index), kind == .apostrophe { index += length }
    return index
  }
}
