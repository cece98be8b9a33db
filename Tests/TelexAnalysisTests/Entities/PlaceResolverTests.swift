import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct PlaceResolverTests {
  @Test func aCityHasCountryCoordinatesAndNumber() throws {
    let city = try #require(try ReadText("La réunion a lieu mardi à Genève, en Suisse.").entity("Genève"))
    #expect(city.country == "CH")
    #expect(city.identifiers["geonames"] == "2660646")
    let geo = try #require(city.geo)
    #expect(abs(geo.latitude - 46.2) < 0.1 && abs(geo.longitude - 6.15) < 0.1)
    #expect(city.subtype == "city")
  }

  @Test func aCapitalIsOne() throws {
    #expect(try ReadText("Il est arrivé mardi à Moscou.").entity("Moscou")?.subtype == "capital")
  }

  /// Of a town that is a capital, and of one that no list of towns has.
  @Test(arguments: [("Colombo", "LK"), ("Abou Dhabi", "AE"), ("La Havane", "CU")])
  func aCapitalIsMeantWhereNothingElseIsHinted(name: String, country: String) throws {
    let city = try #require(try ReadText("Il est arrivé mardi à \(name).").entity(name))
    #expect(city.country == country && city.subtype == "capital")
  }

  @Test func aLargerTownOfACapitalsNameIsNotRuledOut() throws {
    let city = try #require(try ReadText("Il est arrivé mardi à San José.").entity("San José"))
    #expect(city.geo == nil && city.candidates.contains { $0.hasSuffix("CR") })
  }

  @Test(arguments: [("KIEV", "Kiev"), ("La Havane", "La Havane"), ("LA HAVANE", "La Havane")])
  func aDatelinesCapitalIsSpelledAsItIs(place: String, name: String) throws {
    let read = try ReadText("\(place), 5 mars 2024 (EXA) - Le port ferme mardi, selon la ville.")
    let city = try #require(read.entity(name), "\(read.document.entities.map(\.name))")
    #expect(read.document.mentions.contains { $0.entity == city.id && read.document.text.string($0.span) == place })
  }

  @Test func aDatelinesCapitalsAreNotItsName() throws {
    let read = try ReadText("LIEGE, 5 mars 2024 (EXA) - Le port belge ferme mardi, selon la ville.")
    let city = try #require(read.entity("Liège"))
    #expect(city.country == "BE")
    #expect(read.document.mentions.contains { $0.entity == city.id && read.document.text.string($0.span) == "LIEGE" })
  }

  @Test func theDispatchsOwnGeographyDecides() throws {
    let lebanon = try ReadText("Des combats ont éclaté à Tripoli, au Liban. L'armée libanaise est intervenue.")
    #expect(lebanon.entity("Tripoli")?.country == "LB")
    let libya = try ReadText("Des combats ont éclaté à Tripoli. Le gouvernement libyen se tait.")
    #expect(libya.entity("Tripoli")?.country == "LY")
  }

  @Test func whereTwoReadingsRemainNoneIsChosen() throws {
    let read = try ReadText("Un incendie a éclaté mardi à Springfield. Trois habitants de Springfield sont blessés.")
    let city = try #require(read.entity("Springfield"))
    #expect(city.geo == nil)
    #expect(city.candidates.count > 1)
    #expect(read.document.diagnostics.contains { $0.code == "ambiguous-place" })
  }
}
