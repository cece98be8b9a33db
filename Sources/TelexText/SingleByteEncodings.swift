/// Encodings of one byte a character (`Resources/encodings.txt`), and which of them some bytes are in.
package struct SingleByteEncodings: Sendable {
  struct Table: Sendable {
    let name: String
    /// Code points of the bytes 80 to FF; 0 where a byte has none.
    let scalars: [UInt32]
  }

  /// In the order in which they win where they are equal.
  private let tables: [Table]
  private let aliases: [String: String]
  private let frequent: Set<UInt32>
  private let possible: Set<UInt32>

  /// - Throws: `ResourceError` where the tables can't be read or are damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let file = try ResourceTable("encodings.txt", of: "TelexText", in: resources)
    var tables: [Table] = []
    var aliases: [String: String] = [:]
    var classes: [String: Set<UInt32>] = [:]
    for row in file.rows {
      switch (row.fields[0], row.fields.count) {
      case ("table", 3):
        let scalars = row.fields[2].split(separator: " ").map { UInt32($0, radix: 16) ?? 0 }
        guard scalars.count == 128 else { throw file.error(row, "128 code points are due") }
        tables.append(Table(name: row.fields[1], scalars: scalars))
      case ("alias", 3): aliases[row.fields[1]] = row.fields[2]
      case ("frequent", 2), ("possible", 2):
        classes[row.fields[0]] = Set(row.fields[1].unicodeScalars.map(\.value))
      default: throw file.error(row, "no such line: \(row.fields[0])")
      }
    }
    guard !tables.isEmpty else { throw ResourceError(path: file.path, message: "holds no table") }
    self.tables = tables
    self.aliases = aliases
    frequent = classes["frequent"] ?? []
    possible = classes["possible"] ?? []
  }

  /// The name of an encoding as we give it, from a document's own label; nil where we know none of it.
  package func name(ofLabel label: String) -> String? { aliases[label.lowercased()] }

  /// The table of that name. ISO-8859-1 is read as Windows-1252, which holds the same and more, as all do.
  func table(_ name: String) -> Table? { tables.first { $0.name == (name == "iso-8859-1" ? "windows-1252" : name) } }

  /// The encoding in which the bytes read most like French.
  func likeliest(_ bytes: UnsafeBufferPointer<UInt8>) -> Table {
    let sample = UnsafeBufferPointer(rebasing: bytes[..<min(bytes.count, 1 << 18)])
    var best = (table: tables[0], score: Int.min)
    for table in tables {
      let score = score(sample, table)
      if score > best.score { best = (table, score) }
    }
    return best.table
  }

  /// Sum of how well each byte beyond ASCII fits its neighbours.
  private func score(_ bytes: UnsafeBufferPointer<UInt8>, _ table: Table) -> Int {
    func isLetter(_ index: Int) -> Bool {
      guard index >= 0, index < bytes.count else { return false }
      let byte = bytes[index]
      if byte < 0x80 { return byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
      return CharacterClasses.of(table.scalars[Int(byte) - 0x80]).isLetter
    }
    var score = 0
    for index in 0..<bytes.count where bytes[index] >= 0x80 {
      let scalar = table.scalars[Int(bytes[index]) - 0x80]
      guard scalar != 0 else {
        score -= 8
        continue
      }
      score += frequent.contains(scalar) ? 3 : possible.contains(scalar) ? 0 : -4
      let isInside = isLetter(index - 1) && isLetter(index + 1)
      switch CharacterClasses.of(scalar) {
      case .lower: score += isInside || scalar == 0xE0 ? 1 : 0
      case .upper: score -= isInside && index > 0 && bytes[index - 1] >= 0x61 && bytes[index - 1] < 0x80 ? 4 : 0
      case .apostrophe: score += isInside ? 1 : 0
      default: score -= isInside ? 4 : 0
      }
    }
    return score
  }

  /// The text in UTF-8, and where in it U+FFFD stands for a byte that has no character.
  func decoded(_ bytes: UnsafeBufferPointer<UInt8>, _ table: Table) -> (utf8: [UInt8], replaced: [Int]) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    var replaced: [Int] = []
    for byte in bytes {
      if byte < 0x80 {
        output.append(byte)
      } else if let scalar = Unicode.Scalar(table.scalars[Int(byte) - 0x80]), scalar.value != 0,
        let encoded = UTF8.encode(scalar)
      {
        output.append(contentsOf: encoded)
      } else {
        replaced.append(output.count)
        output.append(contentsOf: UTF8Validation.replacement)
      }
    }
    return (output, replaced)
  }
}
