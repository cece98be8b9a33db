import Testing

@testable import TelexWire

@Suite struct TranscriptTests {
  private var transcript: Transcript {
    var transcript = Transcript()
    transcript.append(copy: Array("caf".utf8), from: 10)
    transcript.append(Array("é".utf8), for: 13..<21)
    transcript.append(copy: Array(" noir".utf8), from: 21)
    return transcript
  }

  @Test func everyStretchLeadsToItsSource() {
    #expect(transcript.source(of: 0..<3) == 10..<13)
    #expect(transcript.source(of: 3..<5) == 13..<21)
    #expect(transcript.source(of: 1..<7) == 11..<23)
    #expect(transcript.source(of: 4..<4) == nil)
  }

  @Test func copiesThatTouchAreOnePiece() {
    var transcript = Transcript()
    transcript.append(copy: [1, 2], from: 5)
    transcript.append(copy: [3], from: 7)
    #expect(transcript.pieces == [Transcript.Piece(range: 0..<3, source: 5..<8, isCopy: true)])
  }

  @Test func partsKeepTheirOrigins() {
    let part = transcript.part(2..<6)
    #expect(String(decoding: part.bytes, as: UTF8.self) == "fé ")
    #expect(part.pieces.map(\.source) == [12..<13, 13..<21, 21..<22])
  }
}
