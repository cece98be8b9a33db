import TelexLanguage
import TelexText
import TelexTraining
import Testing

@Suite struct VocabularyTests {
  let vocabulary: Vocabulary

  init() throws {
    vocabulary = try Vocabulary(from: try #require(ResourceDirectory.located()))
  }

  /// Readings of a form as "lemma TAG features".
  private func readings(_ form: String) -> Set<String> {
    let bytes = Array(form.utf8)
    let set = vocabulary.entry(of: bytes).set
    return Set(
      vocabulary.analyses(ofSet: set).map {
        let lemma = String(decoding: vocabulary.lemma(of: bytes, $0), as: UTF8.self)
        return "\(lemma) \($0.tag.code) \($0.universalFeatures)"
      })
  }

  @Test(arguments: [
    ("promettra", "promettre VERB Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin"),
    ("menaçaient", "menacer VERB Mood=Ind|Number=Plur|Person=3|Tense=Imp|VerbForm=Fin"),
    ("chevaux", "cheval NOUN Gender=Masc|Number=Plur"),
    ("nouvelles", "nouveau ADJ Gender=Fem|Number=Plur"),
    ("signée", "signer VERB Gender=Fem|Number=Sing|Tense=Past|VerbForm=Part"),
    ("selon", "selon ADP _"),
  ])
  func formsHaveTheirReadings(form: String, reading: String) {
    #expect(readings(form).contains(reading), "\(form): \(readings(form))")
  }

  @Test func unknownFormsHaveNone() {
    #expect(readings("xqzvblorp").isEmpty)
    #expect(vocabulary.entry(of: Array("xqzvblorp".utf8)).row == 0)
  }

  @Test func anAutomatonNumbersItsWordsInOrder() {
    let words = ["a", "ab", "abc", "b", "bc", "été", "étés"].map { Array($0.utf8) }
    let (edges, skips) = AutomatonBuilder.tables(of: words)
    let automaton = WordAutomaton(edges: Column(keeping: edges), skips: Column(keeping: skips))
    for (number, word) in words.enumerated() { #expect(automaton.index(of: word) == number) }
    for other in ["", "c", "abcd", "ét"] { #expect(automaton.index(of: Array(other.utf8)) == nil, "\(other)") }
  }

  @Test(arguments: [("É", "é", "e"), ("Œuvre", "œuvre", "oeuvre"), ("L’ÉTÉ", "l'été", "l'ete"), ("Ÿ", "ÿ", "y")])
  func lettersAreFolded(text: String, lower: String, bare: String) {
    #expect(String(decoding: folded(Array(text.utf8), .lower), as: UTF8.self) == lower)
    #expect(String(decoding: folded(Array(text.utf8), .bare), as: UTF8.self) == bare)
  }
}
