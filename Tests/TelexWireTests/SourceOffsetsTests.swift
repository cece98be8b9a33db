import TelexText
import Testing

@testable import TelexWire

@Suite struct SourceOffsetsTests {
  private func offsets(_ text: String, _ bytes: [UInt8], _ encoding: String, replaced: Int = 0) -> [Int] {
    let decoded = Array(text.utf8)
    let offsets = SourceOffsets(decoded: decoded, bytes: bytes, encoding: encoding, replaced: replaced)
    return (0...decoded.count).filter { $0 == decoded.count || decoded[$0] & 0xC0 != 0x80 }.map(offsets.byte(of:))
  }

  @Test func eachEncodingHasItsSteps() {
    #expect(offsets("aé€", [0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xAC], "utf-8") == [0, 1, 3, 6])
    #expect(offsets("aé", [0xEF, 0xBB, 0xBF, 0x61, 0xC3, 0xA9], "utf-8") == [3, 4, 6])
    #expect(offsets("aé€", [0x61, 0xE9, 0x80], "windows-1252") == [0, 1, 2, 3])
    #expect(offsets("a😀é", [0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0, 0xDE, 0xE9, 0], "utf-16le") == [2, 4, 8, 10])
    #expect(offsets("aé", [0, 0, 0, 0x61, 0, 0, 0, 0xE9], "utf-32be") == [0, 4, 8])
  }

  @Test func farPlacesAreFoundToo() {
    let text = String(repeating: "été ", count: 100)
    let bytes = Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    #expect(offsets(text, bytes, "iso-8859-1") == Array(0...400))
  }

  @Test func damagedPlacesAreFoundAgain() {
    #expect(offsets("a\u{FFFD}b", [0x61, 0xC3, 0x62], "utf-8", replaced: 1) == [0, 1, 2, 3])
    #expect(offsets("\u{FFFD}\u{FFFD}b", [0xE2, 0x82, 0xFF, 0x62], "utf-8", replaced: 2) == [0, 2, 3, 4])
    #expect(offsets("\u{FFFD}b", [0xEF, 0xBF, 0xBD, 0x62], "utf-8", replaced: 1) == [0, 3, 4])
  }
}
