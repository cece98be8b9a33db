import TelexModel
import TelexText

/// A paragraph of the text while its role is looked for.
struct Piece {
  var span: Span
  /// Its tokens, as indices into all tokens of the document.
  var tokens: Range<Int>
  /// A blank line stands before it.
  var followsBlank: Bool
  /// What the wire format says that it is.
  var preset: Block.Role?
  var role: Block.Role?

  init(span: Span, tokens: Range<Int>, followsBlank: Bool = true, preset: Block.Role? = nil) {
    self.span = span
    self.tokens = tokens
    self.followsBlank = followsBlank
    self.preset = preset
  }
}

/// The outer form of a piece: what its first look tells.
struct PieceShape {
  let words: Int
  /// A point or ellipsis ends it, with or without closing marks behind.
  let endsWithPoint: Bool
  /// An ellipsis does, which ends headlines as well.
  let endsWithEllipsis: Bool
  /// Any mark that ends sentences does.
  let endsSentence: Bool
  /// A comma, colon or semicolon does.
  let isOpenEnded: Bool
  /// Brackets enclose it.
  let isBracketed: Bool
  let beginsWithDash: Bool
  let endsWithDash: Bool
  let beginsWithQuote: Bool

  init(_ piece: Piece, _ tokens: [Token], _ text: SourceText) {
    var words = 0
    for token in tokens[piece.tokens] where token.kind.rawValue <= Token.Kind.tag.rawValue { words += 1 }
    self.words = words
    var last = piece.tokens.last
    let end = last.map { tokens[$0].kind }
    while let index = last, [.closeQuote, .straightQuote, .closeBracket].contains(tokens[index].kind) {
      last = index > piece.tokens.lowerBound ? index - 1 : nil
    }
    let mark = last.map { tokens[$0].kind }
    let bytes = last.map { text.utf8[tokens[$0].range] } ?? []
    endsSentence = mark == .terminator || mark == .ellipsis || mark == .abbreviation && tokens.count > 1
    endsWithPoint =
      mark == .ellipsis || mark == .terminator && !bytes.contains(byteOf("?")) && !bytes.contains(byteOf("!"))
    endsWithEllipsis = mark == .ellipsis
    isOpenEnded = mark == .separator
    beginsWithDash = piece.tokens.first.map { tokens[$0].kind == .dash } ?? false
    endsWithDash = end == .dash
    beginsWithQuote = piece.tokens.first.map { [.openQuote, .straightQuote].contains(tokens[$0].kind) } ?? false
    isBracketed =
      piece.tokens.first.map { tokens[$0].kind == .openBracket } ?? false && end == .closeBracket
      && !tokens[piece.tokens.dropLast()].contains { $0.kind == .closeBracket }
  }
}
