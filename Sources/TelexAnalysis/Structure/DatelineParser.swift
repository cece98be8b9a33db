import TelexModel
import TelexText

/// The dateline at the beginning of a paragraph: `BRUXELLES, 23 mars 2021 (EXA) -`, `Paris (ats afp)`, `24 mai 2018 . –`,
/// `BRUSSEL 23/03 (EXA) =`, `(EXA) - Liège, 3 novembre 2026 -`, `GENÈVE (exa), 23 mars 2021 18:40 -`, `EPINAL. _`.
struct DatelineParser: Sendable {
  struct Result {
    /// Tokens of it, separator included.
    var tokens: Range<Int>
    var place: Span?
    var date: (value: WrittenDate, span: Span)?
    var agency: Span?

    /// A day with its year, or an agency: nothing but a dateline begins so, wherever it stands.
    var isCertain: Bool { date?.value.year != nil && date?.value.day != nil || agency != nil && place != nil }
  }

  let conventions: WireConventions
  let dates: DateReader
  let rules: TokenRules

  private static let maximumTokens = 28

  /// - Parameters:
  ///   - range: the tokens of a paragraph.
  ///   - isGiven: the format says that the paragraph is a dateline, and nothing else: a place alone is one, too.
  func dateline(_ range: Range<Int>, _ tokens: [Token], _ text: SourceText, isGiven: Bool = false) -> Result? {
    let end = min(range.upperBound, range.lowerBound + Self.maximumTokens)
    // "URGENT - …" and "SOUS EMBARGO …" look like places in capitals.
    for kind in isGiven ? [] : ["level", "embargo"] {
      guard conventions.match(kind, at: range.lowerBound, until: end, tokens, text) == nil else { return nil }
    }
    var index = range.lowerBound
    var result = Result(tokens: range.lowerBound..<range.lowerBound)
    let placeEnd = place(from: index, to: end, tokens, text)
    var isCapital = false
    if placeEnd > index {
      result.place = Span(Int(tokens[index].start), Int(tokens[placeEnd - 1].end))
      isCapital = isAllCapitals(text.utf8[result.place?.range ?? 0..<0])
      index = country(at: placeEnd, end, tokens, text)
    }
    let placeIndex = index
    if index > range.lowerBound, `is`(index, ",", end, tokens, text) { index += 1 }
    if index < end, let (date, next) = date(at: index, end, tokens, text) {
      result.date = date
      index = next
      if `is`(index, ",", end, tokens, text) {
        index += 1
        if result.place == nil { index = placeBehind(index, end, tokens, text, &result) }
      }
    } else if index > placeIndex {
      // "Bruxelles, Paris (AFP)": a second place; "Le ministre, …": none.
      let second = place(from: index, to: end, tokens, text)
      // "LIÈGE, Belgique _": the place and its country, up to the mark.
      let isSecond =
        second > index
        && (isOpen(second, end, tokens) || isCapital && separator(at: second, end, tokens, text) > second
          || isGiven && second == range.upperBound)
      guard isSecond || isGiven else { return nil }
      if isSecond { result.place?.end = Int(tokens[second - 1].end) }
      index = isSecond ? second : placeIndex
    }
    // "De notre correspondant à Genève": the sentence goes on behind what only looks like a place.
    if isGiven, result.date == nil, index < end, [.word, .elision].contains(tokens[index].kind) { result.place = nil }
    var isKnown = false
    if let (agency, known, next) = agency(at: index, end, tokens, text) {
      result.agency = agency
      isKnown = known
      index = next
      if result.date == nil, let (date, next) = dateBehind(index, end, tokens, text, isGiven: isGiven) {
        result.date = date
        index = next
      }
      if known, result.place == nil, result.date == nil {
        index = placeBehindAgency(index, end, tokens, text, &result)
      }
    }
    let separatorEnd = separator(at: index, end, tokens, text)
    let hasSeparator = separatorEnd > index
    index = separatorEnd
    let isAlone = index == range.upperBound
    let isAccepted: Bool
    if isGiven {
      isAccepted = true
    } else if let agency = result.agency {
      let isSmall = !text.utf8[agency.range].contains { $0 >= 0x41 && $0 <= 0x5A }
      isAccepted =
        isKnown
        ? result.place != nil || hasSeparator || followsCapital(index, range, tokens)
        : result.place != nil && (hasSeparator || result.date != nil || isSmall && followsCapital(index, range, tokens))
    } else if result.date != nil {
      isAccepted = hasSeparator || isAlone && result.place != nil
    } else {
      isAccepted = isCapital && hasSeparator && followsCapital(index, range, tokens)
    }
    guard isAccepted, index > range.lowerBound else { return nil }
    result.tokens = range.lowerBound..<index
    return result
  }

