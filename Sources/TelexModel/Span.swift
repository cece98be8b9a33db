/// A half-open range of the dispatch's text, in UTF-8 bytes of `Analysis.text`.
///
/// Everything inside the engine counts bytes. The result counts Unicode scalars; `ResultEncoder` converts once, at
/// publication.
package struct Span: Hashable, Sendable, Comparable {
  /// Offset of the first byte.
  package var start: Int
  /// Offset behind the last byte.
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Length in bytes.
  package var count: Int { end - start }
  package var isEmpty: Bool { end <= start }
  package var range: Range<Int> { start..<max(start, end) }

  package func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
  package func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }

  /// Reading order: by start, and of two that start together the longer first.
  package static func < (a: Span, b: Span) -> Bool { a.start != b.start ? a.start < b.start : a.end > b.end }
}
