import TelexText

/// What the parser's network knows of a word's properties: a table for each, whose rows are added up.
package struct WordTables: Sendable {
  private let tables: [Table]
  private let words: KeyTable
  private let endings: KeyTable
  private let rowLength: Int

  /// Rows of eight-bit numbers, each counting `scale`.
  private struct Table: Sendable {
    var values: Column<Int8>
    var scale: Int16
  }

  /// The tables in the order of `scales`; the last is the root's one row.
  package static let names = ["words", "endings", "tags", "sets", "brown", "shapes", "vectors", "root"]

  /// - Parameter rowLength: a multiple of sixteen.
  /// - Throws: `ResourceError` where tables are missing or have no whole rows.
  init(_ file: ModelFile, rowLength: Int) throws(ResourceError) {
    let scales: Column<Int16> = try file.section("scales")
    guard scales.count == Self.names.count else {
      throw ResourceError(path: file.path, message: "has a table scales of the wrong size")
    }
    var tables: [Table] = []
    for (index, name) in Self.names.enumerated() {
      let values: Column<Int8> = try file.section(name)
      guard values.count > 0, values.count % rowLength == 0 else {
        throw ResourceError(path: file.path, message: "has a table \(name) of the wrong size")
      }
      tables.append(Table(values: values, scale: scales[index]))
    }
    self.tables = tables
    self.rowLength = rowLength
    words = KeyTable(keys: try file.section("words-keys"), rows: try file.section("words-rows"))
    endings = KeyTable(keys: try file.section("endings-keys"), rows: try file.section("endings-rows"))
  }

  /// A row of one of the tables.
  private struct Row {
    var values: UnsafePointer<Int8>
    var scale: Int16
  }

  /// Rows of one word; the root has one.
  private static let mostRows = 7

  /// Writes the sum of the rows of each word, and of the root behind the last.
  ///
  /// - Parameter sums: room for `inputs.count + 1` rows.
  func sum(_ inputs: ArraySlice<ParserInput>, into sums: UnsafeMutablePointer<SIMD8<Int16>>) {
    withUnsafeTemporaryAllocation(of: Row.self, capacity: (inputs.count + 1) * Self.mostRows) { rows in
      guard let rows = rows.baseAddress else { return }
      find(inputs, rows, touch: sums)
      for place in 0...inputs.count {
        let (rows, sums) = (rows + place * Self.mostRows, sums + place * (rowLength / 8))
        for group in 0..<rowLength / 16 {
          var (first, second) = (SIMD8<Int16>.zero, SIMD8<Int16>.zero)
          for row in 0..<Self.mostRows {
            FixedPoint.add(rows[row].values + group &* 16, scale: rows[row].scale, to: &first, &second)
          }
          sums[group &* 2] = first
          sums[group &* 2 &+ 1] = second
        }
      }
    }
  }

  /// Finds the rows of all words and of the root behind them, `mostRows` for each, of scale 0 where there are fewer.
  ///
  /// Memory is slower than adding, and can be asked for many rows at a time if nothing else is between: so a byte of each line
  /// of each row is read, and something of them written to `touch`.
  private func find(
    _ inputs: ArraySlice<ParserInput>, _ rows: UnsafeMutablePointer<Row>, touch: UnsafeMutablePointer<SIMD8<Int16>>
  ) {
    var target = rows
    var touched: Int8 = 0
    func add(_ table: Int, _ row: Int) {
      let values = tables[table].values
      let isThere = row >= 0 && (row + 1) * rowLength <= values.count
      let base = values.base + (isThere ? row * rowLength : 0)
      target.initialize(to: Row(values: base, scale: isThere ? tables[table].scale : 0))
      target += 1
      for line in stride(from: 0, to: rowLength, by: 64) { touched ^= base[line] }
    }
    for input in inputs {
      let brown = input.brown == 0 ? 0 : Int(input.brown) &>> max(0, 5 - input.brown.leadingZeroBitCount)
      add(0, words[key: input.word])
      add(1, endings[key: input.ending])
      add(2, Int(input.tag.rawValue))
      add(3, input.set)
      add(4, brown)
      add(5, input.shape)
      add(6, input.vector - 1)
    }
    add(tables.count - 1, 0)
    for _ in 1..<Self.mostRows { add(tables.count - 1, -1) }
    touch.initialize(to: SIMD8(repeating: Int16(touched)))
  }
}
