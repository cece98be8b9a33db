import Testing

@testable import TelexAnalysis

/// Text full of marks or cues is read in linear time: eight times the text takes about eight times as long.
@Suite(.serialized) struct QuotationGrowthTests {
  @Test(arguments: [
    "\"a\" \"a\" ", "« ", "\" ", "» ", "« a » ", "il dit que ", "selon lui, ", ", a-t-il dit, ", "a dit et dit et ",
    "pour qui ", "« a », a dit ", "de l'avis de ", "X, dit Y. ", "a dit, dont il a, que ", ", convaincu que ",
    "la promesse de l'Otan de ", "par la voix de X dit que ", "X: selon Y, ", "« 'a' » ", "on dit que ",
  ])
  func theTimeGrowsWithTheText(unit: String) throws {
    let growth = try Growth(of: unit, bytes: 500, and: 4000) { _ = try ReadText($0) }
    #expect(growth.long < 20 * max(growth.short, 0.005), "\(growth)")
  }
}
