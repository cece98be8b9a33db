/// The numbers of features by their hashes: a hash table in which each feature stands within eight slots from its own
/// (Herlihy, Shavit and Tzafrir, "Hopscotch Hashing", 2008), so that one comparison of eight finds it.
///
/// Of a hash the table keeps 16 bits: a feature that isn't there is taken for one that is about once in ten thousand times.
package struct FeatureIndex: Sendable {
  /// Slots that are looked at.
  package static let reach = 8

  /// By slot: 0 for a free one. A power of two of slots, and seven more, so that nothing is wrapped.
  package let fingerprints: Column<UInt16>
  /// By slot.
  package let rows: Column<UInt16>
  /// A constant, kept where the compiler can't take it to pieces.
  private let places = SIMD8<UInt16>(1, 2, 3, 4, 5, 6, 7, 8)

  package init(fingerprints: Column<UInt16>, rows: Column<UInt16>) {
    self.fingerprints = fingerprints
    self.rows = rows
  }

  /// Whether all reads stay within the tables.
  func isSound(rows count: Int) -> Bool {
    let size = fingerprints.count - (Self.reach - 1)
    return size > 0 && size.nonzeroBitCount == 1 && rows.count == fingerprints.count
      && (0..<rows.count).allSatisfy { Int(rows.base[$0]) < count }
  }

  @inline(__always)
  package static func fingerprint(_ feature: UInt64) -> UInt16 { max(1, UInt16(truncatingIfNeeded: feature &>> 48)) }

  /// Writes the numbers of those features that are known; returns how many.
  ///
  /// Each step reads memory for all features before anything else is done with it, as memory is slow but can be asked for many
  /// places at a time; and none has a branch that depends on whether a feature is known, as that is as good as random.
  ///
  /// - Parameter found: room for one number more than there are features.
  package func find(_ features: UnsafePointer<UInt64>, _ count: Int, _ found: UnsafeMutablePointer<Int32>) -> Int {
    let mask = fingerprints.count - Self.reach
    let table = UnsafeRawPointer(fingerprints.base)
    let places = places
    var touched: UInt16 = 0
    for index in 0..<count {
      let slot = Int(truncatingIfNeeded: features[index]) & mask
      touched ^= fingerprints.base[slot] ^ fingerprints.base[slot &+ Self.reach &- 1] ^ rows.base[slot]
    }
    found[0] = Int32(touched)
    var hits = 0
    for index in 0..<count {
      let slot = Int(truncatingIfNeeded: features[index]) & mask
      let eight = table.loadUnaligned(fromByteOffset: slot &* 2, as: SIMD8<UInt16>.self)
      let difference = eight ^ SIMD8(repeating: Self.fingerprint(features[index]))
      let isSame = ((difference | (0 &- difference)) &>> 15) ^ 1
      let lanes = unsafeBitCast(isSame &* places, to: SIMD2<UInt64>.self)
      // No two of the eight are alike, so one of eight fields holds the place, or none.
      var place = lanes[0] | lanes[1]
      place |= place &>> 32
      place |= place &>> 16
      let number = Int(truncatingIfNeeded: place & 15)
      found[hits] = Int32(truncatingIfNeeded: slot &+ number &- 1)
      hits &+= (number &+ 7) &>> 3
    }
    let last = Int32(truncatingIfNeeded: rows.count - 1)
    for hit in 0..<hits { found[hit] = Int32(rows.base[Int(min(found[hit], last))]) }
    return hits
  }
}
