import TelexModel

/// Text without markup inside a structured format: paragraphs end at a blank line.
enum PlainBlocks {
  /// A line from here on is rather a paragraph of its own than a line of one that was broken, in bytes.
  private static let longLine = 120

  /// Appends each paragraph of a range as a block.
  static func append(
    _ transcript: Transcript, _ range: Range<Int>, path: String, role: Block.Role = .paragraph,
    to assembly: inout TextAssembly
  ) {
    let lines = lines(transcript.bytes, range)
    let hasBlank = lines.dropLast().contains { isBlank(transcript.bytes[$0]) }
    let isLong = lines.contains { $0.count > longLine }
    assembly.begin(role)
    for line in lines {
      if isBlank(transcript.bytes[line]) || !hasBlank && isLong { assembly.begin(role) }
      // Each line begins behind its newline, so that the white space between two of them is one stretch.
      assembly.append(transcript, line, path: path, whiteSpace: .kept)
      assembly.lineBreak()
    }
    assembly.end()
  }

  static func append(_ element: Element, role: Block.Role = .paragraph, to assembly: inout TextAssembly) {
    append(element.tree.transcript, element.textRange, path: element.path, role: role, to: &assembly)
  }

  /// More lines than any dispatch has; what comes behind them is one.
  private static let maximumLines = 200_000

  /// The lines of a range, without their ends.
  static func lines(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    var index = start
    while index < range.upperBound, lines.count < maximumLines {
      if bytes[index] == 0x0A || bytes[index] == 0x0D {
        lines.append(start..<index)
        if bytes[index] == 0x0D, index + 1 < range.upperBound, bytes[index + 1] == 0x0A { index += 1 }
        start = index + 1
      }
      index += 1
    }
    if start < range.upperBound { lines.append(start..<range.upperBound) }
    return lines
  }

  static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(TextAssembly.isSpace) }
}
