import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct MetonymyTests {
  private func governments(_ text: String) throws -> [String] {
    let document = try ReadText(text).document
    return document.mentions.filter { $0.standsFor == "government" }.map { document.text.string($0.span) }
  }

  @Test(arguments: [
    ("Washington a annoncé mardi des sanctions.", "Washington"),
    ("Les Etats-Unis ont conclu mardi un accord.", "Etats-Unis"),
    ("Les sanctions imposées par Moscou sont levées.", "Moscou"),
    ("Les discussions continuent, selon Paris.", "Paris"),
    ("Plusieurs alliés pressent les Etats-Unis de décider.", "Etats-Unis"),
  ])
  func aPlaceThatActsIsItsGovernment(text: String, expected: String) throws {
    #expect(try governments(text) == [expected])
  }

  @Test(arguments: [
    "Une réunion a eu lieu mardi aux Etats-Unis.", "Paris est une ville chère.", "La Belgique a battu la France mardi.",
    "Il est arrivé mardi à Moscou.",
  ])
  func aPlaceThatIsOneStaysOne(text: String) throws {
    #expect(try governments(text).isEmpty)
  }
}
