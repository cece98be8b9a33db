import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct WordReaderTests {
  private func words(_ text: String) throws -> (Words, Document) {
    let document = try ReadText(text).document
    return (try #require(document.words), document)
  }

  @Test func aHeadlineIsASentenceOnlyWhereItIsAskedFor() throws {
    let (words, document) = try words(
      "Le port de Marval fermera\n\nLe port de Marval fermera lundi, a dit Paul Lambert.")
    #expect(words.sentence(of: 0) == nil)
    let headed = words.withHeadings(of: document)
    #expect(headed.sentence(of: 0) == 0)
    #expect(headed.sentences.count == words.sentences.count + 1)
  }

  @Test func namesAreThoseOfTheDocument() throws {
    let (words, _) = try words("Les talibans ont rencontré Paul Lambert.")
    #expect((0..<words.tokens.count).map { words.name(at: $0) }[1] == .organization)
  }

  @Test func aCapitalWithoutAccentAtTheBeginningIsAPreposition() throws {
    let (words, _) = try words("A Marval, le port est fermé.")
    #expect(words.has(0, .preposition) && !words.has(0, .have))
  }

  @Test(arguments: [("Ce dernier a parlé.", true), ("Ce dernier point compte.", false), ("Le dernier a parlé.", false)])
  func ceDernierStandsForSomebody(text: String, expected: Bool) throws {
    #expect(try words(text).0.isLatter(1) == expected)
  }

  @Test func anEndlessSentenceIsCut() throws {
    let (words, _) = try words(String(repeating: "le port et ", count: 200))
    #expect(words.sentences.allSatisfy { $0.count <= 300 })
  }
}
