import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct PersonGenderTests {
  @Test(arguments: [
    ("La maire, Claire Lambert, a refusé.", "Claire Lambert", "f"),
    ("Le président turc Paul Lambert est arrivé.", "Paul Lambert", "m"),
    ("La directrice de l'usine, Camille Lambert, a refusé.", "Camille Lambert", "f"),
  ])
  func titlesNamesAndFunctionsTell(text: String, name: String, gender: String) throws {
    #expect(try ReadText(text).entity(name)?.gender == gender)
  }

  @Test func aNameOfBothTellsNothing() throws {
    let read = try ReadText("Un projet est mort, a dit Camille Lambert mardi.")
    #expect(read.entity("Camille Lambert") != nil)
    #expect(read.entity("Camille Lambert")?.gender == nil)
  }
}
