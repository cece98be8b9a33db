/// Hash of a word with its typography levelled: capitals as small letters (ASCII, Latin-1 and Œ), both apostrophes as
/// `'`, both hyphens as `-`. FNV-1a, 64 bits: the same on every machine and in every run.
package struct FoldedHash: Sendable, Hashable {
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package init(_ text: String) { self.init(Array(text.utf8)) }

  package init(_ utf8: some Collection<UInt8>) {
    if let hash = utf8.withContiguousStorageIfAvailable({ FoldedHash($0) }) {
      self = hash
    } else {
      self = Array(utf8).withUnsafeBufferPointer { FoldedHash($0) }
    }
  }

  package init(_ utf8: ArraySlice<UInt8>) { self = utf8.withUnsafeBufferPointer { FoldedHash($0) } }

  package init(_ utf8: UnsafeBufferPointer<UInt8>) { append(utf8) }

  /// The hashes of all tokens of a text.
  package static func values(of tokens: [Token], in utf8: UnsafeBufferPointer<UInt8>) -> [UInt64] {
    tokens.map { FoldedHash(UnsafeBufferPointer(rebasing: utf8[$0.range])).value }
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  package mutating func append(_ utf8: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < utf8.count {
      let byte = utf8[index]
      let next = index + 1 < utf8.count ? utf8[index + 1] : 0
      if byte < 0x80 {
        append(byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte)
        index += 1
      } else if byte == 0xC3, next >= 0x80, next <= 0x9E, next != 0x97 {
        append(byte)
        append(next + 0x20)
        index += 2
      } else if byte == 0xC5, next == 0x92 {
        append(byte)
        append(0x93)
        index += 2
      } else if byte == 0xE2, next == 0x80, index + 2 < utf8.count, let plain = Self.plain(utf8[index + 2]) {
        append(plain)
        index += 3
      } else {
        append(byte)
        index += 1
      }
    }
  }

  /// ASCII form of the character E2 80 `byte`.
  private static func plain(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x98, 0x99, 0x9B: 0x27
    case 0x90, 0x91: 0x2D
    default: nil
    }
  }
}
