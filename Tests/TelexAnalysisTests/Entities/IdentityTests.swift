import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct IdentityTests {
  private let both = "Paul Lambert est arrivé mardi à Lyon. Sophie Lambert est restée à Paris. "

  @Test func twoPersonsOfOneSurnameStayTwo() throws {
    let read = try ReadText(both + "Mme Lambert est repartie mercredi.")
    let woman = try #require(read.entity("Sophie Lambert"))
    #expect(read.entity("Paul Lambert") != nil)
    #expect(read.document.mentions.last { $0.form == .name }?.entity == woman.id)
  }

  @Test func aSurnameThatMayBeBothIsNobodys() throws {
    let read = try ReadText(both + "Selon Lambert, rien ne presse.")
    let surname = try #require(read.document.mentions.first { read.document.text.string($0.span) == "Lambert" })
    #expect(surname.entity == nil)
    #expect(read.document.diagnostics.contains { $0.code == "ambiguous-name" })
  }

  @Test func aNameIsNoPersonHereAndNoBodyThere() throws {
    let read = try ReadText(
      "Banque: Dexalia supprimera 1.500 postes\n\nLa banque belge Dexalia supprimera 1.500 postes. "
        + "Le titre Dexalia reculait mardi à la Bourse. « Ces décisions sont difficiles », a dit Dexalia.")
    let found = read.document.entities.filter { $0.name == "Dexalia" }
    #expect(found.map(\.kind) == [.organization])
    let kinds = read.document.mentions.filter { read.document.text.string($0.span) == "Dexalia" }.map(\.kind)
    #expect(kinds == Array(repeating: .organization, count: kinds.count) && kinds.count > 2, "\(kinds)")
  }

  @Test func aSurnameOnNoMapIsTheirsWhoBearsIt() throws {
    let read = try ReadText(
      "Le Slovène Matej Kranjc reste en tête. « Ce sera une autre histoire », prévient Kranjc.")
    let person = try #require(read.entity("Matej Kranjc"))
    #expect(
      read.document.mentions.filter { $0.entity == person.id && $0.form == .name }.map(\.kind) == [.person, .person])
  }

  @Test func theDatelineTellsWhoseAnAcronymIs() throws {
    let read = try ReadText(
      "LIEGE, 3 mars 2026 (EXA) - Le bourgmestre Willy Durand (PS) a reçu mardi quatre touristes français.")
    #expect(read.entity("Parti socialiste")?.country == "BE", "\(read.document.entities.map { ($0.name, $0.country) })")
  }

  @Test(arguments: [
    "Le Groupe d'experts intergouvernemental sur l'évolution du climat (Giec) a publié un rapport. Le Giec avertit.",
    // The country's initial stands in the acronym only.
    "Le Bureau intégré des Nations unies (Binuh) a publié un rapport. Le Binuh avertit.",
  ])
  func initialsInSmallLettersAreAnAcronym(text: String) throws {
    let read = try ReadText(text)
    #expect(
      read.document.entities.filter { $0.kind == .organization }.count == 1, "\(read.document.entities.map(\.name))")
  }

  @Test func aBodyThatIsKnownIsNoPlace() throws {
    let read = try ReadText("Israël accuse l'organisation de \"faire le jeu du Hamas\".")
    let hamas = try #require(read.document.entities.first { $0.name == "Hamas" })
    #expect(hamas.kind == .organization)
    #expect(read.document.mentions.filter { $0.entity == hamas.id }.map(\.kind) == [.organization])
  }

  @Test func aLevelIsNoName() throws {
    let read = try ReadText("2e LEAD - Le port ferme\n\nGAND, 3 mars 2026 (EXA) - Le port de Gand ferme mardi.")
    #expect(read.entity("LEAD") == nil, "\(read.document.entities.map(\.name))")
  }

  @Test func anUnknownPersonHasTheSameIdEverywhere() throws {
    let first = try ReadText("Le maire Paul Lambert a reçu la presse.").entity("Paul Lambert")
    let second = try ReadText("Le projet est mort, a dit Paul Lambert mardi.").entity("Paul Lambert")
    #expect(first?.identifiers["local"] == "person:paul-lambert")
    #expect(first?.identifiers == second?.identifiers)
  }
}
