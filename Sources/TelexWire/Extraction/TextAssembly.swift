package import TelexModel

/// Text of a dispatch while it is taken out of its format: blocks with a blank line between them, white space as running
/// text has it, and a run of `source.map` for every stretch.
package struct TextAssembly: Sendable {
  /// How white space in the source reaches the text.
  package enum WhiteSpace: Sendable {
    /// Each stretch of it is one space, as markup means it.
    case collapsed
    /// As it stands; a line's end is `\n`.
    case kept
  }

  /// More runs than any dispatch has; what comes behind them is one.
  private static let maximumRuns = 200_000

  package private(set) var utf8: [UInt8] = []
  package private(set) var blocks: [Block] = []
  /// Spans of `utf8` and where they come from, in the transcript's source.
  package private(set) var runs: [Source.Run] = []
  private var role: Block.Role = .paragraph
  private var blockStart = 0
  private var continues = false
  /// White space that is written only if more text of the block follows.
  private var pending: [UInt8] = []

  package init() {}

  /// Whether the block that is open holds text.
  package var blockIsEmpty: Bool { utf8.count == blockStart }

  /// Ends the open block and begins the next.
  /// - Parameter continuing: in the same paragraph, after one space: a lead behind its dateline.
  package mutating func begin(_ role: Block.Role, continuing: Bool = false) {
    let isStillDue = continues && blockIsEmpty
    end()
    self.role = role
    continues = (continuing || isStillDue) && !blocks.isEmpty
  }

  package mutating func end() {
    pending = []
    guard !blockIsEmpty else { return }
    blocks.append(Block(id: "b\(blocks.count + 1)", role: role, span: Span(blockStart, utf8.count)))
    blockStart = utf8.count
    role = .paragraph
    continues = false
  }

  /// The role of the open block, where the format says it late.
  package mutating func setRole(_ role: Block.Role) { self.role = role }

  /// Gives the blocks from an index on one role: what a format calls a headline is one, whatever markup is in it.
  package mutating func setRoles(from index: Int, _ role: Block.Role) {
    end()
    for block in blocks.indices.dropFirst(index) { blocks[block].role = role }
  }

  /// Makes the first paragraph behind headline and dateline the lead, where the format names none. Without a headline
  /// the first paragraph may be one.
  package mutating func markLead() {
    guard !blocks.contains(where: { $0.role == .lead }), blocks.contains(where: { $0.role == .headline }) else {
      return
    }
    if let index = blocks.firstIndex(where: { $0.role == .paragraph }) { blocks[index].role = .lead }
  }

  /// Ends a dateline. One that ends in a dash runs on into the lead, as on paper; another is a line of its own.
  package mutating func endDateline() {
    guard !blockIsEmpty else { return }
    let dashes = ["-", "–", "—", "_", "="]
    let runsOn = dashes.contains { utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
    begin(.paragraph, continuing: runsOn)
  }

  /// A space where the format has none between two elements whose texts are separate.
  package mutating func separate() { if !blockIsEmpty, pending.isEmpty { pending = [0x20] } }

  package mutating func lineBreak() { if !blockIsEmpty { pending = [0x0A] } }

  package mutating func append(
    _ transcript: Transcript, _ range: Range<Int>, path: String, whiteSpace: WhiteSpace = .collapsed
  ) {
    for piece in transcript.pieces(in: range) {
      if piece.isCopy {
        appendCopy(transcript.bytes, piece, path, whiteSpace)
      } else if transcript.bytes[piece.range].allSatisfy(Self.isSpace) {
        if !blockIsEmpty, pending.isEmpty { pending = [0x20] }
      } else {
        add(transcript.bytes[piece.range], piece.source, path, isCopy: false)
      }
    }
  }

  /// What stands in no source: a headline out of an attribute, whose bytes are known only as a whole.
  package mutating func append(_ text: String, source: Range<Int>, path: String) {
    add(Array(text.utf8)[...], source, path, isCopy: false)
  }

  private mutating func appendCopy(
    _ bytes: [UInt8], _ piece: Transcript.Piece, _ path: String, _ whiteSpace: WhiteSpace
  ) {
    let shift = piece.source.lowerBound - piece.range.lowerBound
    var index = piece.range.lowerBound
    while index < piece.range.upperBound {
      let start = index
      while index < piece.range.upperBound, !Self.isSpace(bytes[index]) { index += 1 }
      if index > start { add(bytes[start..<index], start + shift..<index + shift, path, isCopy: true) }
      let space = index
      while index < piece.range.upperBound, Self.isSpace(bytes[index]) { index += 1 }
      guard index > space, !blockIsEmpty else { continue }
      switch whiteSpace {
      case .collapsed: if pending.isEmpty { pending = [0x20] }
      case .kept: pending += bytes[space..<index].filter { $0 != 0x0D }
      }
    }
  }

  private mutating func add(_ text: ArraySlice<UInt8>, _ source: Range<Int>, _ path: String, isCopy: Bool) {
    guard !text.isEmpty else { return }
    if blockIsEmpty, !blocks.isEmpty {
      utf8 += continues ? [0x20] : [0x0A, 0x0A]
      blockStart = utf8.count
    }
    // One space for one byte keeps the run whole: each character of it stands for one of the source.
    if let last = runs.last, isCopy, last.span.end == utf8.count, last.path == path,
      last.span.count == last.bytes.count,
      last.bytes.upperBound + pending.count == source.lowerBound, last.span.start >= blockStart
    {
      utf8 += pending
      utf8 += text
      runs[runs.count - 1].span.end = utf8.count
      runs[runs.count - 1].bytes = last.bytes.lowerBound..<source.upperBound
    } else if runs.count >= Self.maximumRuns, let last = runs.last {
      utf8 += pending
      utf8 += text
      runs[runs.count - 1].span.end = utf8.count
      let lower = min(last.bytes.lowerBound, source.lowerBound)
      runs[runs.count - 1].bytes = lower..<max(last.bytes.upperBound, source.upperBound)
    } else {
      utf8 += pending
      let start = utf8.count
      utf8 += text
      runs.append(Source.Run(span: Span(start, utf8.count), bytes: source, path: path))
    }
    pending = []
  }

  /// White space of XML: the spaces that typography sets by purpose (no-break, thin) are text.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
