import TelexModel
import TelexText

/// The header of a plain dispatch: lines `Name: value` before the first blank one, or a date before the first words.
struct HeaderLines {
  struct Line {
    let name: String
    let field: HeaderNames.Field?
    /// Value on all its lines, without the white space around it.
    var value: Span
  }

  /// From the first name to the last value; the body begins behind it.
  let span: Span
  let lines: [Line]

  private static let maximumLines = 64

  /// The header that a text begins with; nil where it begins with its body.
  init?(of text: SourceText, names: HeaderNames, dates: DateReader) {
    if let header = Self.inline(text, names, dates) {
      (span, lines) = header
      return
    }
    var lines: [Line] = []
    /// How many lines are certain to be header lines.
    var certain = 0
    var isWeak = true
    var start = 0
    var first: Int?
    while lines.count < Self.maximumLines, let line = Self.line(text.utf8, from: start) {
      let content = Self.trimmed(text.utf8, line.content)
      if content.isEmpty {
        if first == nil {
          start = line.next
          continue
        }
        certain = lines.count
        break
      }
      let isIndented = content.start > line.content.start
      if isIndented, !lines.isEmpty, Self.named(text, content) == nil {
        lines[lines.count - 1].value.end = content.end
        if certain == lines.count - 1 { certain = lines.count }
      } else if let (name, value) = Self.named(text, content) {
        let field = names.field(name)
        lines.append(Line(name: name, field: field, value: value))
        if field != nil {
          certain = lines.count
          if !names.isWeak(name) { isWeak = false }
        }
      } else {
        break
      }
      first = first ?? content.start
      start = line.next
    }
    lines.removeSubrange(certain...)
    guard let first, let last = lines.last, !isWeak, lines.contains(where: { $0.field != nil }) else { return nil }
    self.lines = lines
    span = Span(first, max(last.value.end, first))
  }

  /// `date 2021-03 Le secrétaire …`: a date header on the line on which the body begins.
  private static func inline(_ text: SourceText, _ names: HeaderNames, _ dates: DateReader) -> (Span, [Line])? {
    var start = 0
    while start < text.utf8.count, [0x20, 0x09, 0x0A, 0x0D].contains(text.utf8[start]) { start += 1 }
    var end = start
    while end < text.utf8.count, end - start < 32, text.utf8[end] | 0x20 >= 0x61, text.utf8[end] | 0x20 <= 0x7A {
      end += 1
    }
    let name = text.string(Span(start, end))
    guard names.field(name) == .date else { return nil }
    if end < text.utf8.count, text.utf8[end] == byteOf(":") { end += 1 }
    guard let (date, range) = dates.date(at: text.utf8[end...]), date.year != nil, range.lowerBound > end else {
      return nil
    }
    // Something of the body follows on the same line; else it is a header line like others.
    let rest = Self.trimmed(text.utf8, Span(range.upperBound, Self.line(text.utf8, from: start)?.content.end ?? 0))
    guard !rest.isEmpty, rest.start > range.upperBound else { return nil }
    let value = Span(range.lowerBound, range.upperBound)
    return (Span(start, value.end), [Line(name: name, field: .date, value: value)])
  }

  /// A line from an offset on, without its end, and where the next begins; nil at the end of the text.
  private static func line(_ utf8: [UInt8], from start: Int) -> (content: Span, next: Int)? {
    guard start < utf8.count else { return nil }
    var end = start
    while end < utf8.count, utf8[end] != 0x0A, utf8[end] != 0x0D { end += 1 }
    var next = min(end + 1, utf8.count)
    if end + 1 < utf8.count, utf8[end] == 0x0D, utf8[end + 1] == 0x0A { next += 1 }
    return (Span(start, end), next)
  }

  private static func trimmed(_ utf8: [UInt8], _ span: Span) -> Span {
    var (start, end) = (span.start, max(span.start, span.end))
    while start < end, utf8[start] == 0x20 || utf8[start] == 0x09 { start += 1 }
    while end > start, utf8[end - 1] == 0x20 || utf8[end - 1] == 0x09 { end -= 1 }
    return Span(start, end)
  }

  /// The name and the value of `Name: value`: up to four words and forty bytes before the colon.
  private static func named(_ text: SourceText, _ content: Span) -> (String, Span)? {
    var spaces = 0
    var index = content.start
    while index < content.end, text.utf8[index] != byteOf(":") {
      let byte = text.utf8[index]
      guard byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || [0x20, 0x2D, 0x5F, 0x27, 0x2F].contains(byte)
      else { return nil }
      if byte == 0x20 { spaces += 1 }
      index += 1
    }
    guard index < content.end, index > content.start, index - content.start <= 40, spaces <= 4 else { return nil }
    let name = trimmed(text.utf8, Span(content.start, index))
    // "http://…" is no header line.
    if index + 1 < content.end, text.utf8[index + 1] == byteOf("/") { return nil }
    return (text.string(name).replacingNoBreakSpace, trimmed(text.utf8, Span(index + 1, content.end)))
  }
}

extension String {
  /// "Date :" with the no-break space of French typography before the colon.
  fileprivate var replacingNoBreakSpace: String {
    var scalars = String.UnicodeScalarView(unicodeScalars.filter { $0 != "\u{A0}" && $0 != "\u{202F}" })
    while let last = scalars.last, last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
