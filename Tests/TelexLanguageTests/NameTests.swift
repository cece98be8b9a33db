import TelexLanguage
import TelexModel
import TelexText
import Testing

@Suite struct NameTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  /// The names of a sentence, each with the first letters of its kind.
  private func names(_ sentence: String) -> [String] {
    let text = SourceText(sentence)
    return language.names(of: text, in: [Span(0, text.utf8.count)]).map {
      "\(text.string($0.span))/\($0.kind.rawValue.prefix(3))"
    }
  }

  @Test(arguments: [
    ("Le président Emmanuel Macron est arrivé à Berlin.", ["Emmanuel Macron/per", "Berlin/loc"]),
    ("Le porte-parole de l'OTAN a confirmé l'information.", ["OTAN/org"]),
    ("La France et l'Italie ont signé un accord.", ["France/loc", "Italie/loc"]),
    ("Jean-Pierre Durand habite à Lyon.", ["Jean-Pierre Durand/per", "Lyon/loc"]),
    ("Les talibans ont menacé de reprendre les combats.", []),
    ("Les Belges votent dimanche.", []),
  ])
  func namesOfASentence(sentence: String, expected: [String]) {
    #expect(names(sentence) == expected)
  }

  @Test(arguments: [
    ("L'Allemagne refuse.", "Allemagne"), ("L’Allemagne refuse.", "Allemagne"),
    ("Selon l' Allemagne , non.", "Allemagne"),
  ])
  func noNameHoldsAnElidedArticle(sentence: String, name: String) {
    #expect(names(sentence).map { String($0.prefix { $0 != "/" }) } == [name])
  }
}
