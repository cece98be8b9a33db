import TelexModel
import TelexText
import Testing

@testable import TelexLanguage

/// What is remembered of words changes no name: a reader that has seen other texts finds what the model finds that looks
/// at everything anew.
@Suite struct NameReaderTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  private static let sentences = [
    "Le président Yann Le Goff est arrivé à Namur, où l'attendait Mme Kerbiriou.",
    "\"Nous n'irons pas\", a dit jeudi à l'Organisation mondiale de la santé le ministre Paul Lambert (PLR).",
    "L'OTAN, les Etats-Unis et la RD Congo ont signé le traité de Lisbonne.",
    "A", "Oui.", "« »", "", "LIEGE 14/12 (EXA) -", "e\u{301}té 😀 \u{0}\u{0}",
    String(repeating: "anticonstitutionnellement", count: 4) + " Paris",
  ]

  private func reader() -> NameReader {
    NameReader(language.vocabulary, language.gazetteer, language.names)
  }

  private func expectSame(_ sentence: String, _ reader: NameReader) {
    let text = SourceText(sentence)
    let span = Span(0, text.utf8.count)
    let reading = language.reading(of: text, in: [span])
    let draft = reader.draft(of: reading.tokens[0], in: text)
    let evidence = language.gazetteer.evidence(reading.tokens[0], reading.words[0], of: text)
    let anew = language.names.draft(reading.words[0], evidence)
    #expect(draft.names == anew.names, "\(sentence)")
    #expect(draft.margins == anew.margins, "\(sentence)")
    #expect(draft.evidence.map(\.own) == anew.evidence.map(\.own), "\(sentence)")
    #expect(draft.evidence.map(\.phrase) == anew.evidence.map(\.phrase), "\(sentence)")
    #expect(draft.words.map(\.form) == anew.words.map(\.form), "\(sentence)")
  }

  @Test(arguments: sentences) func aFreshReaderFindsWhatTheModelFinds(sentence: String) {
    expectSame(sentence, reader())
  }

  @Test func soDoesOneThatHasSeenTheOthers() {
    let reader = reader()
    for sentence in Self.sentences + Self.sentences.reversed() { expectSame(sentence, reader) }
  }

  /// What is read for syntax too is read with other memory.
  @Test(arguments: sentences) func soDoesTheOneOfAReading(sentence: String) {
    let text = SourceText(sentence)
    let span = Span(0, text.utf8.count)
    #expect(language.names(in: language.reading(of: text, in: [span])) == language.names(of: text, in: [span]))
  }

  /// More words than are remembered.
  @Test func soDoesOneThatHasForgotten() {
    let reader = reader()
    for start in stride(from: 0, to: 4000, by: 50) {
      let words = (start..<start + 50).map { $0 % 3 == 0 ? "Ville\($0)" : "mot\($0)" }
      expectSame(words.joined(separator: " "), reader)
    }
    for sentence in Self.sentences { expectSame(sentence, reader) }
  }
}
