/// Numbers by folded hash of a word, in open addressing: a look-up is a few instructions, whatever the word.
package struct WordTable: Sendable {
  @usableFromInline
  package struct Slot: Sendable {
    @usableFromInline package var hash: UInt64
    /// -1 where the slot is free.
    @usableFromInline package var value: Int32

    init(hash: UInt64 = 0, value: Int32 = -1) {
      self.hash = hash
      self.value = value
    }
  }

  /// A power of two, at most half of them taken.
  @usableFromInline package private(set) var slots: [Slot]
  /// Bits, eight for each slot, set at the words' hashes (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable
  /// Errors", 1970): most words that are looked up are in no list, and this small table is read for them alone.
  @usableFromInline package private(set) var marks: [UInt64]
  private var count = 0

  package init() {
    slots = [Slot](repeating: Slot(), count: 64)
    marks = [UInt64](repeating: 0, count: 64 / 8)
  }

  @inlinable
  static func mark(_ hash: UInt64, _ bits: Int) -> Int { Int(truncatingIfNeeded: hash &>> 20) & (bits - 1) }

  /// The number of a word, or -1.
  @inlinable
  package func find(_ hash: UInt64) -> Int32 {
    let mark = Self.mark(hash, marks.count * 64)
    guard marks[mark &>> 6] &>> UInt64(truncatingIfNeeded: mark & 63) & 1 != 0 else { return -1 }
    return slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var index = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
      while slots[index].value >= 0 {
        if slots[index].hash == hash { return slots[index].value }
        index = (index + 1) & mask
      }
      return -1
    }
  }

  /// Gives a word a number, 0 or more, instead of the one it had.
  package mutating func set(_ hash: UInt64, _ value: Int32) {
    if count * 2 >= slots.count { grow() }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while slots[index].value >= 0, slots[index].hash != hash { index = (index + 1) & mask }
    if slots[index].value < 0 { count += 1 }
    slots[index] = Slot(hash: hash, value: max(0, value))
    let mark = Self.mark(hash, marks.count * 64)
    marks[mark >> 6] |= 1 << UInt64(mark & 63)
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    marks = [UInt64](repeating: 0, count: slots.count / 8)
    count = 0
    for slot in old where slot.value >= 0 { set(slot.hash, slot.value) }
  }
}