  // MARK: Parts

  /// Where the words end that can be a place's name: capitalised ones, with small ones between them.
  private func place(from start: Int, to end: Int, _ tokens: [Token], _ text: SourceText) -> Int {
    var index = start
    var last = start
    while index < end, index - start < 8 {
      let token = tokens[index]
      if token.beginsLine, index > start { break }
      let isName = token.isCapitalized && [.word, .elision, .abbreviation].contains(token.kind)
      if isName {
        index += 1
        if token.kind != .elision { last = index }
      } else if index > start, token.kind == .symbol, text.utf8[token.range].elementsEqual([byteOf("/")]) {
        index += 1
      } else if index > start, conventions.match("place", at: index, until: index + 1, tokens, text) != nil {
        index += 1
      } else {
        break
      }
    }
    return last
  }

  /// "12 mars 2016, Montpellier . –": a place behind the date, and what describes it up to the separator. Gives the
  /// token of the separator, or where it began.
  private func placeBehind(
    _ start: Int, _ end: Int, _ tokens: [Token], _ text: SourceText, _ result: inout Result
  ) -> Int {
    let placeEnd = place(from: start, to: end, tokens, text)
    guard placeEnd > start else { return start }
    var index = placeEnd
    while index < end, [.word, .elision, .separator].contains(tokens[index].kind), !tokens[index].beginsLine {
      index += 1
    }
    guard
      separator(at: index, end, tokens, text) > index || tokens[index - 1].kind == .openBracket
        || isOpen(index, end, tokens)
    else { return start }
    result.place = Span(Int(tokens[start].start), Int(tokens[placeEnd - 1].end))
    return index
  }

  /// "Port-Soudan (Soudan), 3 sept. 2025 (EXA)", "NEW YORK (Nations unies), …": the country or house behind the place, in
  /// brackets that are no agency's. Gives the token behind it.
  private func country(at start: Int, _ end: Int, _ tokens: [Token], _ text: SourceText) -> Int {
    guard isOpen(start, end, tokens), start + 2 < end else { return start }
    let first = place(from: start + 1, to: end, tokens, text)
    let close = (first..<min(end, start + 7)).first { tokens[$0].kind != .word && tokens[$0].kind != .elision } ?? first
    guard first > start + 1, close + 1 < end, tokens[close].kind == .closeBracket,
      conventions.match("agency", at: start + 1, until: close, tokens, text) == nil,
      `is`(close + 1, ",", end, tokens, text) || isOpen(close + 1, end, tokens)
    else { return start }
    return close + 1
  }

  private func date(at index: Int, _ end: Int, _ tokens: [Token], _ text: SourceText) -> (
    (value: WrittenDate, span: Span), Int
  )? {
    let start = Int(tokens[index].start)
    let limit = Int(tokens[end - 1].end)
    guard let (date, range) = dates.date(at: text.utf8[start..<limit]), date.month != nil else { return nil }
    var next = index
    while next < end, Int(tokens[next].start) < range.upperBound { next += 1 }
    // A day is given, or a year beside the month.
    guard date.day != nil || date.year != nil else { return nil }
    return ((date, Span(range.lowerBound, range.upperBound)), next)
  }

  /// "GENÈVE (ats), 12 novembre 2026 18:40 -", "Paris (exa) - 12/11/2026 -": the date behind the agency, up to the mark that
  /// parts it from the text. Gives the token of that mark.
  private func dateBehind(
    _ start: Int, _ end: Int, _ tokens: [Token], _ text: SourceText, isGiven: Bool
  ) -> ((value: WrittenDate, span: Span), Int)? {
    let first = `is`(start, ",", end, tokens, text) ? start + 1 : separator(at: start, end, tokens, text)
    guard first < end, let (date, next) = date(at: first, end, tokens, text),
      isGiven || separator(at: next, end, tokens, text) > next
    else { return nil }
    return (date, next)
  }

