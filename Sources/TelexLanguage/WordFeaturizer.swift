import TelexModel
package import TelexText

/// Makes features of words. It remembers the words it has seen last, as a text uses the same ones again and again, and holds
/// scratch memory: one thread at a time may use it.
package final class WordFeaturizer {
  private let vocabulary: Vocabulary
  private let memory: WordMemory<WordFeatures>
  private let room = WordRoom()

  /// - Parameter sets: of four words each that are remembered; a power of two.
  package init(_ vocabulary: Vocabulary, sets: Int = 128) {
    self.vocabulary = vocabulary
    memory = WordMemory(sets: sets)
  }

  /// Features of a sentence's tokens.
  package func features(of tokens: [SurfaceToken], in text: SourceText) -> [WordFeatures] {
    text.utf8.withUnsafeBufferPointer { bytes in
      tokens.map { features(UnsafeBufferPointer(rebasing: bytes[$0.span.range])) }
    }
  }

  package func features(_ bytes: UnsafeBufferPointer<UInt8>) -> WordFeatures {
    memory.value(of: bytes) { $0.initialize(to: read(bytes)) }.pointee
  }

  /// The same for somebody who remembers.
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> WordFeatures {
    room.reserve(bytes.count)
    let (form, lower) = (room.form, room.lower)
    var (formCount, lowerCount) = (0, 0)
    var (formSum, lowerSum) = (Checksum(), Checksum())
    /// Starts of the last four scalars in `lower`, the last first.
    var starts = SIMD4<Int>.zero
    var result = WordFeatures()
    var shape: UInt64 = 1
    var lastClass: UInt64 = 0
    var (capitals, letters, count) = (0, 0, 0)
    var last: UInt32 = 0
    var offset = 0
    while offset < bytes.count {
      let (value, length) = scalar(bytes, at: offset)
      offset += length
      last = isApostrophe(value) ? 0x27 : value
      let small = lowercased(last)
      starts = SIMD4(lowerCount, starts[0], starts[1], starts[2])
      count += 1
      Self.append(last, form, &formCount, &formSum)
      Self.append(small, lower, &lowerCount, &lowerSum)
      if count <= 4 { result.beginnings[count - 1] = lowerSum.value }
      let kind: UInt64
      if small != last {
        kind = 1
        capitals += 1
        letters += 1
        if count == 1 { result.isCapitalized = true }
      } else if isDigit(last) {
        kind = 2
        result.hasDigit = true
      } else if isLetter(last) {
        kind = 3
        letters += 1
      } else {
        kind = UInt64(last) &+ 4
        if last == 0x2D && offset < bytes.count { result.hasHyphen = true }
      }
      if kind != lastClass { shape = shape &* 0x0100_0193 ^ kind }
      lastClass = kind
    }
    result.length = count
    result.shape = mixed(shape)
    result.isElided = last == 0x27 && letters > 0
    result.isAllCapitals = capitals >= 2 && capitals == letters
    result.isWord = letters > 0 || result.hasDigit
    result.form = formSum.value
    result.lower = lowerSum.value
    for size in 1...4 {
      if size > count { result.beginnings[size - 1] = result.lower }
      let start = count == 0 ? 0 : starts[min(size, count) - 1]
      result.endings[size - 1] = hash(UnsafeBufferPointer(start: lower + start, count: lowerCount - start))
    }
    look(
      &result, UnsafeBufferPointer(start: form, count: formCount),
      lower: capitals > 0 ? UnsafeBufferPointer(start: lower, count: lowerCount) : nil)
    return result
  }

  /// The running form of `hash`.
  private struct Checksum {
    var raw: UInt64 = 0xCBF2_9CE4_8422_2325
    var value: UInt64 { mixed(raw) }
  }

  /// Writes a scalar in UTF-8.
  @inline(__always)
  private static func append(
    _ scalar: UInt32, _ bytes: UnsafeMutablePointer<UInt8>, _ count: inout Int, _ sum: inout Checksum
  ) {
    func add(_ byte: UInt32) {
      bytes[count] = UInt8(truncatingIfNeeded: byte)
      count &+= 1
      sum.raw = (sum.raw ^ UInt64(byte & 0xFF)) &* 0x0000_0100_0000_01B3
    }
    if scalar < 0x80 {
      add(scalar)
    } else if scalar < 0x800 {
      add(0xC0 | scalar &>> 6)
      add(0x80 | scalar & 0x3F)
    } else {
      if scalar < 0x10000 {
        add(0xE0 | scalar &>> 12)
      } else {
        add(0xF0 | scalar &>> 18 & 0x07)
        add(0x80 | scalar &>> 12 & 0x3F)
      }
      add(0x80 | scalar &>> 6 & 0x3F)
      add(0x80 | scalar & 0x3F)
    }
  }

  /// - Parameter lower: the small letters, where they differ from `form`.
  private func look(
    _ result: inout WordFeatures, _ form: UnsafeBufferPointer<UInt8>, lower: UnsafeBufferPointer<UInt8>?
  ) {
    let exact = vocabulary.entry(of: form)
    var entry = exact
    result.tags = vocabulary.tags(ofSet: exact.set)
    result.brown = exact.brown
    if let lower {
      let small = vocabulary.entry(of: lower)
      result.brown = small.brown
      result.tags |= vocabulary.tags(ofSet: small.set)
      if entry.set == 0 { entry.set = small.set }
      if entry.row == 0 { entry.row = small.row }
      if entry.frequency == 0 { entry.frequency = small.frequency }
    }
    result.entry = entry
    if entry.row > 0 {
      let row = Int(entry.row) - 1
      result.coarse = UInt64(vocabulary.coarse[row]) + 1
      result.middle = UInt64(vocabulary.middle[row]) + 1
      result.fine = UInt64(vocabulary.fine[row]) + 1
    }
  }
}

/// Room to write one word.
private final class WordRoom {
  private(set) var form: UnsafeMutablePointer<UInt8>
  private(set) var lower: UnsafeMutablePointer<UInt8>
  private var capacity = 64

  init() {
    form = .allocate(capacity: capacity)
    lower = .allocate(capacity: capacity)
  }

  deinit {
    form.deallocate()
    lower.deallocate()
  }

  /// Makes room for a word of so many bytes, each of which is a scalar of at most four bytes.
  func reserve(_ count: Int) {
    let needed = count * 4
    guard needed > capacity else { return }
    capacity = needed
    form.deallocate()
    lower.deallocate()
    form = .allocate(capacity: capacity)
    lower = .allocate(capacity: capacity)
  }
}
