import TelexLanguage
import TelexModel
import TelexText
import Testing

@Suite struct HostileTextTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  /// Tokens are in order, within the text, and leave out white space and controls only.
  private func expectWhole(_ text: SourceText, _ note: Comment) {
    var end = 0
    for token in language.segmenter.tokenizer.tokens(of: text, in: Span(0, text.utf8.count)) {
      guard token.span.start >= end, token.span.end > token.span.start, token.span.end <= text.utf8.count else {
        Issue.record("token \(token.span) behind \(end): \(note)")
        return
      }
      #expect(isBlank(text.utf8[end..<token.span.start]), note)
      #expect(String(validating: text[token.span], as: UTF8.self) != nil, note)
      end = token.span.end
    }
    #expect(isBlank(text.utf8[end...]), note)
  }

  private func isBlank(_ gap: ArraySlice<UInt8>) -> Bool {
    String(decoding: gap, as: UTF8.self).unicodeScalars.allSatisfy {
      $0.properties.isWhitespace || $0.value < 0x20 || [0x7F, 0xAD, 0x200B, 0xFEFF].contains($0.value)
    }
  }

  @Test func nothingIsLostInAnyBlockOfUnicode() {
    for block in stride(from: UInt32(0), to: 0x11_0000, by: 512) {
      var string = ""
      for value in block..<block + 512 {
        guard let scalar = Unicode.Scalar(value) else { continue }
        string.unicodeScalars.append(scalar)
        string += value % 3 == 0 ? "a" : value % 5 == 0 ? " l'" : value % 7 == 0 ? "1." : "-t-il"
      }
      expectWhole(SourceText(string), "block U+\(String(block, radix: 16))")
    }
  }

  @Test(arguments: ["a", "(", "\"", "l'", "A.", "1 ", "-", "-t-il", "É", "\u{301}", "😀", "aujourd'hui' "])
  func longRunsAreReadInOneGo(piece: String) {
    expectWhole(SourceText(String(repeating: piece, count: 100_000)), "\(piece) repeated")
    let text = SourceText(String(repeating: piece, count: 1500))
    let span = Span(0, text.utf8.count)
    #expect(language.sentences(of: text, in: span).reduce(0) { $0 + $1.tokens.count } > 0)
    for name in language.names(of: text, in: [span]) { #expect(name.span.end <= text.utf8.count) }
  }

  @Test func theSameTextIsReadAlikeEveryTime() {
    let text = SourceText("Selon l'ONU, Jean Dupont a quitté Genève lundi. L'ONU n'a rien dit ; M. Dupont non plus.")
    let span = Span(0, text.utf8.count)
    let first = language.names(of: text, in: [span])
    let trees = language.sentences(of: text, in: span).map(\.words)
    for _ in 0..<3 {
      #expect(language.names(of: text, in: [span]) == first)
      #expect(language.sentences(of: text, in: span).map(\.words) == trees)
    }
  }
}
