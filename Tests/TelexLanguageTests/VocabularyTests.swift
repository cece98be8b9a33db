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
    let automaton = WordAutomaton(AutomatonBuilder.tables(of: words))
    for (number, word) in words.enumerated() {
      #expect(automaton.index(of: word) == number)
      #expect(automaton.word(at: number) == word)
    }
    for number in [-1, words.count, words.count + 9] { #expect(automaton.word(at: number) == nil) }
    for other in ["", "c", "abcd", "ét"] { #expect(automaton.index(of: Array(other.utf8)) == nil, "\(other)") }
  }

  /// More words behind one letter than 16 bits count.
  @Test func anAutomatonCountsBeyond16Bits() {
    let words = (100_000..<200_000).map { Array("x\($0)".utf8) }
    let tables = AutomatonBuilder.tables(of: words)
    #expect(tables.farSkips.isEmpty == false)
    let automaton = WordAutomaton(tables)
    for number in stride(from: 0, to: words.count, by: 997) {
      #expect(automaton.index(of: words[number]) == number)
      #expect(automaton.word(at: number) == words[number])
      var state = automaton.start
      for byte in words[number] { #expect(automaton.step(&state, byte)) }
      #expect(state.index == number && state.isWord)
    }
  }

  @Test(arguments: [("É", "é", "e"), ("Œuvre", "œuvre", "oeuvre"), ("L’ÉTÉ", "l'été", "l'ete"), ("Ÿ", "ÿ", "y")])
  func lettersAreFolded(text: String, lower: String, bare: String) {
    #expect(String(decoding: folded(Array(text.utf8), .lower), as: UTF8.self) == lower)
    #expect(String(decoding: folded(Array(text.utf8), .bare), as: UTF8.self) == bare)
  }
}

extension WordAutomaton {
  fileprivate init(_ tables: AutomatonTables) {
    self.init(
      edges: Column(keeping: tables.edges), skips: Column(keeping: tables.skips),
      farSkips: Column(keeping: tables.farSkips))
  }
}
