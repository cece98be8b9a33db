/// Converts between offsets in UTF-8 bytes, which the engine uses, and in Unicode scalars (code points), which the
/// result uses. Built in one pass over the text; each conversion looks at no more than one stride of it.
package struct OffsetMap: Sendable {
  private static let stride = 64

  private let utf8: [UInt8]
  /// Scalars that begin before byte `index * stride`.
  private let counts: [UInt32]
  /// Scalars in the whole text.
  package let scalars: Int

  /// - Parameter utf8: valid UTF-8.
  package init(_ utf8: [UInt8]) {
    var counts: [UInt32] = []
    counts.reserveCapacity(utf8.count / Self.stride + 1)
    var total = 0
    utf8.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        counts.append(UInt32(truncatingIfNeeded: total))
        let end = min(index + Self.stride, bytes.count)
        while index < end {
          if bytes[index] & 0xC0 != 0x80 { total += 1 }
          index += 1
        }
      }
    }
    self.utf8 = utf8
    self.counts = counts
    scalars = total
  }

  /// Scalars that begin before a byte offset. An offset outside the text counts as its nearest end.
  package func scalar(ofByte offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    guard offset < utf8.count else { return scalars }
    let block = offset / Self.stride
    var count = Int(counts[block])
    for index in block * Self.stride..<offset where utf8[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The byte at which a scalar begins; the end of the text for one behind the last.
  package func byte(ofScalar offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    guard offset < scalars else { return utf8.count }
    var low = 0
    var high = counts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(counts[middle]) <= offset { low = middle } else { high = middle }
    }
    var count = Int(counts[low])
    var index = low * Self.stride
    while index < utf8.count {
      if utf8[index] & 0xC0 != 0x80 {
        if count == offset { return index }
        count += 1
      }
      index += 1
    }
    return utf8.count
  }

  /// The span within the text and on character boundaries, widened where it cuts a character.
  package func aligned(_ span: Span) -> Span {
    var start = min(max(span.start, 0), utf8.count)
    var end = min(max(span.end, start), utf8.count)
    while start > 0, start < utf8.count, utf8[start] & 0xC0 == 0x80 { start -= 1 }
    while end < utf8.count, utf8[end] & 0xC0 == 0x80 { end += 1 }
    return Span(start, end)
  }
}