  /// "(EXA) - Liège, 3 novembre 2026 -", "(EXA) Liège -": the place behind the agency, and its date. Gives the token of the mark
  /// behind them, or where it began.
  private func placeBehindAgency(
    _ start: Int, _ end: Int, _ tokens: [Token], _ text: SourceText, _ result: inout Result
  ) -> Int {
    let first = separator(at: start, end, tokens, text)
    let placeEnd = place(from: first, to: end, tokens, text)
    guard placeEnd > first else { return start }
    var index = placeEnd
    let found = `is`(index, ",", end, tokens, text) ? date(at: min(index + 1, end - 1), end, tokens, text) : nil
    if let found { index = found.1 }
    guard separator(at: index, end, tokens, text) > index else { return start }
    result.place = Span(Int(tokens[first].start), Int(tokens[placeEnd - 1].end))
    result.date = found?.0
    return index
  }

  /// What stands in brackets: the span inside them, whether it is a known agency, and the token behind.
  private func agency(at index: Int, _ end: Int, _ tokens: [Token], _ text: SourceText) -> (Span, Bool, Int)? {
    guard index < end, tokens[index].kind == .openBracket else { return nil }
    var close = index + 1
    while close < end, close - index < 8, tokens[close].kind != .closeBracket {
      guard
        [.word, .symbol, .dash, .address, .acronym, .abbreviation, .elision, .separator].contains(tokens[close].kind)
      else { return nil }
      close += 1
    }
    guard close < end, close > index + 1, tokens[close].kind == .closeBracket else { return nil }
    let inside = Span(Int(tokens[index + 1].start), Int(tokens[close - 1].end))
    let isKnown = conventions.match("agency", at: index + 1, until: close, tokens, text) != nil
    guard isKnown || inside.count <= 12 else { return nil }
    return (inside, isKnown, close + 1)
  }

  /// Where the marks end that part a dateline from the text: `-`, `. –`, `=`, `_=`.
  private func separator(at start: Int, _ end: Int, _ tokens: [Token], _ text: SourceText) -> Int {
    var index = start
    var hasMark = false
    while index < end, index - start < 3 {
      let bytes = text.utf8[tokens[index].range]
      let isMark = tokens[index].kind == .dash || bytes.allSatisfy { $0 == byteOf("=") || $0 == byteOf("_") }
      guard isMark || bytes.elementsEqual([byteOf(".")]) || bytes.elementsEqual([byteOf(":")]) else { break }
      hasMark = hasMark || isMark
      index += 1
    }
    return hasMark ? index : start
  }

  // MARK: Tests

  private func `is`(_ index: Int, _ mark: Unicode.Scalar, _ end: Int, _ tokens: [Token], _ text: SourceText) -> Bool {
    index < end && text.utf8[tokens[index].range].elementsEqual([byteOf(mark)])
  }

  private func isOpen(_ index: Int, _ end: Int, _ tokens: [Token]) -> Bool {
    index < end && tokens[index].kind == .openBracket
  }

  /// What follows begins a sentence, or nothing follows.
  private func followsCapital(_ index: Int, _ range: Range<Int>, _ tokens: [Token]) -> Bool {
    guard index < range.upperBound else { return true }
    return tokens[index].isCapitalized || [.openQuote, .straightQuote, .number].contains(tokens[index].kind)
  }

  /// Three letters at least, none of them small; accented capitals have C3 80 to C3 9E.
  private func isAllCapitals(_ bytes: ArraySlice<UInt8>) -> Bool {
    var capitals = 0
    var previous: UInt8 = 0
    for byte in bytes {
      if byte >= 0x61 && byte <= 0x7A { return false }
      if previous == 0xC3, byte >= 0xA0 { return false }
      if byte >= 0x41 && byte <= 0x5A { capitals += 1 }
      previous = byte
    }
    return capitals >= 3
  }
}
