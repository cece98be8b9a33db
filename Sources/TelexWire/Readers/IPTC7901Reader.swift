import TelexModel
import TelexText

/// IPTC 7901, the text format of the news agencies since the telex: a header line, keywords, headline, text and time
/// between control characters. One file may hold several messages.
struct IPTC7901Reader {
  private static let startOfHeader: UInt8 = 0x01
  private static let startOfText: UInt8 = 0x02
  private static let endOfText: UInt8 = 0x03
  /// DEL pads lines, at either end; it is no text.
  private static let padding: UInt8 = 0x7F
  /// Bytes in which the mark of its end is looked for.
  private static let longestHeadline = 400

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let utf8 = input.decoded.text.utf8
    let transcript = Transcript(copyOf: utf8)
    var dispatches: [WireItem] = []
    var from = utf8.startIndex
    while let start = utf8[from...].firstIndex(of: Self.startOfHeader) {
      guard let text = utf8[start...].firstIndex(of: Self.startOfText) else {
        throw .truncated("The message ends before its text (no 02 behind 01).")
      }
      guard let end = utf8[text...].firstIndex(of: Self.endOfText) else {
        throw .truncated("The message ends within its text (no 03).")
      }
      try WireInput.checkCount(dispatches.count)
      let next = utf8[end...].firstIndex(of: Self.startOfHeader) ?? utf8.endIndex
      dispatches.append(
        dispatch(input, transcript, header: start + 1..<text, text: text + 1..<end, trailer: end + 1..<next))
      from = next
    }
    guard !dispatches.isEmpty else { throw .malformed("The message has no start of header (01).") }
    return dispatches
  }

  private func dispatch(
    _ input: WireInput, _ transcript: Transcript, header: Range<Int>, text: Range<Int>, trailer: Range<Int>
  ) -> WireItem {
    var assembly = TextAssembly()
    appendText(transcript, text, to: &assembly)
    assembly.markLead()
    var dispatch = input.dispatch(assembly)
    describe(transcript.bytes, header, trailer, &dispatch)
    if let headline = assembly.blocks.first(where: { $0.role == .headline }) {
      dispatch.item.headline = dispatch.text.string(headline.span)
    }
    return dispatch
  }

  // MARK: Text

  /// The headline runs, over several lines, up to `=`; a paragraph begins with three spaces or behind a blank line.
  private func appendText(_ transcript: Transcript, _ range: Range<Int>, to assembly: inout TextAssembly) {
    let lines = PlainBlocks.lines(transcript.bytes, range)
    var body = 0
    let headline = lines.prefix { line in line.lowerBound < (lines.first?.lowerBound ?? 0) + Self.longestHeadline }
    if let last = headline.firstIndex(where: {
      transcript.bytes[$0].last { !TextAssembly.isSpace($0) && $0 != Self.padding } == UInt8(ascii: "=")
    }) {
      assembly.begin(.headline)
      for line in lines[...last] { append(transcript, line, without: UInt8(ascii: "="), to: &assembly) }
      body = last + 1
    }
    assembly.begin(.paragraph)
    for line in lines[body...] {
      let bytes = transcript.bytes[line].drop { $0 == Self.padding }
      if PlainBlocks.isBlank(bytes) || bytes.starts(with: [0x20, 0x20, 0x20]) { assembly.begin(.paragraph) }
      if let inner = Self.intertitle(transcript.bytes, line), assembly.blockIsEmpty {
        assembly.begin(.intertitle)
        assembly.append(transcript, inner, path: "")
        assembly.begin(.paragraph)
      } else {
        append(transcript, line, without: nil, to: &assembly)
      }
    }
    assembly.end()
  }

  private func append(
    _ transcript: Transcript, _ line: Range<Int>, without mark: UInt8?, to assembly: inout TextAssembly
  ) {
    var end = line.upperBound
    while let mark, end > line.lowerBound,
      TextAssembly.isSpace(transcript.bytes[end - 1])
        || [mark, Self.padding].contains(transcript.bytes[end - 1])
    {
      end -= 1
    }
    assembly.separate()
    for piece in transcript.bytes[line.lowerBound..<end].split(separator: Self.padding) {
      assembly.append(transcript, piece.startIndex..<piece.endIndex, path: "")
    }
  }

  /// What stands between the dashes of `- Intertitle -`.
  private static func intertitle(_ bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
    var (start, end) = (line.lowerBound, line.upperBound)
    while start < end, TextAssembly.isSpace(bytes[start]) { start += 1 }
    while end > start, TextAssembly.isSpace(bytes[end - 1]) { end -= 1 }
    guard end - start > 4, bytes[start] == UInt8(ascii: "-"), bytes[start + 1] == 0x20,
      bytes[end - 1] == UInt8(ascii: "-"),
      bytes[end - 2] == 0x20
    else { return nil }
    return start + 2..<end - 2
  }

  // MARK: Header and trailer

  /// `exa0412 4 def 104   bel 967`: source and number, priority, category, words, and what the agency adds.
  private func describe(_ bytes: [UInt8], _ header: Range<Int>, _ trailer: Range<Int>, _ dispatch: inout WireItem) {
    let lines = PlainBlocks.lines(bytes, header).map {
      String(decoding: bytes[$0].filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }.filter { !$0.allSatisfy { $0 == " " } }
    let fields = lines.first?.split(separator: " ") ?? []
    if let identifier = fields.first {
      dispatch.item.uri = String(identifier)
      let source = identifier.prefix { $0.isLetter }
      if !source.isEmpty { dispatch.item.infoSources = [String(source)] }
    }
    if fields.count > 1 { dispatch.setUrgency(String(fields[1])) }
    if lines.count > 1 {
      let keywords = lines[1].split(separator: " ").joined(separator: " ")
      dispatch.item.slugline = keywords
      dispatch.item.keywords = keywords.split(separator: "/").map(String.init)
    }
    let words = String(decoding: bytes[trailer].filter { $0 >= 0x20 && $0 != 0x7F }.prefix(64), as: UTF8.self)
    let date = Self.date(words.split(separator: " ").map(String.init))
    dispatch.item.versionCreated = date?.iso
    dispatch.setTime(date)
  }

  /// `231412 mar 21`: day, hour and minute, month, year.
  private static func date(_ words: [String]) -> WireDate? {
    guard words.count >= 3, words[0].utf8.count == 6, let digits = Int(words[0]), let month = WireDate.month(words[1]),
      let year = Int(words[2]), words[2].utf8.count == 2 || words[2].utf8.count == 4
    else { return nil }
    return WireDate(
      year: words[2].utf8.count == 2 ? (year < 70 ? 2000 : 1900) + year : year, month: month, day: digits / 10_000,
      hour: digits / 100 % 100, minute: digits % 100)
  }
}
