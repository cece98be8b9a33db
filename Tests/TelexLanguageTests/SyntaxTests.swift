import TelexLanguage
import TelexModel
import TelexText
import Testing

@Suite struct SyntaxTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  private func sentence(_ string: String) -> ParsedSentence {
    let text = SourceText(string)
    return language.sentence(of: text, in: Span(0, text.utf8.count))
  }

  /// Words are cut as the treebanks cut them; parts of contractions are joined by +.
  @Test(arguments: [
    ("L'accord du 23 mars", "L' accord de+le 23 mars"),
    ("Qu’en dira-t-on aujourd’hui ?", "Qu’ en dira -t-on aujourd’hui ?"),
    ("Il va aux États-Unis.", "Il va à+les États-Unis ."),
    ("Avait-il reçu 10 000 euros ?", "Avait -il reçu 10 000 euros ?"),
    ("M. Dupont, dit-elle.", "M. Dupont , dit -elle ."),
    ("Rendez-vous à 14h30", "Rendez-vous à 14 h 30"),
    ("Celui-ci, peut-être.", "Celui-ci , peut-être ."),
  ])
  func words(text: String, expected: String) {
    let parsed = sentence(text)
    let found = parsed.tokens.indices.map { token in
      parsed.words(ofToken: token).map { parsed.words[$0].form }.joined(separator: "+")
    }
    #expect(found.joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("Le ministre a démenti.", "DET NOUN AUX VERB PUNCT"),
    ("La porte est ouverte.", "DET NOUN AUX VERB PUNCT"),
    ("Paris et Londres négocient.", "PROPN CCONJ PROPN VERB PUNCT"),
  ])
  func tags(text: String, expected: String) {
    #expect(sentence(text).words.map(\.tag.code).joined(separator: " ") == expected)
  }

  @Test(arguments: [
    ("Les négociations avaient échoué.", "le négociation avoir échouer ."),
    ("Elle promettra de nouvelles lois.", "lui promettre un nouveau loi ."),
  ])
  func lemmas(text: String, expected: String) {
    #expect(sentence(text).words.map(\.lemma).joined(separator: " ") == expected)
  }

  @Test(
    arguments: [
      ("Le ministre a démenti.", "démenti", "root", nil),
      ("Le ministre a démenti.", "ministre", "nsubj", "démenti"),
      ("Le président de la commission a signé l'accord.", "accord", "obj", "signé"),
      ("Le président de la commission a signé l'accord.", "commission", "nmod", "président"),
    ] as [(String, String, String, String?)])
  func arcs(text: String, word: String, relation: String, head: String?) throws {
    let parsed = sentence(text)
    let found = try #require(parsed.words.first { $0.form == word })
    #expect(found.relation.prefix { $0 != ":" } == relation)
    #expect(found.head.map { parsed.words[$0].form } == head)
  }

  /// Every sentence is one tree: one root, and every word leads to it.
  @Test(arguments: [
    "Oui.", "?", "…", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
    String(repeating: "( ", count: 1000), String(repeating: "mot ", count: 1500),
  ])
  func everySentenceIsATree(text: String) {
    let words = sentence(text).words
    #expect(words.count { $0.head == nil } == 1)
    for start in words.indices {
      var (place, steps): (Int?, Int) = (start, 0)
      while let word = place, steps <= words.count { (place, steps) = (words[word].head, steps + 1) }
      #expect(place == nil, "word \(start) is in a circle")
    }
  }

  @Test func onlyTheRootIsCalledRoot() {
    for text in [
      "Selon lui, \"rien n'est vrai\" dans l'affaire, dit-il.", "Non, dit-il, et il part ; elle reste : voilà.",
    ] {
      for word in sentence(text).words { #expect((word.relation == "root") == (word.head == nil), "\(word)") }
    }
  }

  @Test func conlluSaysWhereTokensStand() {
    let text = SourceText("Né à Liège, il va au café.")
    var writer = CoNLLUWriter(text)
    let lines = language.sentences(of: text, in: Span(0, text.utf8.count)).map { writer.lines(of: $0) }.joined()
    #expect(lines.contains("\tSpaceAfter=No|TokenRange=5:10\n"), "Liège: \(lines)")
    #expect(lines.contains("7-8\tau\t_\t_\t_\t_\t_\t_\t_\tTokenRange=18:20\n"), "au: \(lines)")
  }
}
