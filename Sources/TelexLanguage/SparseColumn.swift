package import TelexText

/// A table in which most numbers have no value: a bit for each number says whether it has one, and the values stand behind
/// each other. The place of a value is the count of bits before its own (rank; Jacobson, "Space-efficient Static Trees
/// and Graphs", 1989), counted beforehand for each 64 bits.
package struct SparseColumn<Element: BitwiseCopyable & Sendable>: Sendable {
  private let bits: Column<UInt64>
  /// By 64 bits: values before them.
  private let ranks: Column<UInt32>
  private let values: Column<Element>

  package init(bits: Column<UInt64>, ranks: Column<UInt32>, values: Column<Element>) {
    self.bits = bits
    self.ranks = ranks
    self.values = values
  }

  /// The table `NAME` of three sections: `NAME`, `NAME-bits`, `NAME-rank`.
  ///
  /// - Throws: `ResourceError` where one is missing.
  package init(_ name: String, in file: ModelFile) throws(ResourceError) {
    self.init(
      bits: try file.section(name + "-bits"), ranks: try file.section(name + "-rank"), values: try file.section(name))
  }

  /// The value of a number, nil where it has none.
  package subscript(number: Int) -> Element? {
    @inline(__always) get {
      let word = bits[number &>> 6]
      let bit: UInt64 = 1 &<< (UInt64(truncatingIfNeeded: number) & 63)
      guard word & bit != 0 else { return nil }
      return values[Int(ranks[number &>> 6]) + (word & (bit &- 1)).nonzeroBitCount]
    }
  }
}
