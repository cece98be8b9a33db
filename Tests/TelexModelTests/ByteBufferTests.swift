import Testing

@testable import TelexModel

@Suite struct ByteBufferTests {
  /// Beyond every capacity on the way, whatever is added at its edge.
  @Test(arguments: [0, 1, 63, 64, 65, 1000]) func holdsWhatWasAdded(size: Int) {
    var buffer = ByteBuffer(capacity: 0)
    var expected: [UInt8] = []
    for index in 0..<size {
      buffer.append(UInt8(truncatingIfNeeded: index))
      expected.append(UInt8(truncatingIfNeeded: index))
    }
    buffer.append("é")
    buffer.append(0x20, times: size)
    Array("fin".utf8).withUnsafeBufferPointer { buffer.append($0) }
    expected += Array("é".utf8) + [UInt8](repeating: 0x20, count: size) + Array("fin".utf8)
    let bytes = buffer.bytes
    #expect(bytes == expected)
  }

  @Test func reservingChangesNothing() {
    var buffer = ByteBuffer(capacity: 64)
    buffer.append("avant")
    buffer.reserve(10)
    buffer.reserve(100_000)
    buffer.append(UnsafeBufferPointer(start: nil, count: 0))
    buffer.append(0x20, times: 0)
    let bytes = buffer.bytes
    #expect(bytes == Array("avant".utf8))
  }
}
