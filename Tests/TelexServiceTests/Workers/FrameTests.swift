import Testing

@testable import TelexService

@Suite struct FrameTests {
  private func decode(_ bytes: [UInt8], pieces: Int, limit: Int = Frame.limit) throws -> [Frame] {
    var decoder = FrameDecoder(limit: limit)
    var frames: [Frame] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      bytes[start..<min(start + pieces, bytes.count)].withUnsafeBytes { decoder.append($0) }
      while let frame = try decoder.next() { frames.append(frame) }
    }
    return frames
  }

  @Test(arguments: [1, 2, 3, 5, 7, 64, 1000])
  func framesComeOutWholeWhateverThePieces(pieces: Int) throws {
    let frames = [0, 1, 4, 5, 6, 100, 300].map { Frame(kind: UInt8($0 % 7), payload: Array(repeating: 7, count: $0)) }
    #expect(try decode(frames.flatMap(\.bytes), pieces: pieces) == frames)
  }

  @Test func anAnnouncementOverTheLimitIsAnErrorBeforeItsBytesCome() {
    let bytes = Frame(kind: 1, payload: Array(repeating: 0, count: 50)).bytes
    #expect(throws: FrameError.tooLong(51)) { try decode(Array(bytes.prefix(5)), pieces: 5, limit: 50) }
  }

  @Test func anEmptyFrameIsMalformed() {
    #expect(throws: FrameError.malformed) { try decode([0, 0, 0, 0, 1], pieces: 5) }
  }

  @Test func readingBeyondTheEndIsMalformed() {
    for bytes in [[], [5], [5, 0, 0, 0], [5, 0, 0, 0, 1, 2]] as [[UInt8]] {
      #expect(throws: FrameError.malformed) {
        var reader = ByteReader(bytes)
        _ = try reader.counted()
      }
    }
  }
}
