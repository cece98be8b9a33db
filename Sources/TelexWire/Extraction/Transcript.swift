/// Bytes of text together with where each of them came from, through any number of layers of decoding: character
/// references, escapes, transfer encodings.
///
/// A piece is either a copy, byte for byte, of its source, or one indivisible thing (`&eacute;`, `\u00e9`, `=E9`).
package struct Transcript: Sendable {
  package struct Piece: Sendable, Equatable {
    /// Half-open range of `bytes`.
    package var range: Range<Int>
    /// Half-open range of the source.
    package var source: Range<Int>
    /// Whether the range is a copy of the source.
    package var isCopy: Bool
  }

  /// More pieces than any dispatch has; what comes behind them is one.
  private static let maximumPieces = 200_000

  /// Valid UTF-8, where it is text and not yet bytes of some charset.
  package private(set) var bytes: [UInt8] = []
  /// In order, without gaps.
  package private(set) var pieces: [Piece] = []

  package init() {}

  /// A copy of a whole source.
  package init(copyOf utf8: [UInt8]) {
    bytes = utf8
    if !utf8.isEmpty { pieces = [Piece(range: 0..<utf8.count, source: 0..<utf8.count, isCopy: true)] }
  }

  package var count: Int { bytes.count }

  package mutating func append(copy: some Collection<UInt8>, from start: Int) {
    append(copy, Piece(range: 0..<0, source: start..<start + copy.count, isCopy: true))
  }

  /// Text that stands for something else in the source.
  package mutating func append(_ text: some Collection<UInt8>, for source: Range<Int>) {
    append(text, Piece(range: 0..<0, source: source, isCopy: false))
  }

  private mutating func append(_ text: some Collection<UInt8>, _ piece: Piece) {
    guard !text.isEmpty else { return }
    let start = bytes.count
    bytes.append(contentsOf: text)
    if let last = pieces.last, last.isCopy, piece.isCopy, last.source.upperBound == piece.source.lowerBound {
      pieces[pieces.count - 1].range = last.range.lowerBound..<bytes.count
      pieces[pieces.count - 1].source = last.source.lowerBound..<piece.source.upperBound
    } else if pieces.count >= Self.maximumPieces, let last = pieces.last {
      let source =
        min(last.source.lowerBound, piece.source.lowerBound)..<max(last.source.upperBound, piece.source.upperBound)
      pieces[pieces.count - 1] = Piece(range: last.range.lowerBound..<bytes.count, source: source, isCopy: false)
    } else {
      pieces.append(Piece(range: start..<bytes.count, source: piece.source, isCopy: piece.isCopy))
    }
  }

  /// The pieces that a range touches, cut to it where they are copies.
  package func pieces(in range: Range<Int>) -> [Piece] {
    guard !range.isEmpty else { return [] }
    var index = firstPiece(endingAfter: range.lowerBound)
    var found: [Piece] = []
    while index < pieces.count, pieces[index].range.lowerBound < range.upperBound {
      found.append(pieces[index].cut(to: range))
      index += 1
    }
    return found
  }

  /// Smallest range of the source that holds what a range came from.
  package func source(of range: Range<Int>) -> Range<Int>? {
    guard !range.isEmpty, let first = pieces(in: range.lowerBound..<range.lowerBound + 1).first,
      let last = pieces(in: range.upperBound - 1..<range.upperBound).first
    else { return nil }
    return min(first.source.lowerBound, last.source.lowerBound)..<max(first.source.upperBound, last.source.upperBound)
  }

  /// Part of this as a transcript of the same source.
  package func part(_ range: Range<Int>) -> Transcript {
    var part = Transcript()
    part.append(self, range)
    return part
  }

  /// Appends a part of another transcript of the same source.
  package mutating func append(_ other: Transcript, _ range: Range<Int>) {
    for piece in other.pieces(in: range) { append(other.bytes[piece.range], piece) }
  }

  private func firstPiece(endingAfter offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Transcript.Piece {
  fileprivate func cut(to other: Range<Int>) -> Self {
    let cut = range.clamped(to: other)
    guard isCopy else { return Self(range: cut, source: source, isCopy: false) }
    let start = source.lowerBound + cut.lowerBound - range.lowerBound
    return Self(range: cut, source: start..<start + cut.count, isCopy: true)
  }
}
