package import TelexModel

/// A result as a person looks at it: the text cut where names, quotations and times begin and end.
package struct ShownResult: Sendable {
  /// A name or time in the text.
  package struct Mark: Sendable, Equatable {
    package var start: Int
    package var end: Int
    /// `person`, `organization` … or `time`.
    package var kind: String
    /// What it stands for: the canonical name, the time's value.
    package var meaning: String
  }

  package struct Quote: Sendable, Equatable {
    package var start: Int
    package var end: Int
    package var kind: String
    package var speaker: String?
    package var cue: String?
    package var confidence: Double
    /// `q1` …, as the result has it.
    package var id: String
    /// Place of the speaker among `voices`.
    package var voice: Int?
    /// To whom, where, through what and when, in the text's words.
    package var circumstances: [String]
  }

  /// Somebody who speaks, with the functions that the text gives.
  package struct Voice: Sendable, Equatable {
    package var name: String
    package var roles: [String]
  }

  /// A paragraph or heading.
  package struct Block: Sendable, Equatable {
    package var start: Int
    package var end: Int
    package var role: String
  }

  package struct Person: Sendable, Equatable {
    package var name: String
    package var kind: String
    package var roles: [String]
    package var mentions: Int
  }

  /// A stretch of the text to which the same marks apply.
  package struct Piece: Sendable, Equatable {
    /// Unicode scalars before it.
    package var start: Int
    package var text: String
    package var mark: Mark?
    /// Innermost last.
    package var quotes: [Quote]
    /// Quotations that end behind it.
    package var ending: [Quote]
  }

  package var file: String
  package var headline: String?
  package var date: String?
  package var status: String
  package var reason: String?
  package private(set) var quotes: [Quote] = []
  /// In the order in which they first speak.
  package private(set) var voices: [Voice] = []
  package private(set) var blocks: [Block] = []
  package private(set) var entities: [Person] = []
  package private(set) var times: [Mark] = []
  private let scalars: [Unicode.Scalar]
  private var marks: [Mark] = []

  /// - Parameter result: a whole `telex.result/1`; nil is returned for anything else.
  package init?(_ result: JSONValue) {
    guard result["schema"]?.string == ResultEncoder.schema, let status = result["status"]?.string else { return nil }
    self.status = status
    file = result["source"]?["file"]?.string ?? ""
    headline = result["item"]?["headline"]?.string
    date = result["documentTime"]?["value"]?.string
    reason = result["reason"]?["message"]?.string
    scalars = Array((result["text"]?.string ?? "").unicodeScalars)
    var names: [String: String] = [:]
    for entity in result["entities"]?.array ?? [] {
      if let id = entity["id"]?.string, let name = entity["name"]?.string { names[id] = name }
    }
    var counts: [String: Int] = [:]
    for mention in result["mentions"]?.array ?? [] {
      guard let span = span(mention), let kind = mention["type"]?.string else { continue }
      let id = mention["entity"]?.string
      if let id { counts[id, default: 0] += 1 }
      marks.append(
        Mark(start: span.lowerBound, end: span.upperBound, kind: kind, meaning: id.flatMap { names[$0] } ?? ""))
    }
    for time in result["times"]?.array ?? [] {
      guard let span = span(time) else { continue }
      times.append(
        Mark(start: span.lowerBound, end: span.upperBound, kind: "time", meaning: time["value"]?.string ?? ""))
    }
    marks += times
    marks.sort { ($0.start, $1.end) < ($1.start, $0.end) }
    for entity in result["entities"]?.array ?? [] {
      guard let id = entity["id"]?.string, let name = entity["name"]?.string else { continue }
      entities.append(
        Person(
          name: name, kind: entity["type"]?.string ?? "",
          roles: (entity["roles"]?.array ?? []).compactMap { $0["text"]?.string },
          mentions: counts[id] ?? 0))
    }
    readQuotations(result, names)
    for block in result["blocks"]?.array ?? [] {
      guard let span = span(block), let role = block["role"]?.string else { continue }
      blocks.append(Block(start: span.lowerBound, end: span.upperBound, role: role))
    }
  }

  private mutating func readQuotations(_ result: JSONValue, _ names: [String: String]) {
    let roles = Dictionary(entities.map { ($0.name, $0.roles) }, uniquingKeysWith: { first, _ in first })
    var known: [String: Int] = [:]
    var moments: [String: String] = [:]
    for time in result["times"]?.array ?? [] {
      if let id = time["id"]?.string, let words = time["text"]?.string { moments[id] = words }
    }
    for quotation in result["quotations"]?.array ?? [] {
      guard let span = span(quotation), let kind = quotation["kind"]?.string else { continue }
      let speaker = quotation["speaker"]
      let name = speaker?["entity"]?.string.flatMap { names[$0] } ?? speaker?["text"]?.string
      var voice: Int?
      if let name {
        voice = known[name] ?? voices.count
        if known[name] == nil {
          known[name] = voices.count
          voices.append(Voice(name: name, roles: roles[name] ?? []))
        }
      }
      var circumstances = ["addressee", "venue", "medium"].compactMap { quotation[$0]?["text"]?.string }
      if let time = quotation["time"]?.string.flatMap({ moments[$0] }) { circumstances.append(time) }
      quotes.append(
        Quote(
          start: span.lowerBound, end: span.upperBound, kind: kind, speaker: name,
          cue: quotation["cue"]?["lemma"]?.string, confidence: quotation["confidence"]?.double ?? 0,
          id: quotation["id"]?.string ?? "", voice: voice, circumstances: circumstances))
    }
  }

  /// A span of the result that lies within its text.
  private func span(_ annotation: JSONValue) -> Range<Int>? {
    guard let start = annotation["start"]?.int, let end = annotation["end"]?.int, start >= 0, start < end,
      end <= scalars.count
    else { return nil }
    return start..<end
  }

  package func words(_ quote: Quote) -> String { string(quote.start..<quote.end) }
  package func words(_ mark: Mark) -> String { string(mark.start..<mark.end) }

  private func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  /// The whole text in pieces, in reading order.
  package var pieces: [Piece] {
    var cuts: Set<Int> = [0, scalars.count]
    for mark in marks { cuts.formUnion([mark.start, mark.end]) }
    for block in blocks { cuts.formUnion([block.start, block.end]) }
    for quote in quotes { cuts.formUnion([quote.start, quote.end]) }
    let sorted = cuts.sorted()
    var pieces: [Piece] = []
    var nextMark = 0
    var nextQuote = 0
    var open: [Quote] = []
    var mark: Mark?
    let ordered = quotes.sorted { ($0.start, $1.end) < ($1.start, $0.end) }
    for (start, end) in zip(sorted, sorted.dropFirst()) {
      while nextQuote < ordered.count, ordered[nextQuote].start <= start {
        open.append(ordered[nextQuote])
        nextQuote += 1
      }
      while nextMark < marks.count, marks[nextMark].start <= start {
        if mark.map({ $0.end <= start }) ?? true { mark = marks[nextMark] }
        nextMark += 1
      }
      if let one = mark, one.end <= start { mark = nil }
      pieces.append(
        Piece(start: start, text: string(start..<end), mark: mark, quotes: open, ending: open.filter { $0.end == end }))
      open.removeAll { $0.end <= end }
    }
    return pieces
  }
}
