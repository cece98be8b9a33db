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

  /// Heads, tags and spans of all sentences, each word within its sentence and each head too.
  private func trees(_ text: SourceText) -> [[ParsedSentence.Word]] {
    let sentences = language.sentences(of: text, in: Span(0, text.utf8.count))
    for sentence in sentences {
      let heads = sentence.words.compactMap(\.head)
      #expect(heads.allSatisfy { $0 >= 0 && $0 < sentence.words.count })
      #expect(sentence.words.isEmpty || sentence.words.count { $0.head == nil } == 1)
    }
    return sentences.map(\.words)
  }

  #if DEBUG
    /// Without the compiler's optimisation a tree takes a thousand times as long.
    private static let brackets = 1_600
  #else
    private static let brackets = 100_000
  #endif

  /// What a dispatch never is, but a file may be.
  @Test(arguments: [
    ("a megabyte without a space", String(repeating: "dépêche", count: 125_000)),
    (
      "brackets only",
      String(repeating: "([{«", count: brackets / 8) + String(repeating: "»}])", count: brackets / 8)
    ),
    ("no sentence's end", String(repeating: "la ville de ", count: brackets / 4)),
  ])
  func hostileTextGetsTreesToo(note: String, string: String) {
    let text = SourceText(string)
    let words = trees(text).joined()
    #expect(words.isEmpty == false, "\(note)")
  }

  @Test func everyBlockOfUnicodeGetsTrees() {
    for block in stride(from: UInt32(0), to: 0x11_0000, by: 8192) {
      var string = ""
      for value in stride(from: block, to: block + 8192, by: 1021) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        string += "Il a vu \(scalar)\(scalar)a, "
      }
      let text = SourceText(string)
      _ = trees(text)
      for name in language.names(of: text, in: [Span(0, text.utf8.count)]) { #expect(name.span.end <= text.utf8.count) }
    }
  }

  /// Workers share the models and nothing else: however many read at a time, each reads the same.
  @Test(arguments: [1, 2, 8])
  func manyReadersReadAlike(readers: Int) async {
    let texts = (0..<24).map { number in
      SourceText(
        "Le ministre Paul Valmont a quitté Berne \(number) fois, selon l'ONU. L'ONU n'a rien dit ; M. Valmont non plus.\n\n"
          + String(repeating: "Les usines d'Yverdon ferment. ", count: number))
    }
    let language = language
    let alone = texts.map { Outcome(language, $0) }
    let together = await withTaskGroup(of: [(Int, Outcome)].self) { group in
      for reader in 0..<readers {
        group.addTask {
          stride(from: reader, to: texts.count, by: readers).map { ($0, Outcome(language, texts[$0])) }
        }
      }
      var outcomes = [Outcome?](repeating: nil, count: texts.count)
      for await part in group { for (index, outcome) in part { outcomes[index] = outcome } }
      return outcomes
    }
    for index in texts.indices { #expect(together[index] == alone[index], "text \(index)") }
  }

  /// All that the engine finds in a text.
  private struct Outcome: Equatable {
    var tokens: [[SurfaceToken]]
    var words: [[ParsedSentence.Word]]
    var names: [Language.Name]

    init(_ language: Language, _ text: SourceText) {
      let reading = language.reading(of: text, in: Span(0, text.utf8.count))
      tokens = reading.tokens
      words = language.sentences(in: reading).map(\.words)
      names = language.names(in: reading)
    }
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
