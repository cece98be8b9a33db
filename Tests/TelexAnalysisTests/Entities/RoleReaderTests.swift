import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct RoleReaderTests {
  @Test(arguments: [
    (
      "Le président de la Fédération française de cyclisme (FFC), Paul Lambert, a refusé mardi.",
      "Paul Lambert: président de la Fédération française de cyclisme (current)"
    ),
    ("Paul Lambert (PS), bourgmestre de Namur, a refusé mardi.", "Paul Lambert: bourgmestre de Namur (current)"),
    ("Paul Lambert, 45 ans, directeur de l'usine, a refusé.", "Paul Lambert: directeur de l'usine (current)"),
    ("Paul Lambert a été nommé directeur de l'usine mardi.", "Paul Lambert: directeur de l'usine (current)"),
    ("Le directeur par intérim de l'usine, Paul Lambert, a refusé.", "Paul Lambert: directeur par intérim"),
    (
      "L'ambassadeur israélien auprès de l'ONU, Paul Lambert, a refusé.",
      "Paul Lambert: ambassadeur israélien auprès de l'ONU"
    ),
    ("Le futur directeur de l'usine, Paul Lambert, a refusé.", "Paul Lambert: futur directeur de l'usine (designated)"),
    ("Paul Lambert, alors directeur de l'usine, avait refusé.", "Paul Lambert: directeur de l'usine (former)"),
  ])
  func functionsAreReadWhereverTheyStand(text: String, expected: String) throws {
    let roles = try ReadText(text).roles
    #expect(roles.count == 1)
    #expect(roles.first?.hasPrefix(expected) == true, "\(roles)")
  }

  @Test func aFunctionBelongsToItsBodyOrCountry() throws {
    #expect(
      try ReadText("Le président turc Paul Lambert est arrivé.").roles
        == ["Paul Lambert: président turc (current) of Turquie"])
  }

  @Test(arguments: [
    (
      "La porte-parole du ministre de la Santé, Anne Morel, est partie.",
      "Anne Morel: porte-parole du ministre de la Santé"
    ),
    ("L'avocat de la directrice, Paul Lambert, a refusé.", "Paul Lambert: avocat de la directrice"),
    (
      "Le chef de cabinet du Premier ministre, Paul Lambert, a refusé.",
      "Paul Lambert: chef de cabinet du Premier ministre"
    ),
    ("L'arrestation du président du club, Paul Lambert, a surpris.", "Paul Lambert: président du club"),
    ("Le candidat au poste de directeur, Paul Lambert, a refusé.", "Paul Lambert: candidat au poste de directeur"),
    (
      "Le haut-commissaire aux droits de l'homme, Paul Lambert, a refusé.",
      "Paul Lambert: haut-commissaire aux droits de l'homme"
    ),
  ])
  func theOutermostFunctionIsThePersons(text: String, expected: String) throws {
    let roles = try ReadText(text).roles
    #expect(roles.count == 1 && roles.first?.hasPrefix(expected) == true, "\(roles)")
  }

  @Test(arguments: ["Le frère du président, Paul Lambert, a refusé.", "L'épouse du maire, Anne Morel, est partie."])
  func whoIsRelatedToAFunctionDoesNotHoldIt(text: String) throws {
    #expect(try ReadText(text).roles == [])
  }

  @Test func aSpokespersonHasAPrincipal() throws {
    let roles = try ReadText("Le porte-parole de Paul Lambert, Marc Durand, a refusé mardi de répondre.").roles
    #expect(roles == ["Marc Durand: porte-parole de Paul Lambert (current) of Paul Lambert"])
  }
}
