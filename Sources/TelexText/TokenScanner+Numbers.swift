/// Numbers, with the marks that group digits and begin decimals.
extension TokenScanner {
  mutating func number(from start: Int) -> Int {
    var groups = [Int]()
    var index = digits(from: start)
    let lead = index - start
    // "10 000": the same separator before each group of exactly three digits.
    var separator: (first: UInt8, length: Int)?
    if lead <= 3, utf8[start] != 0x30 || lead == 1 {
      while let length = groupSeparator(index), separator == nil || separator?.first == utf8[index],
        digits(from: index + length) == index + length + 3
      {
        separator = (utf8[index], length)
        groups.append(index)
        index += length + 3
      }
    }
    let isGrouped = !groups.isEmpty
    if isGrouped, let last = groups.last, utf8[last] == 0x2E, isPointed(index) { index = digits(from: start) }
    var kind = Token.Kind.number
    if byte(index) == byteOf(",") || byte(index) == byteOf("."), self.kind(index + 1) == .digit,
      !(isGrouped && separator?.first == byte(index))
    {
      let decimals = digits(from: index + 1)
      if byte(index) == byteOf("."), isPointed(decimals) {
        // "03.29.88.43.12", "23.03.2021": more points than a number has.
        kind = .code
        index = decimals
        while isPointed(index) { index = digits(from: index + 1) }
      } else {
        index = decimals
      }
    }
    return suffix(kind, start, index)
  }

  private func digits(from start: Int) -> Int {
    var index = start
    while let (kind, length) = look(index), kind == .digit { index += length }
    return index
  }

  /// A point with a digit behind it.
  private func isPointed(_ index: Int) -> Bool { byte(index) == byteOf(".") && kind(index + 1) == .digit }

  /// Length of what groups digits: a point, an apostrophe, one space of any width.
  private func groupSeparator(_ index: Int) -> Int? {
    guard let (kind, length) = look(index) else { return nil }
    return kind == .period || kind == .apostrophe || (kind == .space && utf8[index] != 0x09) ? length : nil
  }

  /// Letters right behind digits: an ordinal, an hour, a unit, or one word with them.
  private mutating func suffix(_ kind: Token.Kind, _ start: Int, _ end: Int) -> Int {
    guard let first = self.kind(end), first.isLetter || first == .mark else {
      emit(kind, start, end)
      return end
    }
    var index = end
    var isSmall = true
    while let (kind, length) = look(index), kind.isLetter || kind == .mark {
      if kind == .upper { isSmall = false }
      index += length
    }
    let letters = bytes(end, index)
    if rules.isOrdinal(letters) {
      emit(.ordinal, start, index)
      return index
    }
    let isHour = letters.count == 1 && utf8[end] | 0x20 == byteOf("h")
    let next = self.kind(index)
    if isHour || (isSmall && next != .digit && next != .hyphen) {
      emit(kind, start, end)
      emit(.word, end, index)
      return index
    }
    while let (kind, length) = look(index) {
      if kind.continuesWord {
        index += length
      } else if kind == .hyphen, let next = self.kind(index + length), next.isLetter || next == .digit {
        index += length
      } else {
        break
      }
    }
    emit(.word, start, index)
    return index
  }
}
