package import TelexModel

/// Cuts French text into tokens, in one pass over its bytes and linear time.
///
/// It knows the typography of the press: both apostrophes, all spaces inside numbers, shortened words, initials,
/// inverted pronouns, addresses. Its word lists are data (`Resources/tokens.txt`).
package struct Tokenizer: Sendable {
  package let rules: TokenRules

  package init(rules: TokenRules) { self.rules = rules }

  /// - Throws: `ResourceError` where the word lists can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    rules = try TokenRules(resources: resources)
  }

  /// The tokens of a text, in reading order, with nothing but white space between them.
  package func tokens(of text: SourceText) -> [Token] { tokens(of: text, in: Span(0, text.utf8.count)) }

  /// The tokens of one stretch of a text; offsets count from the beginning of the whole text.
  package func tokens(of text: SourceText, in span: Span) -> [Token] {
    let end = min(span.end, text.utf8.count, Int(UInt32.max))
    let start = min(max(span.start, 0), end)
    return text.utf8.withUnsafeBufferPointer { utf8 in
      CharacterClasses.ascii.withUnsafeBufferPointer { classes in
        var scanner = TokenScanner(
          utf8: UnsafeBufferPointer(rebasing: utf8[..<end]), classes: classes, rules: rules)
        scanner.tokens.reserveCapacity((end - start) / 5 + 8)
        scanner.scan(from: start)
        return scanner.tokens
      }
    }
  }
}

/// One pass of the tokenizer. Lives no longer than the bytes it looks at.
struct TokenScanner {
  let utf8: UnsafeBufferPointer<UInt8>
  /// `CharacterClasses.ascii`.
  let classes: UnsafeBufferPointer<CharacterClass>
  let rules: TokenRules
  /// No address begins before it: where one was looked for and not found, its later words aren't looked at again.
  var noAddressBefore = 0
  var tokens: [Token] = []
  var beginsLine = true
  var isSpaced = true

  init(utf8: UnsafeBufferPointer<UInt8>, classes: UnsafeBufferPointer<CharacterClass>, rules: TokenRules) {
    self.utf8 = utf8
    self.classes = classes
    self.rules = rules
  }

  /// Class and length of the character at an index; nil at the end.
  @inline(__always)
  func look(_ index: Int) -> (kind: CharacterClass, length: Int)? {
    guard index < utf8.count else { return nil }
    let byte = utf8[index]
    if byte < 0x80 { return (classes[Int(byte)], 1) }
    let (scalar, length) = CharacterClasses.decode(utf8, at: index)
    return (CharacterClasses.of(scalar), length)
  }

  func kind(_ index: Int) -> CharacterClass? { look(index)?.kind }

  func bytes(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: utf8[start..<max(start, end)])
  }

  func byte(_ index: Int) -> UInt8 { index < utf8.count ? utf8[index] : 0 }

  @inline(__always)
  mutating func emit(_ kind: Token.Kind, _ start: Int, _ end: Int) {
    tokens.append(
      Token(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end), kind: kind, isSpaced: isSpaced,
        beginsLine: beginsLine, isCapitalized: self.kind(start) == .upper))
    isSpaced = false
    beginsLine = false
  }

  mutating func scan(from start: Int) {
    var index = start
    while let (kind, length) = look(index) {
      switch kind {
      case .space:
        isSpaced = true
        index += length
      case .newline:
        isSpaced = true
        beginsLine = true
        index += length
      case .lower, .upper: index = word(from: index)
      case .digit: index = number(from: index)
      case .period, .terminator, .ellipsis: index = end(from: index)
      default: index = mark(kind, length, from: index)
      }
    }
  }

  /// A run of points, exclamation and question marks.
  private mutating func end(from start: Int) -> Int {
    var index = start
    var points = 0
    var others = 0
    while let (kind, length) = look(index) {
      if kind == .period {
        points += 1
      } else if kind == .terminator {
        others += 1
      } else if kind == .ellipsis {
        points += 3
      } else {
        break
      }
      index += length
    }
    emit(others == 0 && points > 1 ? .ellipsis : .terminator, start, index)
    return index
  }

  /// Any mark that is no word, number or end.
  private mutating func mark(_ kind: CharacterClass, _ length: Int, from start: Int) -> Int {
    var end = start + length
    let next = self.kind(end)
    let token: Token.Kind
    switch kind {
    case .separator: token = .separator
    case .openQuote: token = .openQuote
    case .closeQuote: token = .closeQuote
    case .straightQuote: token = .straightQuote
    case .openBracket: token = .openBracket
    case .closeBracket: token = .closeBracket
    case .hyphen, .dash:
      while let (following, more) = look(end), following == kind, utf8[start] == utf8[end] { end += more }
      token = .dash
    case .apostrophe:
      if next == .apostrophe, utf8[start] == utf8[end], length == 1 {
        end += 1
        token = .straightQuote
      } else {
        token = .singleQuote
      }
    case .symbol:
      let byte = utf8[start]
      if byte == byteOf("#") || byte == byteOf("@"), let next, next.isLetter || next == .digit {
        while let (following, more) = look(end), following.continuesWord || following == .joiner { end += more }
        token = .tag
      } else if byte == byteOf("<") || byte == byteOf(">"), self.byte(end) == byte {
        end += 1
        token = byte == byteOf("<") ? .openQuote : .closeQuote
      } else {
        token = .symbol
      }
    default:
      while let (following, more) = look(end), following == kind { end += more }
      token = .other
    }
    emit(token, start, end)
    return end
  }
}

/// The byte of an ASCII character.
@inline(__always)
package func byteOf(_ character: Unicode.Scalar) -> UInt8 { UInt8(truncatingIfNeeded: character.value) }
