import TelexModel

/// Which quotation marks and brackets of a stretch of text open and close each other. Marks without a partner count for
/// nothing, so that one forgotten mark doesn't swallow what follows.
package struct QuotePairs: Sendable {
  /// For each token of the stretch the index of its partner; -1 for none.
  private let partners: [Int32]
  /// True for tokens with an opening mark or bracket before them that closes behind them.
  private let depths: [UInt8]
  private let first: Int

  /// - Parameter indices: the tokens of one block.
  package init(_ tokens: [Token], _ indices: Range<Int>, in text: SourceText) {
    first = indices.lowerBound
    var partners = [Int32](repeating: -1, count: indices.count)
    var open: [(index: Int, kind: Mark)] = []
    for index in indices {
      guard let (kind, isOpening) = Self.mark(tokens, index, indices, text, open.last?.kind) else { continue }
      if isOpening {
        // A stack that never empties is no nesting but a missing mark; it is bounded all the same.
        if open.count < 64 { open.append((index, kind)) }
      } else if let match = open.lastIndex(where: { $0.kind == kind }) {
        partners[index - first] = Int32(open[match].index - first)
        partners[open[match].index - first] = Int32(index - first)
        open.removeSubrange(match...)
      }
    }
    var depths = [UInt8](repeating: 0, count: indices.count)
    var depth: UInt8 = 0
    for offset in partners.indices {
      if partners[offset] >= 0, Int(partners[offset]) < offset { depth -= 1 }
      depths[offset] = depth
      if partners[offset] > offset { depth += 1 }
    }
    self.partners = partners
    self.depths = depths
  }

  /// How many pairs enclose a token; a mark isn't enclosed by its own pair.
  package func depth(of token: Int) -> Int { Int(depths[token - first]) }

  /// The token that opens or closes what this one closes or opens.
  package func partner(of token: Int) -> Int? {
    let partner = partners[token - first]
    return partner < 0 ? nil : Int(partner) + first
  }

  private enum Mark { case guillemet, curved, straight, round, square, single, apostrophe }

  /// The pair that a token belongs to, and which side of it. Straight marks are told by the spaces around them.
  private static func mark(
    _ tokens: [Token], _ index: Int, _ indices: Range<Int>, _ text: SourceText, _ innermost: Mark?
  ) -> (Mark, isOpening: Bool)? {
    let token = tokens[index]
    // Most tokens are words.
    guard token.kind.rawValue >= Token.Kind.openQuote.rawValue else { return nil }
    let bytes = text.utf8[token.range]
    switch token.kind {
    case .openQuote:
      if bytes.elementsEqual([0xE2, 0x80, 0x9C]), innermost == .curved {
        // “ closes what „ opened.
        return (.curved, false)
      }
      let isGuillemet = bytes.first == 0xC2 || bytes.first == 0x3C
      return (isGuillemet ? .guillemet : bytes.elementsEqual([0xE2, 0x80, 0xB9]) ? .single : .curved, true)
    case .closeQuote:
      let isGuillemet = bytes.first == 0xC2 || bytes.first == 0x3E
      return (isGuillemet ? .guillemet : bytes.elementsEqual([0xE2, 0x80, 0xBA]) ? .single : .curved, false)
    case .straightQuote:
      let spaceBehind = index + 1 >= indices.upperBound || tokens[index + 1].isSpaced
      let spaceBefore = token.isSpaced || index == indices.lowerBound
      if spaceBefore != spaceBehind { return (.straight, spaceBefore) }
      return (.straight, innermost != .straight)
    case .singleQuote:
      let spaceBehind = index + 1 >= indices.upperBound || tokens[index + 1].isSpaced
      let spaceBefore = token.isSpaced || index == indices.lowerBound
      if spaceBefore, !spaceBehind { return (.apostrophe, true) }
      // Behind a word it closes what one before a word opened.
      let closes = spaceBehind || tokens[index + 1].kind.rawValue >= Token.Kind.separator.rawValue
      return !spaceBefore && closes && innermost == .apostrophe ? (.apostrophe, false) : nil
    case .openBracket: return (bytes.first == 0x5B ? .square : .round, true)
    case .closeBracket: return (bytes.first == 0x5D ? .square : .round, false)
    default: return nil
    }
  }
}
