import TelexModel
import Testing

@testable import TelexText

struct SentenceSplitterTests {
  private let tokenizer: Tokenizer

  init() throws {
    tokenizer = try Tokenizer(resources: try #require(ResourceDirectory.located()))
  }

  private func sentences(_ string: String) -> [String] {
    let text = SourceText(string)
    let spans = SentenceSplitter(rules: tokenizer.rules)
      .sentences(of: text, tokenizer.tokens(of: text), in: Span(0, text.utf8.count))
    return spans.map { text.string($0) }
  }

  /// A bar stands between sentences.
  @Test(arguments: [
    "Il est venu.|Elle est partie.",
    "M. Dupont et Mme Martin ont vu le Dr. Legrand.|Ils ont parlé.",
    "J.-P. Martin, George W. Bush et A. Noël ont signé.|Le texte est prêt.",
    "Le déficit atteint 3.500 euros.|10.000 personnes ont défilé.",
    "La hausse est de 1,5 %.|Une baisse suivra.",
    "Il a vu Paris, Rome, etc.|Le voyage fut long.",
    "Des élus de l'U.E. sont là.|Il a salué les U.S.A.|Ils sont repartis.",
    "« Nous partirons.|",
    "« Nous partirons. Nous reviendrons », a-t-il dit.|Puis il est parti.",
    "\"Nous partirons. Nous reviendrons\", a-t-il dit.|Puis il est parti.",
    "“Nous partirons. Nous reviendrons”, a-t-il dit.|Puis il est parti.",
    "« Nous partirons. »|« Nous reviendrons. »",
    "« Venez ! » a-t-il lancé.|Personne n'est venu.",
    "« Où allez-vous ? », demande-t-elle.|À Paris…|Le train part.",
    "Il hésite… puis il part.|Bien !|Vraiment ?|Oui.",
    "Il l'a dit (voir M. X. dans l'édition de lundi. Page 3).|Elle aussi.",
    "Il l'a dit.|(Lire aussi page 3.)|Elle aussi.",
    "Le texte (...) prévoit un retrait.|Il sera voté.",
    "Le texte […] prévoit un retrait.|Il sera voté.",
    "« Le texte [de loi. Note] passe », dit-il.|Oui.",
    "Trois points: 1. Le budget; 2. Le reste.|Fin.",
    "— Oui.|— Non.|— Peut-être.",
    "Le 12 sept. 2001, il pleuvait.|Ils étaient sept.|Le vent soufflait.",
    "Voir www.exa.be.|Ou écrire à info@exa.be.|Merci.",
    "L’Otan a dit « oui » .|Elle a dit « non » .",
    "Il parle d'un « accord ».|\"C'est tout\", dit-il.",
    "Ces faits sont connus.|- 18 octobre 2005 : procès.|- 8 novembre : appel.",
    "Le Col. Martin parle.|Il a passé le col.|Le vent souffle.",
  ])
  func sentencesEndWhereTheyShould(example: String) {
    let expected = example.split(separator: "|").map(String.init)
    #expect(sentences(expected.joined(separator: " ")) == expected)
  }

  @Test func spacesOfAnyKindMayStandInsideGuillemets() {
    for space in ["", " ", "\u{A0}", "\u{202F}", "\u{2009}"] {
      let text = "Il dit : «\(space)Partons. Vite\(space)». Elle rit."
      #expect(sentences(text) == ["Il dit : «\(space)Partons. Vite\(space)».", "Elle rit."])
    }
  }

  @Test func aForgottenMarkSwallowsNothing() {
    #expect(sentences("« Partons. Il est tard. Elle rit.").count == 3)
    #expect(sentences("Il dit: \"Partons. Il est tard. Elle rit.").count == 3)
    #expect(sentences("(Partons. Il est tard. Elle rit.").count == 3)
  }

  @Test func sentencesHoldAllTokensAndNeverOverlap() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "Il", "part", ".", "!", "…", "«", "»", "\"", "(", ")", "M.", "etc.", "10", "-", "l'", "[", "“", "”", "\n", "A.",
      ":",
    ]
    for _ in 0..<2000 {
      let words = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      let text = SourceText(words.joined(separator: Bool.random(using: &generator) ? " " : ""))
      let tokens = tokenizer.tokens(of: text)
      let spans = SentenceSplitter(rules: tokenizer.rules).sentences(of: text, tokens, in: Span(0, text.utf8.count))
      #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start })
      #expect(tokens.allSatisfy { token in spans.contains { $0.contains(token.span) } })
    }
  }
}
