import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct IdentityTests {
  private let both = "Le maire Paul Lambert a reçu mardi la ministre Claire Lambert. "

  @Test func twoPersonsOfOneSurnameStayTwo() throws {
    let read = try ReadText(both + "Mme Lambert est repartie mercredi.")
    let ministers = try #require(read.entity("Claire Lambert"))
    #expect(read.entity("Paul Lambert") != nil)
    #expect(read.document.mentions.last { $0.form == .name }?.entity == ministers.id)
  }

  @Test func aSurnameThatMayBeBothIsNobodys() throws {
    let read = try ReadText(both + "Lambert est repartie mercredi à Lyon.")
    let surname = try #require(read.document.mentions.first { read.document.text.string($0.span) == "Lambert" })
    #expect(surname.entity == nil)
    #expect(read.document.diagnostics.contains { $0.code == "ambiguous-name" })
  }

  @Test func anUnknownPersonHasTheSameIdEverywhere() throws {
    let first = try ReadText("Le maire Paul Lambert a reçu la presse.").entity("Paul Lambert")
    let second = try ReadText("Le projet est mort, a dit Paul Lambert mardi.").entity("Paul Lambert")
    #expect(first?.identifiers["local"] == "person:paul-lambert")
    #expect(first?.identifiers == second?.identifiers)
  }
}
