import TelexModel

/// The parts of a mail's text: what a colleague wrote above a dispatch that he passes on, the dispatch, and what mail
/// programs put below: a signature, an older mail that is quoted.
struct MailBody {
  /// Greeting, and the header lines of the mail that is passed on; empty where none is.
  private(set) var preamble: Range<Int>
  private(set) var text: Range<Int>
  private(set) var tail: Range<Int>

  /// Header lines that a mail program repeats, with their colon.
  private static let fields = [
    "de", "from", "date", "objet", "subject", "sujet", "à", "to", "envoyé", "sent", "cc", "expéditeur", "destinataire",
    "répondre à", "reply-to",
  ]
  /// Fewer of them in a row may be the header of the dispatch itself.
  private static let fewestFields = 3
  private static let preambleLines = 60

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    let lines = PlainBlocks.lines(bytes, range)
    var start = 0
    var (count, kinds) = (0, Set<String>())
    for (index, line) in lines.prefix(Self.preambleLines).enumerated() {
      if let field = Self.field(bytes[line]) {
        count += 1
        kinds.insert(field)
      } else if PlainBlocks.isBlank(bytes[line]) || !(bytes[line].first == 0x20 || bytes[line].first == 0x09) {
        if Self.isForwarded(count, kinds) { start = index }
        (count, kinds) = (0, [])
      }
    }
    var end = lines.count
    // "-- " alone begins the signature (RFC 3676, section 4.3).
    if let mark = lines[start...].lastIndex(where: { Self.isSignatureMark(bytes[$0]) }), mark > start { end = mark }
    while end > start, PlainBlocks.isBlank(bytes[lines[end - 1]]) || Self.isQuoted(bytes[lines[end - 1]]) { end -= 1 }
    let textStart = start < lines.count && start > 0 ? lines[start].lowerBound : range.lowerBound
    let textEnd = end < lines.count && end > start ? lines[end].lowerBound : range.upperBound
    preamble = range.lowerBound..<textStart
    text = textStart..<max(textStart, textEnd)
    tail = max(textStart, textEnd)..<range.upperBound
  }

  /// A sender or recipient, and a date or subject, among enough of them.
  private static func isForwarded(_ count: Int, _ kinds: Set<String>) -> Bool {
    count >= fewestFields && !kinds.isDisjoint(with: ["de", "from", "expéditeur"])
      && !kinds.isDisjoint(with: ["date", "objet", "subject", "sujet", "envoyé", "sent"])
  }

  private static func field(_ line: ArraySlice<UInt8>) -> String? {
    // Bold in mails that were pages: "*De :* …".
    let line = line.drop { $0 == 0x20 || $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ">") }
    guard let colon = line.prefix(24).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = String(decoding: line[..<colon], as: UTF8.self).lowercased().filter { $0 != "*" && $0 != "\u{A0}" }
    let words = name.split(separator: " ").joined(separator: " ")
    return fields.contains(words) ? words : nil
  }

  private static func isSignatureMark(_ line: ArraySlice<UInt8>) -> Bool {
    line.elementsEqual([0x2D, 0x2D]) || line.elementsEqual([0x2D, 0x2D, 0x20])
  }

  private static func isQuoted(_ line: ArraySlice<UInt8>) -> Bool { line.first == UInt8(ascii: ">") }
}

/// The subject of a mail as a headline: without the marks of answers and forwarding, and without the name of a list.
enum MailSubject {
  private static let marks: Set<String> = ["tr", "fw", "fwd", "re", "ré", "wg", "aw", "rép"]

  static func headline(_ subject: String) -> String {
    var rest = Substring(subject)
    while true {
      let trimmed = rest.drop { $0 == " " }
      if trimmed.first == "[", let close = trimmed.prefix(24).firstIndex(of: "]") {
        let behind = trimmed[trimmed.index(after: close)...].drop { $0 == " " }
        guard !behind.isEmpty else { return String(trimmed) }
        rest = behind
      } else if let colon = trimmed.prefix(6).firstIndex(of: ":"),
        marks.contains(trimmed[..<colon].lowercased().filter { $0 != " " && $0 != "\u{A0}" })
      {
        rest = trimmed[trimmed.index(after: colon)...]
      } else {
        return String(trimmed)
      }
    }
  }
}
