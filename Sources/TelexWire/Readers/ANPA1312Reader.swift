import TelexModel
import TelexText

/// ANPA 1312, the North American wire format: a header with a selector, a line with priority, category and slug, lines
/// between `^` and `<` before the text, paragraphs that begin with a tab.
struct ANPA1312Reader {
  private static let endOfText: UInt8 = 0x03

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let utf8 = input.decoded.text.utf8
    guard let start = utf8.firstIndex(of: 0x01) else { throw .malformed("The message has no start of header (01).") }
    guard let text = utf8[start...].firstIndex(of: 0x02) else {
      throw .truncated("The message ends before its text (no 02 behind 01).")
    }
    guard let end = utf8[text...].firstIndex(of: Self.endOfText) else {
      throw .truncated("The message ends within its text (no 03).")
    }
    let transcript = Transcript(copyOf: utf8)
    let header = Header(utf8, start + 1..<text)
    var assembly = TextAssembly()
    append(transcript, text + 1..<end, header.slug, to: &assembly)
    assembly.markLead()
    var dispatch = input.dispatch(assembly)
    if !header.identifier.isEmpty { dispatch.item.uri = header.identifier }
    dispatch.item.slugline = header.slug
    dispatch.item.urgency = header.urgency
    if let headline = assembly.blocks.first(where: { $0.role == .headline }) {
      dispatch.item.headline = dispatch.text.string(headline.span)
    }
    if let byline = assembly.blocks.first(where: { $0.role == .byline }) {
      let words = dispatch.text.string(byline.span)
      dispatch.item.byline =
        Self.bylines.first { words.hasPrefix($0) }.map { String(words.dropFirst($0.count)) } ?? words
    }
    let trailer = String(decoding: utf8[(end + 1)...].prefix(64).filter { $0 >= 0x20 }, as: UTF8.self)
    describe(trailer, header, &dispatch)
    return [dispatch]
  }

  // MARK: Header

  private struct Header {
    var identifier = ""
    var urgency: Int?
    var slug: String?
    /// Month and day, in figures.
    var monthAndDay: (Int, Int)?

    /// `a0412` US `exa-`, then `u i` DC3 DC1 ` bc-slug 03-23 0104`.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
      let lines = PlainBlocks.lines(bytes, range).filter { !PlainBlocks.isBlank(bytes[$0]) }
      if let first = lines.first {
        identifier = String(decoding: bytes[first].prefix { $0 > 0x20 }, as: UTF8.self)
      }
      guard lines.count > 1 else { return }
      urgency = bytes[lines[1]].first { $0 > 0x20 }.flatMap { Header.urgencies[$0 | 0x20] }
      // Device controls stand before the slug, and with some agencies behind it.
      guard let control = bytes[lines[1]].firstIndex(where: { (0x11...0x14).contains($0) }) else { return }
      let words = bytes[control..<lines[1].upperBound].split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
      slug = words.first
      for word in words.dropFirst() {
        let numbers = word.split(separator: "-").compactMap { Int($0) }
        if numbers.count == 2 { monthAndDay = (numbers[0], numbers[1]) }
      }
    }

    /// Priorities: flash, bulletin, urgent, regular, deferred, advance and weekend copy.
    private static let urgencies: [UInt8: Int] = [
      UInt8(ascii: "f"): 1, UInt8(ascii: "b"): 2, UInt8(ascii: "u"): 3, UInt8(ascii: "r"): 4, UInt8(ascii: "d"): 5,
      UInt8(ascii: "a"): 6, UInt8(ascii: "s"): 6, UInt8(ascii: "w"): 6,
    ]
  }

  // MARK: Text

  private static let bylines = ["Par ", "PAR ", "By ", "BY "]

  /// `^slug<`, `^headline<`, `^byline=`, `^dateline=`, then paragraphs.
  private func append(_ transcript: Transcript, _ range: Range<Int>, _ slug: String?, to assembly: inout TextAssembly) {
    var isHead = true
    assembly.begin(.paragraph)
    /// The last line was one of the headline, which may be wrapped.
    var isHeadline = false
    for line in PlainBlocks.lines(transcript.bytes, range) {
      var (start, end) = (line.lowerBound, line.upperBound)
      while end > start, TextAssembly.isSpace(transcript.bytes[end - 1]) { end -= 1 }
      let mark = end > start ? transcript.bytes[end - 1] : 0
      let isEnded = mark == UInt8(ascii: "<") || mark == UInt8(ascii: "=")
      if isEnded { end -= 1 }
      let isMarked = start < end && transcript.bytes[start] == UInt8(ascii: "^")
      if isMarked { start += 1 }
      let words = String(decoding: transcript.bytes[start..<end], as: UTF8.self)
      if isHead, isMarked {
        if words.isEmpty || words == slug || slug?.lowercased().hasSuffix("-" + words.lowercased()) == true { continue }
        if isHeadline, let first = words.first, first.isLowercase {
          assembly.separate()
          assembly.append(transcript, start..<end, path: "")
          continue
        }
        appendHead(transcript, start..<end, words, to: &assembly)
        isHeadline = !assembly.blockIsEmpty
        continue
      }
      if isHead, start == end { continue }
      if isHead { assembly.begin(.paragraph) }
      isHead = false
      if transcript.bytes[line].first == 0x09 || PlainBlocks.isBlank(transcript.bytes[line]) || isMarked {
        if !assembly.blockIsEmpty { assembly.begin(.paragraph) }
      }
      assembly.separate()
      assembly.append(transcript, start..<end, path: "")
      if isEnded { assembly.begin(.paragraph) }
    }
    assembly.end()
  }

  private func appendHead(
    _ transcript: Transcript, _ range: Range<Int>, _ words: String, to assembly: inout TextAssembly
  ) {
    let hasHeadline = assembly.blocks.contains { $0.role == .headline }
    if Self.bylines.contains(where: { words.hasPrefix($0) }) {
      assembly.begin(.byline)
    } else if words.hasSuffix("_") || words.hasSuffix("-") || words.hasSuffix("–") || hasHeadline && words.contains("(")
    {
      assembly.begin(.dateline)
      assembly.append(transcript, range, path: "")
      assembly.endDateline()
      return
    } else if !hasHeadline {
      // It stays open: the next line may be its second.
      assembly.begin(.headline)
      return assembly.append(transcript, range, path: "")
    } else {
      assembly.begin(.note)
    }
    assembly.append(transcript, range, path: "")
    assembly.begin(.paragraph)
  }

  // MARK: Time

  /// `EXA-BR-03-23-21 1312GMT`: source, bureau, month, day, year, time.
  private func describe(_ trailer: String, _ header: Header, _ dispatch: inout WireItem) {
    let words = trailer.split(separator: " ").map(String.init)
    let parts = words.first?.split(separator: "-").map(String.init) ?? []
    if let source = parts.first, source.allSatisfy(\.isLetter), !source.isEmpty { dispatch.item.infoSources = [source] }
    let numbers = parts.compactMap { $0.utf8.count == 2 || $0.utf8.count == 4 ? Int($0) : nil }
    guard numbers.count >= 3 else { return }
    let (month, day, year) = (numbers[numbers.count - 3], numbers[numbers.count - 2], numbers[numbers.count - 1])
    let clock = words.count > 1 ? words[1].prefix { $0.isNumber } : ""
    let isTime = clock.utf8.count == 4
    let date = WireDate(
      year: year < 100 ? (year < 70 ? 2000 : 1900) + year : year, month: month, day: day,
      hour: isTime ? Int(clock.prefix(2)) : nil, minute: isTime ? Int(clock.suffix(2)) : nil,
      zone: isTime ? WireDate.zone(String(words[1].dropFirst(4))) : nil)
    dispatch.item.versionCreated = date?.iso
    dispatch.setTime(date)
  }
}
