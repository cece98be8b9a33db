import TelexModel
import TelexText

/// Words between quotation marks. Over several paragraphs there is one part in each.
struct QuotedPassage {
  /// Tokens between the marks; never empty.
  var parts: [Range<Int>]
  /// The opening mark.
  var open: Int
  /// The closing mark.
  var close: Int
  /// How many passages enclose it.
  var depth: Int

  var range: Range<Int> { (parts.first?.lowerBound ?? open)..<(parts.last?.upperBound ?? close) }
}

/// Finds the passages in quotation marks of a dispatch, nested and over paragraphs. A mark without a partner quotes
/// nothing: one forgotten mark must not put words into a mouth.
struct QuotedPassages {
  let words: Words

  /// How many paragraphs a passage may run over.
  private static let limit = 24

  func passages(in blocks: [Block]) -> [QuotedPassage] {
    var found: [QuotedPassage] = []
    var pending: QuotedPassage?
    for block in blocks where Self.canQuote(block.role) {
      let indices = words.tokens.indices(in: block.span)
      guard !indices.isEmpty else { continue }
      let isHeading = block.role == .headline || block.role == .intertitle
      if !isHeading, var open = pending {
        pending = nil
        if let part = continuation(of: open, in: indices) {
          if !part.range.isEmpty { open.parts.append(part.range) }
          if let close = part.close {
            open.close = close
            found.append(open)
          } else if open.parts.count < Self.limit {
            pending = open
          }
        }
      }
      whole(in: indices, &found)
      if !isHeading, pending == nil, let open = unclosed(in: indices) {
        pending = QuotedPassage(parts: [open + 1..<indices.upperBound], open: open, close: open, depth: 0)
      }
    }
    return found.sorted { $0.open < $1.open }
  }

  private static func canQuote(_ role: Block.Role) -> Bool {
    switch role {
    case .headline, .intertitle, .lead, .paragraph: true
    case .header, .dateline, .note, .byline, .signoff: false
    }
  }

  /// Passages that open and close in one block.
  private func whole(in indices: Range<Int>, _ found: inout [QuotedPassage]) {
    var closes: [Int] = []
    for index in indices {
      while let last = closes.last, index > last { closes.removeLast() }
      guard words.isQuoteMark(index), let close = words.partner(of: index), close > index + 1 else { continue }
      if found.last?.close == close { continue }
      found.append(QuotedPassage(parts: [index + 1..<close], open: index, close: close, depth: closes.count))
      closes.append(close)
    }
  }

  /// The opening mark that nothing closes in a block, where nothing stands behind it that another mark could explain.
  private func unclosed(in indices: Range<Int>) -> Int? {
    indices.last { index in
      guard words.isQuoteMark(index), words.partner(of: index) == nil, index + 1 < indices.upperBound else {
        return false
      }
      switch words.tokens[index].kind {
      case .openQuote: return true
      case .straightQuote: return words.tokens[index].isSpaced && !words.tokens[index + 1].isSpaced
      default: return false
      }
    }
  }

  /// What a block adds to a passage that an earlier one left open: its words up to the closing mark, or all of them where
  /// the block repeats the opening mark; nil where the mark before was a mistake.
  private func continuation(of open: QuotedPassage, in indices: Range<Int>) -> (range: Range<Int>, close: Int?)? {
    let first = indices.lowerBound
    let repeats = words.isQuoteMark(first) && (sameMark(first, open.open) || words.tokens[first].kind == .closeQuote)
    if repeats {
      if let close = words.partner(of: first) { return (first + 1..<close, close) }
      if let close = unopened(in: first + 1..<indices.upperBound) { return (first + 1..<close, close) }
      return (first + 1..<indices.upperBound, nil)
    }
    guard let close = unopened(in: indices) else { return nil }
    return (first..<close, close)
  }

  private func unopened(in indices: Range<Int>) -> Int? {
    indices.first { index in
      guard words.isQuoteMark(index), words.partner(of: index) == nil else { return false }
      switch words.tokens[index].kind {
      case .closeQuote: return true
      case .straightQuote: return !words.tokens[index].isSpaced
      default: return false
      }
    }
  }

  private func sameMark(_ a: Int, _ b: Int) -> Bool {
    words.text[words.tokens[a].span].elementsEqual(words.text[words.tokens[b].span])
  }
}
