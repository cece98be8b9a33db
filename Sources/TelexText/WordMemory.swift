/// What was made of the words that were seen last, for as long as they are: a text uses the same words again and again, and so
/// does the next text.
///
/// A table of sets of four places, of which the one that was asked for longest ago is given up (set-associative, least
/// recently used). A word is known by its bytes and not by a hash, so no text can make a word mean what another one does; it
/// can only make others be forgotten. One thread at a time may use it.
package final class WordMemory<Value: BitwiseCopyable> {
  private typealias Spelling = SIMD4<UInt64>

  /// Bytes. Longer words are made anew each time: the last byte of a spelling holds its length.
  package static var longestWord: Int { MemoryLayout<Spelling>.size - 1 }
  private static var ways: Int { 4 }

  private let mask: UInt64
  private let spellings: UnsafeMutablePointer<Spelling>
  /// When each place was asked for. After four billion words it begins again, and for a moment the wrong ones are given up.
  private let moments: UnsafeMutablePointer<UInt32>
  /// One more than there are places, for words that aren't remembered.
  private let values: UnsafeMutablePointer<Value>
  private let places: Int
  private var now: UInt32 = 0
  /// How many values were made.
  package private(set) var made = 0

  /// - Parameter sets: of four places each; a power of two.
  package init(sets: Int) {
    precondition(sets > 0 && sets.nonzeroBitCount == 1)
    mask = UInt64(sets - 1)
    places = sets * Self.ways
    spellings = .allocate(capacity: places)
    spellings.initialize(repeating: .zero, count: places)
    moments = .allocate(capacity: places)
    moments.initialize(repeating: 0, count: places)
    values = .allocate(capacity: places + 1)
  }

  deinit {
    spellings.deallocate()
    moments.deallocate()
    values.deallocate()
  }

  /// The value of a word, which is valid until the next one is asked for.
  ///
  /// - Parameter make: initializes the value, from the word's bytes and nothing else.
  @inline(__always)
  package func value(
    of word: UnsafeBufferPointer<UInt8>, _ make: (UnsafeMutablePointer<Value>) -> Void
  ) -> UnsafePointer<Value> {
    guard let place = place(of: word) else {
      made &+= 1
      make(values + places)
      return UnsafePointer(values + places)
    }
    if place.isNew {
      made &+= 1
      make(values + place.index)
    }
    return UnsafePointer(values + place.index)
  }

  /// Where a word stands, or from now on will; nil for one that can't be remembered.
  private func place(of word: UnsafeBufferPointer<UInt8>) -> (index: Int, isNew: Bool)? {
    guard let start = word.baseAddress, (1...Self.longestWord).contains(word.count) else { return nil }
    var spelling = Spelling.zero
    withUnsafeMutableBytes(of: &spelling) { bytes in
      bytes.baseAddress?.copyMemory(from: start, byteCount: word.count)
      bytes[Self.longestWord] = UInt8(word.count)
    }
    now &+= 1
    let first = Int(truncatingIfNeeded: Self.mix(spelling) & mask) &* Self.ways
    var oldest = first
    for index in first..<first &+ Self.ways {
      if spellings[index] == spelling {
        moments[index] = now
        return (index, false)
      }
      if moments[index] < moments[oldest] { oldest = index }
    }
    spellings[oldest] = spelling
    moments[oldest] = now
    return (oldest, true)
  }

  @inline(__always)
  private static func mix(_ spelling: Spelling) -> UInt64 {
    var sum = (spelling[0] ^ spelling[1] &<< 1 ^ spelling[1] &>> 63) &* 0x9E37_79B9_7F4A_7C15
    sum = (sum ^ sum &>> 29 ^ spelling[2]) &* 0xBF58_476D_1CE4_E5B9
    sum = (sum ^ sum &>> 32 ^ spelling[3]) &* 0x94D0_49BB_1331_11EB
    return sum ^ sum &>> 31
  }
}
