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
    ("Les talibans ont menacé de reprendre les combats.", ["talibans/org"]),
    ("Le chef taliban a été tué.", []),
    ("Monsieur Delvaux a rencontré Mme Kerbiriou à Namur.", ["Delvaux/per", "Kerbiriou/per", "Namur/loc"]),
    ("Le traité de Lisbonne a été signé à Lisbonne.", ["traité de Lisbonne/pro", "Lisbonne/loc"]),
    ("La France a ratifié l'accord de Paris.", ["France/loc", "accord de Paris/pro"]),
    ("Le député Yann Le Goff siège à l'Assemblée nationale.", ["Yann Le Goff/per", "Assemblée nationale/org"]),
    ("L'Organisation mondiale de la santé a alerté lundi.", ["Organisation mondiale de la santé/org"]),
    ("La ministre a visité l'Indre-et-Loire et le Tessin.", ["Indre-et-Loire/loc", "Tessin/loc"]),
    ("Pieter van den Broeck a battu Ahmed ben Salah.", ["Pieter van den Broeck/per", "Ahmed ben Salah/per"]),
    ("Les Belges votent dimanche.", []),
    ("Un incendie a détruit un immeuble de la rue Paul Lambert à Namur.", ["rue Paul Lambert/loc", "Namur/loc"]),
    ("L'armée syrienne a bombardé la ville d'Alep.", ["Alep/loc"]),
    ("Nino Keller a gagné le Tour de Romandie à Sion.", ["Nino Keller/per", "Tour de Romandie/eve", "Sion/loc"]),
    ("Un tour de Romandie en train est à gagner.", ["Romandie/loc"]),
    ("Le gouvernement canadien a félicité l'Armée rouge.", ["Armée rouge/org"]),
  ])
  func namesOfASentence(sentence: String, expected: [String]) {
    #expect(names(sentence) == expected)
  }

  /// The examples in `announced-names.tsv`.
  @Test func announcedNamesAreOfTheirKind() throws {
    let table = language.names.announced.table
    #expect(table.positive.count >= 3 && table.negative.count >= 2)
    for row in table.positive + table.negative {
      let text = SourceText(try #require(row.fields.first))
      let found = language.names(of: text, in: [Span(0, text.utf8.count)]).map {
        "\(text.string($0.span))/\($0.kind.rawValue)"
      }
      for name in row.fields.dropFirst() { #expect(found.contains(name), "line \(row.line): \(found)") }
      if table.negative.contains(where: { $0.line == row.line }) {
        #expect(found == Array(row.fields.dropFirst()), "line \(row.line)")
      }
    }
  }

  /// What one place of the dispatch announces holds for the others.
  @Test func anAnnouncedNameIsAnnouncedForTheWholeDispatch() {
    let sentences = [
      "Le patron de Norvatech est parti.", "Le PDG du groupe d'armement Norvatech, Paul Morel, a été entendu.",
      "Le titre Norvatech cédait 6 %.",
    ]
    let text = SourceText(sentences.joined(separator: " "))
    var start = 0
    let spans = sentences.map { sentence in
      defer { start += sentence.utf8.count + 1 }
      return Span(start, start + sentence.utf8.count)
    }
    let found = language.names(of: text, in: spans).map { "\(text.string($0.span))/\($0.kind.rawValue.prefix(3))" }
    #expect(found == ["Norvatech/org", "Norvatech/org", "Paul Morel/per", "Norvatech/org"])
  }

  /// A name that only the words beside it tell says so, and is less sure than one that the sentence tells too.
  @Test func anAnnouncedNameSaysWhatSpeaksForIt() throws {
    let text = SourceText("Le syndicat CGTV, lui, négocie avec l'ONU.")
    let found = language.names(of: text, in: [Span(0, text.utf8.count)])
    try #require(found.map { text.string($0.span) } == ["CGTV", "ONU"])
    #expect(found.map(\.evidence) == [.announced, .sentence])
    #expect(found[0].confidence < 0.75 && found[1].confidence > 0.8, "\(found.map(\.confidence))")
  }

  /// Who was named in full somewhere is known by the surname everywhere, also where a sentence says nothing of it.
  @Test func aSurnameIsKnownFromTheFullName() {
    let first = "La maire Solène Kerbiriou démissionne."
    let text = SourceText(first + " Le dossier Kerbiriou avance.")
    let names = language.names(
      of: text, in: [Span(0, first.utf8.count), Span(first.utf8.count, text.utf8.count)])
    #expect(names.map { text.string($0.span) } == ["Solène Kerbiriou", "Kerbiriou"])
    #expect(names.map(\.evidence) == [.sentence, .document])
    #expect(names.allSatisfy { $0.kind == .person })
  }

  @Test(arguments: [
    ("L'Allemagne refuse.", "Allemagne"), ("L’Allemagne refuse.", "Allemagne"),
    ("Selon l' Allemagne , non.", "Allemagne"),
  ])
  func noNameHoldsAnElidedArticle(sentence: String, name: String) {
    #expect(names(sentence).map { String($0.prefix { $0 != "/" }) } == [name])
  }
}
