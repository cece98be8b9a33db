import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct NounPhrasesTests {
  private func phrases(_ text: String) throws -> NounPhrases {
    let words = try #require(try ReadText(text).document.words)
    return NounPhrases(words: words, nouns: try SpeakerNouns(resources: try #require(ResourceDirectory.located())))
  }

  private func text(_ range: Range<Int>?, _ phrases: NounPhrases) -> String? {
    range.flatMap { phrases.words.span($0) }.map { phrases.words.text.string($0) }
  }

  @Test(arguments: [
    ("Le ministre de la Santé a parlé.", "Le ministre de la Santé"),
    ("Un habitant joint par téléphone a parlé.", "Un habitant"),
    ("Le secrétaire d'Etat à l'Economie, Paul Lambert, a parlé.", "Le secrétaire d'Etat à l'Economie, Paul Lambert"),
    ("Ce dernier a parlé.", "Ce dernier"), ("Le rapport qui a paru est long.", "Le rapport"),
  ])
  func aPhraseIsReadForwards(sentence: String, expected: String) throws {
    let phrases = try phrases(sentence)
    #expect(text(phrases.forward(from: 0, limit: phrases.words.tokens.count), phrases) == expected)
  }

  @Test(arguments: [
    ("Interrogée lundi, la maire de Marval a parlé.", "la maire de Marval"), ("Il a parlé.", "Il"),
    ("En 2020, le port a fermé.", "le port"),
  ])
  func aSentenceHasItsSubject(sentence: String, expected: String) throws {
    let phrases = try phrases(sentence)
    let words = phrases.words
    #expect(text(phrases.mainSubject(of: words.sentences[0])?.range, phrases) == expected)
  }

  @Test(arguments: [
    ("La maire estime en outre que", true), ("La maire estime par ailleurs que", true),
    ("La maire estime par la que", false),
  ])
  func anAsideIsKnown(sentence: String, isAside: Bool) throws {
    let phrases = try phrases(sentence)
    let place = try #require(phrases.words.tokens.indices.first { phrases.words.has($0, .preposition) })
    #expect((phrases.aside(at: place) != nil) == isAside)
  }

  @Test(arguments: ["", "le", "le de du", "« « «", ", , ,", "ce dernier", "par"])
  func anyInputIsRead(text: String) throws {
    let phrases = try phrases("Paul. " + text)
    for token in phrases.words.tokens.indices {
      _ = phrases.forward(from: token, limit: phrases.words.tokens.count)
      _ = phrases.subject(before: token)
      _ = phrases.date(at: token, phrases.words.tokens.count)
      _ = phrases.aside(at: token)
    }
  }
}
