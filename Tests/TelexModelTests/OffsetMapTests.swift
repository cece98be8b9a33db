import Testing

@testable import TelexModel

struct OffsetMapTests {
  @Test(arguments: [
    "", "abc", "Défense « à » l’œuvre", "e\u{301}\r\n😀\u{1F1E7}\u{1F1EA}", String(repeating: "é😀a", count: 200),
  ])
  func everyOffsetGoesThereAndBack(text: String) {
    let utf8 = Array(text.utf8)
    let map = OffsetMap(utf8)
    #expect(map.scalars == text.unicodeScalars.count)
    var byte = 0
    for (index, scalar) in text.unicodeScalars.enumerated() {
      #expect(map.scalar(ofByte: byte) == index)
      #expect(map.byte(ofScalar: index) == byte)
      byte += UTF8.width(scalar)
    }
    #expect(map.scalar(ofByte: byte) == map.scalars)
    #expect(map.byte(ofScalar: map.scalars) == byte)
  }

  @Test func offsetsOutsideCountAsTheNearestEnd() {
    let map = OffsetMap(Array("été".utf8))
    #expect(map.scalar(ofByte: -1) == 0)
    #expect(map.scalar(ofByte: 99) == 3)
    #expect(map.byte(ofScalar: 99) == 5)
    #expect(map.aligned(Span(1, 4)) == Span(0, 5))
    #expect(map.aligned(Span(-5, 99)) == Span(0, 5))
    #expect(map.aligned(Span(4, 2)) == Span(3, 5))
  }
}
