import TelexModel
package import TelexText

/// Reads the structure of a dispatch: blocks with their roles, sentences, and what the conventions of the wire say about
/// the item (level, dateline, byline, take, notes, sign-off).
///
/// A `lead` is the first paragraph behind a headline or dateline, or what the format marks as one; without either, the
/// first paragraph is a paragraph like the others. Sentences are those of leads and paragraphs: headlines and intertitles
/// are blocks, not sentences, and no sentence crosses a block.
package struct StructureAnnotator: Annotator {
  let conventions: WireConventions
  let datelines: DatelineParser
  let splitter: SentenceSplitter
  let embargoes: EmbargoReader

  /// - Throws: `ResourceError` where the conventions or names can't be read.
  package init(resources: ResourceDirectory, tokenizer: Tokenizer) throws(ResourceError) {
    conventions = try WireConventions(resources: resources, tokenizer: tokenizer)
    datelines = DatelineParser(
      conventions: conventions, dates: try DateReader(resources: resources), rules: tokenizer.rules)
    splitter = SentenceSplitter(rules: tokenizer.rules)
    embargoes = try EmbargoReader(resources: resources)
  }

  package func annotate(_ document: inout Document) {
    var reading = StructureReading(document, conventions: conventions, datelines: datelines)
    reading.read()
    reading.readEmbargo(embargoes, header: document.diagnostics.first { $0.code == "unread-embargo" }?.span)
    reading.readWithdrawal()
    if reading.item.embargoedUntil != nil { document.diagnostics.removeAll { $0.code == "unread-embargo" } }
    document.item = reading.item
    document.documentTime = reading.documentTime
    document.diagnostics += reading.diagnostics
    let fixed = document.blocks.filter { $0.role == .header }.map { ($0.role, $0.span) }
    document.blocks = (fixed + reading.blocks).sorted { $0.1 < $1.1 }.enumerated().map { index, block in
      Block(id: "b\(index + 1)", role: block.0, span: block.1)
    }
    document.sentences = []
    for block in document.blocks where block.role == .lead || block.role == .paragraph {
      for span in splitter.sentences(of: document.text, document.tokens, in: block.span) {
        document.sentences.append(Sentence(span: span, block: block.id))
      }
    }
  }
}

/// One reading of one document's structure.
struct StructureReading {
  let text: SourceText
  let tokens: [Token]
  let hashes: [UInt64]
  let conventions: WireConventions
  let datelines: DatelineParser
  var pieces: [Piece]
  var item: Item
  var documentTime: DocumentTime
  var diagnostics: [Diagnostic] = []
  var blocks: [(Block.Role, Span)] = []
  /// Notes that announce an embargo.
  var embargoNotes: [Span] = []
  /// A headline or dateline stands before the first paragraph.
  var hasHead = false
  /// The format gave a dateline of its own.
  var hasGivenDateline = false

  init(_ document: Document, conventions: WireConventions, datelines: DatelineParser) {
    text = document.text
    tokens = document.tokens
    hashes = document.hashes
    self.conventions = conventions
    self.datelines = datelines
    item = document.item
    documentTime = document.documentTime
    pieces = Self.pieces(of: document)
  }

  /// The paragraphs of the text behind its header; those of the format where it gives them.
  private static func pieces(of document: Document) -> [Piece] {
    let given = document.blocks.filter { $0.role != .header }
    if !given.isEmpty {
      // A format that marks no intertitle may send them as paragraphs: then paragraphs are looked at like plain text.
      let isMarked = given.contains { $0.role == .intertitle }
      return given.map { block in
        let preset = block.role == .paragraph && !isMarked ? nil : block.role
        return Piece(span: block.span, tokens: document.tokens.indices(in: block.span), preset: preset)
      }
    }
    let start = document.blocks.filter { $0.role == .header }.map(\.span.end).max() ?? 0
    let lines = TextLines(of: document.text, in: Span(start, document.text.utf8.count))
    let blanks = Set(lines.lines.lazy.filter(\.followsBlank).map(\.span.start))
    return lines.paragraphs(of: document.text).compactMap { span in
      let indices = document.tokens.indices(in: span)
      return indices.isEmpty ? nil : Piece(span: span, tokens: indices, followsBlank: blanks.contains(span.start))
    }
  }

  mutating func read() {
    let body = readHead()
    let tail = readTail(from: body)
    readBody(body..<tail)
  }

  func shape(_ piece: Piece) -> PieceShape { PieceShape(piece, tokens, text) }

  func matches(_ kind: String, at index: Int, in piece: Piece) -> (value: String, count: Int)? {
    conventions.match(kind, at: index, until: piece.tokens.upperBound, tokens, text)
  }

  func span(_ range: Range<Int>) -> Span {
    guard let first = range.first, let last = range.last else { return Span(0, 0) }
    return Span(Int(tokens[first].start), Int(tokens[last].end))
  }

  func bytes(_ index: Int) -> ArraySlice<UInt8> { text.utf8[tokens[index].range] }

  func isMark(_ index: Int, _ mark: Unicode.Scalar) -> Bool { bytes(index).elementsEqual([byteOf(mark)]) }

  mutating func add(_ role: Block.Role, _ range: Range<Int>) {
    if !range.isEmpty { blocks.append((role, span(range))) }
  }
}
