package import TelexModel

/// The lines of a text, and the paragraphs that they make: separated by blank lines, each on a line of its own, or
/// wrapped over several lines at a fixed width.
package struct TextLines: Sendable {
  package struct Line: Sendable {
    /// Without the white space around it.
    package let span: Span
    /// Bytes of white space before it.
    package let indent: Int
    /// Blank lines stand before it.
    package let followsBlank: Bool
  }

  /// Lines that aren't blank.
  package let lines: [Line]

  /// - Parameter region: what to look at.
  package init(of text: SourceText, in region: Span) {
    var lines: [Line] = []
    var isBlank = true
    var index = max(region.start, 0)
    let limit = min(region.end, text.utf8.count)
    text.utf8.withUnsafeBufferPointer { bytes in
      while index < limit {
        let start = index
        var first = -1
        var last = index
        var next = limit
        while index < limit {
          let byte = bytes[index]
          var kind = CharacterClass.lower
          var length = 1
          if byte <= 0x20 {
            kind = CharacterClasses.ascii[Int(byte)]
          } else if byte >= 0x80 {
            let (scalar, width) = CharacterClasses.decode(bytes, at: index)
            length = width
            if scalar == 0xA0 || scalar == 0x85 || scalar >= 0x2000 && scalar <= 0x2060 {
              kind = CharacterClasses.of(scalar)
            }
          }
          index += length
          if kind == .newline {
            if byte == 0x0D, index < limit, bytes[index] == 0x0A { index += 1 }
            next = index
            break
          }
          if kind != .space {
            if first < 0 { first = index - length }
            last = index
          }
        }
        if first < 0 {
          isBlank = true
        } else {
          lines.append(
            Line(span: Span(first, min(last, limit)), indent: first - start, followsBlank: isBlank))
          isBlank = false
        }
        index = max(next, start + 1)
      }
    }
    self.lines = lines
  }

  /// Widest line that counts as wrapped by a machine.
  private static let widestWrap = 132

  /// Paragraphs, in order, each without the white space around it.
  package func paragraphs(of text: SourceText) -> [Span] {
    let width = lines.map(\.span.count).max() ?? 0
    let isWrapped = width <= Self.widestWrap && wrapped(text, width)
    var paragraphs: [Span] = []
    for (index, line) in lines.enumerated() {
      if index > 0, !line.followsBlank, continues(text, index, width, isWrapped), let last = paragraphs.indices.last {
        paragraphs[last].end = line.span.end
      } else {
        paragraphs.append(line.span)
      }
    }
    return paragraphs
  }

  /// True where most lines that another follows are as full as the width lets them be.
  private func wrapped(_ text: SourceText, _ width: Int) -> Bool {
    var full = 0
    var followed = 0
    for index in lines.indices.dropFirst() where !lines[index].followsBlank {
      followed += 1
      if isFull(text, index - 1, width) { full += 1 }
    }
    return followed > 1 && full * 3 >= followed * 2
  }

  /// The first word of the next line would not fit behind a line.
  private func isFull(_ text: SourceText, _ index: Int, _ width: Int) -> Bool {
    let next = lines[index + 1].span
    let word = text.utf8[next.range].prefix { $0 > 0x20 }.count
    return lines[index].span.count + 1 + word > width
  }

  private func continues(_ text: SourceText, _ index: Int, _ width: Int, _ isWrapped: Bool) -> Bool {
    let line = lines[index]
    let previous = lines[index - 1]
    if line.indent > previous.indent, line.indent >= 2 || text.utf8[line.span.start - 1] == 0x09 { return false }
    if isWrapped { return isFull(text, index - 1, width) }
    // A line that ends within a sentence, and one that doesn't begin one.
    let end = text.utf8[previous.span.end - 1]
    let first = text.utf8[line.span.start]
    let isOpen = end >= 0x61 && end <= 0x7A || end == byteOf(",") || end == byteOf("-")
    return isOpen && first >= 0x61 && first <= 0x7A
  }
}
