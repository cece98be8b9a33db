import TelexModel

extension Array<Mention> {
  /// The mentions that begin within a span; the array is in reading order.
  func beginning(in span: Span) -> ArraySlice<Mention> {
    func first(_ offset: Int) -> Int {
      var low = 0
      var high = count
      while low < high {
        let middle = (low + high) / 2
        if self[middle].span.start < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let start = first(span.start)
    return self[start..<Swift.max(start, first(span.end))]
  }
}
