import TelexLanguage
import TelexModel
import TelexText
import Testing

@Suite struct EndMarksTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  private func irregularity(_ string: String) -> UInt64 {
    let text = SourceText(string)
    let tokens = language.segmenter.tokenizer.tokens(of: text, in: Span(0, text.utf8.count))
    let featurizer = WordFeaturizer(language.vocabulary)
    let words = featurizer.features(of: tokens, in: text)
    return EndMarks(tokens, words).irregularity(at: tokens.count / 2)
  }

  @Test func runningTextIsRegular() {
    let prose = "Le maire a signé. Il part demain. Elle reste ! Qui paiera ? "
    #expect(irregularity(String(repeating: prose, count: 20)) == 1)
  }

  @Test func headingsBehindEachOtherAreNot() {
    let list = "Le budget La séance du conseil Les travaux du pont Il pleut. "
    #expect(irregularity(String(repeating: list, count: 20)) == 4)
  }

  @Test func aNameWithAnArticleIsNoHeading() {
    let prose = String(repeating: "Le maire a signé. Il part demain. ", count: 40)
    #expect(irregularity(prose + "On le lit dans le journal Le Temps. " + prose) == 1)
  }

  @Test func aCapitalAfterAWordEndsASentenceInAListOnly() {
    func sentences(_ string: String) -> Int {
      language.sentences(of: SourceText(string), in: Span(0, string.utf8.count)).count
    }
    let prose = "Le maire a signé. Il part demain. "
    #expect(sentences(String(repeating: prose, count: 40)) == 80)
  }
}
