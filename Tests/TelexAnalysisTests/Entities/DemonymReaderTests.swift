import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct DemonymReaderTests {
  @Test(arguments: [
    ("Le gouvernement belge a démissionné.", "belge → Belgique"),
    ("Quelque 2500 Américains sont restés.", "Américains → États-Unis"),
    ("Les autorités nord-coréennes se taisent.", "nord-coréennes → Corée du Nord"),
    ("Le quotidien vaudois a paru.", "vaudois → Vaud"),
    ("Les clubs lyonnais ont perdu.", "lyonnais → Lyon"),
  ])
  func aDemonymIsLedToItsPlace(text: String, expected: String) throws {
    #expect(try ReadText(text).mentions(.demonym) == [expected])
  }

  @Test func aDemonymJoinsTheCountryThatIsNamed() throws {
    let read = try ReadText("La Norvège a réagi. Les pêcheurs norvégiens protestent.")
    let country = try #require(read.entity("Norvège"))
    #expect(read.document.mentions.count { $0.entity == country.id } == 2)
    #expect(country.identifiers["iso3166"] == "NO")
  }

  @Test func ofTwoCountriesTheOneNamedIsMeant() throws {
    let read = try ReadText("La Corée du Sud a réagi. Les chantiers coréens ferment.")
    #expect(read.mentions(.demonym) == ["coréens → Corée du Sud"])
  }

  @Test func whereNothingDecidesNoCountryIsChosen() throws {
    let read = try ReadText("Les chantiers coréens ferment lundi.")
    #expect(read.mentions(.demonym) == ["coréens → ?"])
    #expect(read.document.diagnostics.contains { $0.code == "ambiguous-demonym" })
  }

  @Test(arguments: ["Il s'exprime en français.", "Le texte est traduit en anglais."])
  func aLanguageIsNoDemonym(text: String) throws {
    #expect(try ReadText(text).mentions(.demonym).isEmpty)
  }
}
