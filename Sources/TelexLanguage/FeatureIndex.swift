import TelexText

/// The numbers of features by their hashes: a hash table in which each feature stands within eight slots from its own
/// (Herlihy, Shavit and Tzafrir, "Hopscotch Hashing", 2008), so that one comparison of eight finds it.
///
/// Of a hash the table keeps 16 bits: a feature that isn't there is taken for one that is about once in ten thousand times.
package struct FeatureIndex: Sendable {
  /// Slots that are looked at.
  package static let reach = 8

  /// Fingerprint (upper half) and number of each feature, 0 for a free slot; behind them seven more, so that nothing is wrapped.
  package let slots: Column<UInt32>
  /// The highest number of a feature.
  private let highest: UInt32

  package init(slots: Column<UInt32>) {
    self.slots = slots
    var highest: UInt32 = 0
    for slot in 0..<slots.count { highest = max(highest, slots.base[slot] & 0xFFFF) }
    self.highest = highest
  }

  /// Whether all reads stay within the tables, and all numbers below `count`.
  func isSound(rows count: Int) -> Bool {
    slots.count >= Self.reach && slots.count < Int(UInt32.max) && Int(highest) < count
  }

  @inline(__always)
  package static func fingerprint(_ feature: UInt64) -> UInt32 { max(1, UInt32(truncatingIfNeeded: feature &>> 48)) }

  /// The first slot in which a feature can stand, of so many that can be a first one (fewer than 2³²).
  @inline(__always)
  package static func home(_ feature: UInt64, of count: Int) -> Int {
    // The lower half as a fraction of one: the table need not be a power of two.
    Int(truncatingIfNeeded: ((feature & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// Writes the numbers of those features that are known; returns how many.
  ///
  /// Memory is read for all features before anything else is done with it, as it is slow but can be asked for many places at a
  /// time; and nothing has a branch that depends on whether a feature is known, as that is as good as random.
  ///
  /// - Parameter found: room for one number more than there are features.
  package func find(_ features: UnsafePointer<UInt64>, _ count: Int, _ found: UnsafeMutablePointer<Int32>) -> Int {
    let homes = slots.count &- (Self.reach &- 1)
    var touched: UInt32 = 0
    for index in 0..<count {
      let window = slots.base + Self.home(features[index], of: homes)
      touched ^= window[0] ^ window[Self.reach &- 1]
    }
    found[0] = Int32(truncatingIfNeeded: touched)
    var hits = 0
    for index in 0..<count {
      let window = UnsafeRawPointer(slots.base + Self.home(features[index], of: homes))
      let wanted = SIMD4<UInt32>(repeating: Self.fingerprint(features[index]))
      // No two of the eight are alike, so what is left is the slot of the feature, or nothing. In a table that isn't as it should
      // be two might be, so the number is kept below what there is.
      let four =
        Self.same(window.loadUnaligned(as: SIMD4<UInt32>.self), wanted)
        | Self.same(window.loadUnaligned(fromByteOffset: 16, as: SIMD4<UInt32>.self), wanted)
      let two = unsafeBitCast(four, to: SIMD2<UInt64>.self)
      let one = two[0] | two[1]
      let slot = UInt32(truncatingIfNeeded: one | (one &>> 32))
      found[hits] = Int32(truncatingIfNeeded: min(slot & 0xFFFF, highest))
      // One more for every fingerprint but 0; as a condition it would become a branch.
      hits &+= Int(truncatingIfNeeded: ((slot &>> 16) &+ 0xFFFF) &>> 16)
    }
    return hits
  }

  /// Those of four slots that have a fingerprint, nothing of the others.
  @inline(__always)
  private static func same(_ slots: SIMD4<UInt32>, _ fingerprint: SIMD4<UInt32>) -> SIMD4<UInt32> {
    SIMD4<UInt32>.zero.replacing(with: slots, where: (slots &>> 16) .== fingerprint)
  }
}
