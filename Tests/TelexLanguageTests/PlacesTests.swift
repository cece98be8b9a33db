import TelexLanguage
import TelexText
import Testing

@Suite struct PlacesTests {
  private static let places = Result { try Places(from: try #require(ResourceDirectory.located())) }

  @Test func aFrenchNameLeadsToItsPlace() throws {
    let places = try Self.places.get()
    let kabul = try #require(places.places(named: "kaboul".utf8).first)
    #expect(kabul.country == "AF")
    #expect(places.identifier(of: kabul) == "1138958")
    #expect(places.title(of: kabul) == "Kaboul")
    #expect(abs(places.coordinates(of: kabul).latitude - 34.5) < 0.1)
  }

  @Test func theMostPopulousPlaceComesFirst() throws {
    let names = try Self.places.get().places(named: "tripoli".utf8)
    #expect(names.count > 1)
    #expect(names.map(\.population) == names.map(\.population).sorted(by: >))
  }

  @Test func hyphensAreSpaces() throws {
    let places = try Self.places.get()
    #expect(!places.places(named: "la chaux-de-fonds".utf8).isEmpty)
    #expect(places.places(named: "la chaux-de-fonds".utf8) == places.places(named: "la chaux de fonds".utf8))
  }

  @Test func anUnknownNameHasNone() throws {
    #expect(try Self.places.get().places(named: "marval-sous-bois".utf8).isEmpty)
  }
}
