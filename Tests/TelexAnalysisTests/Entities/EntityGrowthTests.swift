import Testing

@testable import TelexAnalysis

/// Text full of functions, members, demonyms or pronouns is read in linear time.
@Suite(.serialized) struct EntityGrowthTests {
  @Test(arguments: [
    "Les ministres dont le Japon, ", "Le ministre Paul Lambert a dit. ", "américain ", "il son elle Paul et ",
    "Springfield, Tripoli, Lambert, ", "les ministres présidents ", "Le coureur. Celui-ci. ",
    "Le coureur Paul Lambert. ",
    "que la son ",
  ])
  func theTimeGrowsWithTheText(unit: String) throws {
    let growth = try Growth(of: unit, bytes: 1000, and: 8000) { _ = try ReadText($0) }
    #expect(growth.long < 20 * max(growth.short, 0.005), "\(growth)")
  }
}
