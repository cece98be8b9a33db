import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct EntityAnnotatorTests {
  /// Functions of the persons of a text: "name: function (status)".
  private func roles(_ text: String) throws -> [String] {
    let document = try ReadText(text).document
    return document.entities.flatMap { entity in
      entity.roles.map { "\(entity.name): \(document.text.string($0.span)) (\($0.status.rawValue))" }
    }
  }

  @Test(arguments: [
    (
      "Le ministre français des Ports, Paul Lambert, est arrivé à Lyon.",
      "Paul Lambert: ministre français des Ports (current)"
    ),
    ("Le président turc Paul Lambert est arrivé à Lyon.", "Paul Lambert: président turc (current)"),
    ("L'ex-président Paul Lambert est arrivé à Lyon.", "Paul Lambert: ex-président (former)"),
    ("L'ancien ministre Paul Lambert est arrivé à Lyon.", "Paul Lambert: ancien ministre (former)"),
    ("Paul Lambert, directeur général de la SNCF, est arrivé.", "Paul Lambert: directeur général de la SNCF (current)"),
    (
      "Il a rencontré le secrétaire général de la CGT, Paul Lambert.",
      "Paul Lambert: secrétaire général de la CGT (current)"
    ),
  ])
  func functionsBesideANameAreRead(text: String, expected: String) throws {
    #expect(try roles(text) == [expected])
  }

  @Test(arguments: ["La ville de Paul Lambert a changé.", "Paul Lambert et le ministre des Ports se sont rencontrés."])
  func whatIsNoFunctionOfHisIsLeftOut(text: String) throws {
    #expect(try roles(text).isEmpty)
  }

  @Test func aDescriptionIsLedBackToItsPerson() throws {
    let read = try ReadText(
      "Le secrétaire d'Etat américain, Paul Lambert, est arrivé mardi. « Nous restons », a dit le chef de la diplomatie américaine."
    )
    #expect(read.quotations == ["direct: Nous restons — Paul Lambert"])
  }

  @Test func namesOfOneCountryAreOneEntity() throws {
    let document = try ReadText("La France et les Etats-Unis négocient. Les États-Unis attendent.").document
    let country = try #require(document.entities.first { $0.identifiers["iso3166"] == "US" })
    #expect(country.name == "États-Unis")
    #expect(document.mentions.count { $0.entity == country.id } == 2)
  }
}
