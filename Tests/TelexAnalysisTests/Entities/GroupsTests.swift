import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct GroupsTests {
  /// "group: members" in reading order.
  private func groups(_ text: String) throws -> [String] {
    let read = try ReadText(text)
    return read.document.entities.filter { $0.kind == .group }.map { group in
      "\(group.name): \(group.members.compactMap { read.name($0) }.joined(separator: ", "))"
    }
  }

  @Test(arguments: [
    ("Certains pays, dont le Japon et le Canada, protestent.", "Certains pays: Japon, Canada"),
    ("Plusieurs alliés, dont l'Allemagne, pressent le Japon.", "Plusieurs alliés: Allemagne"),
    ("Des pays comme la Norvège ont refusé.", "pays: Norvège"),
  ])
  func membersAreThoseTheTextNames(text: String, expected: String) throws {
    #expect(try groups(text) == [expected])
  }

  @Test func aRelativeClauseNamesNoMember() throws {
    #expect(try groups("Les alliés dont l'Allemagne a besoin hésitent.") == ["alliés: "])
  }

  @Test(arguments: [
    ("Le ministre a rencontré ses homologues.", "homologues: "),
    ("Les douze nouveaux ministres ont prêté serment.", "douze nouveaux ministres: "),
    ("La taxe frappe les hôteliers.", "hôteliers: "),
    ("Le parti cherche ses éventuels candidats.", "éventuels candidats: "),
  ])
  func personsInThePluralAreAGroup(text: String, expected: String) throws {
    #expect(try groups(text) == [expected])
  }

  @Test func anAdjectiveThatIsSpelledLikePersonsIsNone() throws {
    #expect(try groups("La taxe frappe les séjours hôteliers.") == [])
  }
}
