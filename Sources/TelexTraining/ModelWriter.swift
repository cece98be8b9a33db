package import Foundation
package import TelexLanguage

/// Writes the tables of one model as `ModelFile` reads them.
package struct ModelWriter {
  private var sections: [(name: String, bytes: [UInt8])] = []

  package init() {}

  /// Adds a table; names have at most 16 bytes.
  package mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
    precondition(name.utf8.count <= 16, "a section's name has at most 16 bytes")
    sections.append((name, elements.withUnsafeBytes(Array.init)))
  }

  package mutating func add<Element: BitwiseCopyable>(_ name: String, _ column: Column<Element>) {
    add(name, Array(UnsafeBufferPointer(start: column.base, count: column.count)))
  }

  /// Adds the three tables of a `WordAutomaton`.
  package mutating func add(_ automaton: AutomatonTables) {
    add("edges", automaton.edges)
    add("skips", automaton.skips)
    add("far-skips", automaton.farSkips)
  }

  /// Adds the three tables of a `SparseColumn`: elements that are `none` have no value.
  package mutating func addSparse<Element: BitwiseCopyable & Equatable>(
    _ name: String, _ elements: [Element], none: Element
  ) {
    var bits = [UInt64](repeating: 0, count: (elements.count + 63) / 64)
    var ranks = [UInt32](repeating: 0, count: bits.count)
    var values: [Element] = []
    for (number, element) in elements.enumerated() {
      if number % 64 == 0 { ranks[number / 64] = UInt32(values.count) }
      guard element != none else { continue }
      bits[number / 64] |= 1 << UInt64(number % 64)
      values.append(element)
    }
    add(name, values)
    add(name + "-bits", bits)
    add(name + "-rank", ranks)
  }

  package func write(to url: URL) throws {
    var table: [UInt8] = []
    var body: [UInt8] = []
    let first = aligned(ModelFile.headerSize + sections.count * ModelFile.entrySize)
    for (name, bytes) in sections {
      body.append(contentsOf: [UInt8](repeating: 0, count: aligned(body.count) - body.count))
      table.append(contentsOf: Array(name.utf8) + [UInt8](repeating: 0, count: 16 - name.utf8.count))
      table.append(contentsOf: littleEndian(UInt64(first + body.count)))
      table.append(contentsOf: littleEndian(UInt64(bytes.count)))
      body.append(contentsOf: bytes)
    }
    let padding = [UInt8](repeating: 0, count: first - ModelFile.headerSize - table.count)
    let content = table + padding + body
    let header =
      ModelFile.magic + littleEndian(ModelFile.version) + littleEndian(UInt32(sections.count))
      + littleEndian(content.withUnsafeBytes(checksum))
    try Data(header + content).write(to: url, options: .atomic)
  }

  private func aligned(_ offset: Int) -> Int { (offset + 63) / 64 * 64 }

  private func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}
