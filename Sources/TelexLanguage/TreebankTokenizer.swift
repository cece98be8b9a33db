package import TelexModel
package import TelexText

/// A surface token of Universal Dependencies: a stretch of the text without inner space, save in numbers ("10 000").
package struct SurfaceToken: Sendable, Hashable {
  /// In bytes of the text.
  package var span: Span
  /// Whether white space stands before it.
  package var spaceBefore: Bool

  package init(span: Span, spaceBefore: Bool) {
    self.span = span
    self.spaceBefore = spaceBefore
  }
}

/// Cuts French text as the French treebanks of Universal Dependencies do: elided words end with their apostrophe
/// ("l'", "qu'"), inverted pronouns begin with their hyphen ("-t-il"), numbers and abbreviations stay whole.
///
/// One pass, no backtracking beyond a number's group or an abbreviation. What space stands between two words has no
/// influence on where they are cut, so text whose spacing was damaged ("l' affaire") gives the same tokens.
package struct TreebankTokenizer: Sendable {
  private let lists: TokenLists

  package init(_ lists: TokenLists) { self.lists = lists }

  /// The tokens of `span`, in order. Every byte between them is white space or a control character.
  package func tokens(of text: SourceText, in span: Span) -> [SurfaceToken] {
    var result: [SurfaceToken] = []
    result.reserveCapacity(span.count / 5 + 4)
    text.utf8.withUnsafeBufferPointer { bytes in
      var cursor = Cursor(bytes: UnsafeBufferPointer(rebasing: bytes[0..<span.end]), offset: span.start)
      var spaced = true
      while cursor.offset < span.end {
        let (value, length) = scalar(cursor.bytes, at: cursor.offset)
        if isSpace(value) || value < 0x20 || value == 0x7F || value == 0xAD {
          cursor.offset += length
          spaced = true
          continue
        }
        let start = cursor.offset
        let ends = ends(&cursor, spaced: spaced)
        var from = start
        for end in [ends.first, ends.second] where end > from {
          result.append(SurfaceToken(span: Span(from, end), spaceBefore: spaced))
          spaced = false
          from = end
        }
        if cursor.offset <= start { cursor.offset = start + length }
        spaced = false
      }
    }
    return result
  }

  /// Where the next token ends, and a second one behind it; 0 for none.
  private typealias Ends = (first: Int, second: Int)

  /// Reads on from the cursor and tells where the next one or two tokens end.
  private func ends(_ cursor: inout Cursor, spaced: Bool) -> Ends {
    let start = cursor.offset
    let (value, length) = scalar(cursor.bytes, at: start)
    if isDigit(value)
      || ((value == 0x2D || value == 0x2B || value == 0x2212) && spaced && cursor.digit(at: start + length))
    {
      if isDigit(value) == false { cursor.offset += length }
      return number(&cursor, from: start)
    }
    if isLetter(value) { return (word(&cursor, from: start), 0) }
    if value == 0x2D, let end = clitic(cursor, at: start) {
      cursor.offset = end
      return (end, 0)
    }
    cursor.offset = start + length
    switch value {
    case 0x2E where cursor.byte(at: cursor.offset) == 0x2E:
      cursor.skip { $0 == 0x2E }
    case 0x2D where cursor.byte(at: cursor.offset) == 0x2D:
      cursor.skip { $0 == 0x2D }
    case 0xB0 where cursor.byte(at: cursor.offset) == 0x43 || cursor.byte(at: cursor.offset) == 0x46:
      cursor.offset += 1
    default: break
    }
    return (cursor.offset, 0)
  }

  // MARK: Numbers

  private func number(_ cursor: inout Cursor, from start: Int) -> Ends {
    var group = cursor.offset
    cursor.skip { isDigit($0) }
    let lead = cursor.offset - group
    var spacedGroups = false
    while true {
      let (value, length) = cursor.peek()
      let next = cursor.offset + length
      if lead <= 3, value == 0x20 || value == 0xA0 || value == 0x202F || value == 0x2009,
        group == start || spacedGroups,
        cursor.digits(at: next) == 3
      {
        spacedGroups = true
        group = next
        cursor.offset = next + 3
        continue
      }
      let joins =
        value == 0x2E || value == 0x2C || value == 0x2F || value == 0x2D || value == 0x3A || isApostrophe(value)
        || value == 0x2013
      guard joins, cursor.digit(at: next), spacedGroups == false || value == 0x2C || value == 0x2E else { break }
      if isApostrophe(value) && cursor.digits(at: next) != 3 { break }
      group = next
      cursor.offset = next
      cursor.skip { isDigit($0) }
    }
    let end = cursor.offset
    let (value, _) = cursor.peek()
    guard isLetter(value), spacedGroups == false else { return (end, 0) }
    // "14h30", "18h": the unit of hours stands alone; other letters belong to the number ("1er", "20e", "4SA").
    let next = cursor.byte(at: end + 1)
    if value == 0x68 || value == 0x48,
      next.map({ isDigit(UInt32($0)) || isLetter(UInt32($0)) == false && $0 < 0x80 }) ?? true
    {
      cursor.offset = end + 1
      return (end, end + 1)
    }
    cursor.skip { isLetter($0) || isDigit($0) }
    while cursor.byte(at: cursor.offset) == 0x2D, cursor.alphanumeric(at: cursor.offset + 1),
      clitic(cursor, at: cursor.offset) == nil
    {
      cursor.offset += 1
      cursor.skip { isLetter($0) || isDigit($0) }
    }
    return (cursor.offset, 0)
  }

  // MARK: Words

  private func word(_ cursor: inout Cursor, from start: Int) -> Int {
    if let end = address(cursor) {
      cursor.offset = end
      return end
    }
    var part = start
    while true {
      cursor.skip { isLetter($0) || isDigit($0) || $0 == 0x5F }
      let end = cursor.offset
      let (value, length) = cursor.peek()
      let next = end + length
      if isApostrophe(value) {
        // Farther than the mark, or "aujourd'hui'" would be found without end.
        if let whole = lists.whole.match(cursor.bytes, from: start), whole > end {
          cursor.offset = whole
          continue
        }
        let lower = folded(cursor.bytes[part..<end], .lower)
        if part == start, lists.elided.contains(hash(lower)) {
          cursor.offset = next
          return next
        }
        guard cursor.alphanumeric(at: next) else { return end }
        cursor.offset = next
        part = next
        continue
      }
      if value == 0x2D || value == 0x2010 || value == 0x2011 {
        if value == 0x2D, let whole = lists.whole.match(cursor.bytes, from: start), whole > end {
          cursor.offset = whole
          continue
        }
        if value == 0x2D, clitic(cursor, at: end) != nil, keepsClitic(cursor, start, end) == false { return end }
        guard cursor.alphanumeric(at: next) else { return end }
        cursor.offset = next
        part = next
        continue
      }
      if value == 0x2E { return period(&cursor, from: start, part: part) }
      if (value == 0x26 || value == 0x40 || value == 0x2F && joinsBySlash(cursor, end))
        && cursor.alphanumeric(at: next)
      {
        cursor.offset = next
        part = next
        continue
      }
      if value == 0xB0, end - start == 1 {
        cursor.offset = next
        return next
      }
      if value == 0x28, let close = lists.optionalEndings.match(cursor.bytes, from: end) {
        cursor.offset = close
        return close
      }
      return end
    }
  }

  /// Where a period belongs to the word: initials, acronyms, abbreviations, names of sites.
  private func period(_ cursor: inout Cursor, from start: Int, part first: Int) -> Int {
    var part = first
    while cursor.offset + 1 < cursor.bytes.count, isInitial(cursor, part) {
      // "J.-C.", "O.U.A.", "George W. Bush"
      let behind = cursor.offset + 1
      cursor.offset = behind
      let (value, length) = cursor.peek()
      if value == 0x2D, cursor.alphanumeric(at: behind + length) {
        cursor.offset = behind + length
        let (initial, width) = cursor.peek()
        guard isUppercase(initial), cursor.byte(at: cursor.offset + width) == 0x2E else {
          cursor.skip { isLetter($0) }
          return cursor.offset
        }
        part = cursor.offset
        cursor.offset += width
        continue
      }
      guard isUppercase(value) else { return cursor.offset }
      cursor.skip { isLetter($0) }
      if cursor.byte(at: cursor.offset) == 0x2E {
        part = behind
        continue
      }
      if cursor.offset - behind > 2 { cursor.offset = behind }
      return cursor.offset
    }
    let end = cursor.offset
    let behind = end + 1
    if lists.abbreviations.contains(hash(folded(cursor.bytes[start..<end], .lower))) {
      cursor.offset = behind
      return behind
    }
    if cursor.alphanumeric(at: behind), let site = lists.sites.match(cursor.bytes, from: behind) {
      cursor.offset = site
      return site
    }
    return end
  }

  /// Whether what stands from `part` to the cursor is one capital.
  private func isInitial(_ cursor: Cursor, _ part: Int) -> Bool {
    let (value, length) = scalar(cursor.bytes, at: part)
    return part + length == cursor.offset && isUppercase(value)
  }

  /// The end of "http://…", "www.…".
  private func address(_ cursor: Cursor) -> Int? {
    guard let head = lists.addressHeads.match(cursor.bytes, from: cursor.offset, whole: false) else { return nil }
    var inner = cursor
    inner.offset = head
    inner.skip { isSpace($0) == false && $0 != 0x3C && $0 != 0x3E && $0 != 0xBB && $0 != 0x22 }
    while inner.offset > head, let last = inner.byte(at: inner.offset - 1), lists.trailing.contains(last) {
      inner.offset -= 1
    }
    return inner.offset
  }

  /// The end of a clitic that begins with the hyphen at `offset`, the last of its word or followed by one more ("donnez-le-moi").
  private func clitic(_ cursor: Cursor, at offset: Int) -> Int? {
    guard let end = lists.clitics.match(cursor.bytes, from: offset) else { return nil }
    func goesOn(_ place: Int) -> Bool { cursor.byte(at: place) == 0x2D && cursor.alphanumeric(at: place + 1) }
    guard goesOn(end) else { return end }
    guard let last = lists.clitics.match(cursor.bytes, from: end), goesOn(last) == false else { return nil }
    return end
  }

  /// Codes and units stay whole ("km/h", "IIb/IIIa"), alternatives don't ("et/ou").
  private func joinsBySlash(_ cursor: Cursor, _ offset: Int) -> Bool {
    guard offset > 0, offset + 1 < cursor.bytes.count else { return false }
    let (before, _) = scalar(cursor.bytes, at: offset - 1)
    let (behind, _) = scalar(cursor.bytes, at: offset + 1)
    let long = cursor.alphanumeric(at: offset - 4) && cursor.alphanumeric(at: offset - 3)
    return (isDigit(before) || isUppercase(before) || isUppercase(behind) || behind == 0x68) && long == false
  }

  private func keepsClitic(_ cursor: Cursor, _ start: Int, _ end: Int) -> Bool {
    lists.keepsClitic.contains(hash(folded(cursor.bytes[start..<end], .lower)))
  }
}

/// A place in the text.
private struct Cursor {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset: Int

  func byte(at index: Int) -> UInt8? { index >= 0 && index < bytes.count ? bytes[index] : nil }

  func peek() -> (value: UInt32, length: Int) {
    offset < bytes.count ? scalar(bytes, at: offset) : (0, 0)
  }

  func digit(at index: Int) -> Bool { byte(at: index).map { isDigit(UInt32($0)) } ?? false }

  /// How many digits stand at `index`, counted up to four.
  func digits(at index: Int) -> Int {
    var count = 0
    while count < 4, digit(at: index + count) { count += 1 }
    return count
  }

  func alphanumeric(at index: Int) -> Bool {
    guard index >= 0, index < bytes.count else { return false }
    let (value, _) = scalar(bytes, at: index)
    return isLetter(value) || isDigit(value)
  }

  mutating func skip(while condition: (UInt32) -> Bool) {
    while offset < bytes.count {
      let (value, length) = scalar(bytes, at: offset)
      if condition(value) == false { return }
      offset += length
    }
  }
}
