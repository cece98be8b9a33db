/// Rows by 64-bit key, in an open table: half of the key is kept, so a key that isn't there is taken for one that is about
/// once in four thousand million times.
package struct KeyTable: Sendable {
  private let keys: Column<UInt32>
  private let rows: Column<UInt16>

  package init(keys: Column<UInt32>, rows: Column<UInt16>) {
    self.keys = keys
    self.rows = rows
  }

  /// The row of a key; 0 where it has none.
  @inline(__always)
  package subscript(key key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    let wanted = UInt32(truncatingIfNeeded: key &>> 32) | 1
    while keys.base[slot] != 0 {
      if keys.base[slot] == wanted { return Int(rows.base[slot]) }
      slot = (slot + 1) & mask
    }
    return 0
  }

  /// The two columns for keys that get the rows 1, 2, 3 … in order.
  package static func columns(_ list: [UInt64]) -> (keys: [UInt32], rows: [UInt16]) {
    var size = 16
    while size < list.count * 2 { size *= 2 }
    var keys = [UInt32](repeating: 0, count: size)
    var rows = [UInt16](repeating: 0, count: size)
    for (index, key) in list.enumerated() {
      var slot = Int(truncatingIfNeeded: key) & (size - 1)
      while keys[slot] != 0 { slot = (slot + 1) & (size - 1) }
      keys[slot] = UInt32(truncatingIfNeeded: key >> 32) | 1
      rows[slot] = UInt16(index + 1)
    }
    return (keys, rows)
  }
}
