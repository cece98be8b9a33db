import TelexModel
import Testing

@testable import TelexText

struct TokenizerTests {
  private let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer(resources: try #require(ResourceDirectory.located()))
  }

  private func words(_ text: String) -> [String] {
    let source = SourceText(text)
    return tokenizer.tokens(of: source).map { source.string($0.span) }
  }

  @Test func theExamplesOfTheWordListsHold() {
    #expect(!tokenizer.rules.examples.isEmpty)
    for example in tokenizer.rules.examples {
      let text = example.fields[0]
      #expect(words(text) == example.fields[1].split(separator: "|").map(String.init), "tokens.txt:\(example.line)")
    }
  }

  /// Tokens are in bounds, in order, on character boundaries, and only white space stands between them.
  private func expectWhole(_ text: SourceText, _ note: Comment) {
    var end = 0
    for token in tokenizer.tokens(of: text) {
      let span = token.span
      guard span.start >= end, span.end > span.start, span.end <= text.utf8.count else {
        Issue.record("token \(span) behind \(end) of \(text.utf8.count): \(note)")
        return
      }
      if !isSpace(text.utf8[end..<span.start]) || String(validating: text[span], as: UTF8.self) == nil {
        Issue.record("no white space before token \(span), or a cut character in it: \(note)")
      }
      end = span.end
    }
    #expect(isSpace(text.utf8[end...]), note)
  }

  private func isSpace(_ gap: ArraySlice<UInt8>) -> Bool {
    String(decoding: gap, as: UTF8.self).unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{200B}" }
  }

  @Test func tokensAndGapsRebuildEveryBlockOfUnicode() {
    for block in stride(from: UInt32(0), to: 0x11_0000, by: 128) {
      var text = ""
      for value in block..<block + 128 {
        guard let scalar = Unicode.Scalar(value) else { continue }
        text.unicodeScalars.append(scalar)
        text += value % 3 == 0 ? "a" : value % 5 == 0 ? " l'" : value % 7 == 0 ? "1." : ""
      }
      expectWhole(SourceText(text), "block U+\(String(block, radix: 16))")
    }
  }

  @Test func tokensAndGapsRebuildRandomText() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "l'", "d’", "M.", "J.-P.", "10", ".", ",", "000", " ", "\u{A0}", "\u{202F}", "-", "t", "il", "«", "»", "\"", "(",
      "…", "é", "É", "\r\n", "\n", "e\u{301}", "😀", "@", "#", "http://", "www.", "a", "B", "1er", "h", "%", "\u{FFFD}",
      "\u{0}", "\u{AD}", "'", "--", "::", "&", "_", "·", "etc", "fr", "\u{200B}",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      expectWhole(SourceText(text.joined()), "\(text.joined().debugDescription)")
    }
  }

  @Test func aStretchHasTheTokensOfTheWhole() {
    let text = SourceText("Le ministre, M. Dupont, est là. L’Otan aussi.")
    let whole = tokenizer.tokens(of: text)
    let span = Span(0, 32)
    #expect(Array(whole[in: span]) == tokenizer.tokens(of: text, in: span))
    #expect(whole[in: Span(2, 3)].isEmpty)
  }

  @Test func kindsAreTold() {
    let text = SourceText("L’ONU a-t-elle 1,5 M. X ? U.E. 1er « a » (b) … - 50% a@b.be #x 1.2.3")
    let kinds = tokenizer.tokens(of: text).map(\.kind)
    #expect(
      kinds == [
        .elision, .word, .word, .clitic, .number, .word, .terminator, .word, .terminator, .acronym, .ordinal,
        .openQuote,
        .word, .closeQuote, .openBracket, .word, .closeBracket, .ellipsis, .dash, .number, .symbol, .address, .tag,
        .code,
      ])
  }
}
