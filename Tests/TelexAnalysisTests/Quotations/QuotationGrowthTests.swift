import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// Text full of marks or cues is read in linear time: eight times the text takes about eight times as long.
@Suite(.serialized) struct QuotationGrowthTests {
  @Test(arguments: [
    "\"a\" \"a\" ", "« ", "\" ", "» ", "« a » ", "il dit que ", "selon lui, ", ", a-t-il dit, ", "a dit et dit et ",
    "pour qui ", "« a », a dit ", "de l'avis de ", "X, dit Y. ",
  ])
  func theTimeGrowsWithTheText(unit: String) throws {
    let short = try seconds(String(repeating: unit, count: 500 / unit.utf8.count))
    let long = try seconds(String(repeating: unit, count: 4000 / unit.utf8.count))
    #expect(long < 20 * max(short, 0.005), "\(short) s for 500 bytes, \(long) s for 4 kB of \(unit)")
  }

  /// The quickest of three readings: the machine may be busy with others.
  private func seconds(_ text: String) throws -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<3 {
      let duration = try clock.measure { _ = try ReadText(text) }
      best = min(best, Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
    }
    return best
  }
}
