import TelexLanguage
import TelexModel
import TelexText
import Testing

@testable import TelexTraining

@Suite struct SentenceEndTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  private func words(_ string: String) -> [WordFeatures] {
    let text = SourceText(string)
    let tokens = language.segmenter.tokenizer.tokens(of: text, in: Span(0, text.utf8.count))
    let featurizer = WordFeaturizer(language.vocabulary)
    return featurizer.features(of: tokens, in: text)
  }

  private func sentences(_ string: String) -> [String] {
    let text = SourceText(string)
    return language.sentences(of: text, in: Span(0, text.utf8.count)).map { sentence in
      text.string(Span(sentence.tokens.first?.span.start ?? 0, sentence.tokens.last?.span.end ?? 0))
    }
  }

  @Test(arguments: [
    ["L'accueil était parfait !", "on y retournera cet été."],
    ["Le pont est fermé.", "les bus sont déviés par le quai."],
    ["Qui paiera la facture ?", "la ville, répond le maire."],
    ["Il pleut sur Nandrin.", "Le marché est annulé !", "Tout le monde rentre."],
  ])
  func aSmallLetterCanBeginASentence(_ parts: [String]) {
    #expect(sentences(parts.joined(separator: " ")) == parts)
  }

  @Test(arguments: [
    "Le maire de Nandrin a signé l'accord avec Paul Renard.",
    "Elle habite à La Louvière depuis 2012.",
    "Le journal Le Temps a publié la lettre.",
  ])
  func aCapitalInsideOneEndsNothing(_ sentence: String) {
    #expect(sentences("Il pleut. " + sentence + " Il neige.") == ["Il pleut.", sentence, "Il neige."])
  }

  @Test(arguments: [
    ("pluie tombe", false), ("pluie Tombe", true), ("pluie 12", true), ("Liège tombe", true), (". tombe", true),
  ])
  func betweenTwoWordsOfSmallLettersNothingEnds(_ two: String, canEnd: Bool) {
    let words = words(two)
    #expect(words.count == 2 && SentenceEndFeatures.canEnd(words[0], words[1]) == canEnd)
  }

  @Test func whatIsOpenAndWhetherThereIsAVerbIsKnown() {
    var soFar = SentenceSoFar(start: 0)
    for word in words("Il a dit « non") { soFar.read(word) }
    #expect(soFar.open == 2 && soFar.verbs == 2)
    for word in words("\"") { soFar.read(word) }
    #expect(soFar.open == 3)
    for word in words("\" »") { soFar.read(word) }
    #expect(soFar.open == 0)
    #expect(SentenceSoFar(start: 4).verbs == 0)
  }

  /// What no hurry changes: letters and digits behind the first.
  private func body(_ sentence: String) -> String { sentence.dropFirst().filter { $0.isLetter || $0.isNumber } }

  @Test func copiesAreTheSameInEveryRunAndChangeOnlyWhatHurryChanges() {
    let sentences = (0..<400).map { "Le numéro \($0) est parti." }
    var (first, again, other) = (CarelessCopies(seed: 7), CarelessCopies(seed: 7), CarelessCopies(seed: 8))
    let copy = first.copy(of: sentences)
    #expect(copy == again.copy(of: sentences))
    #expect(copy != other.copy(of: sentences))
    #expect(Set(copy.map(body)) == Set(sentences.map(body)))
    #expect((5...40).contains(copy.count { $0.last == "i" }), "without a mark")
    #expect((20...70).contains(copy.count { "!?".contains($0.last ?? ".") || $0.hasSuffix("...") }), "another mark")
    #expect((3...30).contains(copy.count { $0.first == "l" }), "a small letter")
  }
}
