import TelexModel
import TelexText
import Testing

@testable import TelexLanguage

@Suite struct GazetteerTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  /// However it is spelled, a listed name is that name.
  @Test(arguments: [
    ("les États-Unis", "États-Unis", Gazetteer.Kinds.country), ("les ETATS UNIS", "ETATS UNIS", .country),
    ("le Sri-Lanka", "Sri-Lanka", .country), ("les Nations-Unies", "Nations-Unies", .organization),
    ("les Nations unies", "Nations unies", .organization), ("à Charleville Mézières", "Charleville Mézières", .city),
  ])
  func spacesAndHyphensAreTheSame(sentence: String, name: String, kind: Gazetteer.Kinds) {
    let text = SourceText(sentence)
    let reading = language.reading(of: text, in: [Span(0, text.utf8.count)])
    let evidence = language.gazetteer.evidence(reading.tokens[0], reading.words[0], of: text)
    let listed = zip(reading.tokens[0], evidence).filter { $1.phrase.contains(kind) }.map { text.string($0.0.span) }
    #expect(listed.joined(separator: " ") == name)
  }

  /// "TVA" is no body's acronym.
  @Test(arguments: [
    "La TVA passe à 21 %.", "Le débat sur l'IVG et la PMA reprend.", "Un séropositif au VIH sur trois l'ignore.",
    "Le PIB recule, les CDD augmentent.",
  ])
  func acronymsOfThingsAreNoNames(sentence: String) {
    let text = SourceText(sentence)
    #expect(language.names(of: text, in: [Span(0, text.utf8.count)]).map { text.string($0.span) } == [])
  }
}
