import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// Text full of functions, members, demonyms or pronouns is read in linear time.
@Suite(.serialized) struct EntityGrowthTests {
  @Test(arguments: [
    "Les ministres dont le Japon, ", "Le ministre Paul Lambert a dit. ", "américain ", "il son elle Paul et ",
    "Springfield, Tripoli, Lambert, ", "les ministres présidents ",
  ])
  func theTimeGrowsWithTheText(unit: String) throws {
    let short = try seconds(String(repeating: unit, count: 1000 / unit.utf8.count))
    let long = try seconds(String(repeating: unit, count: 8000 / unit.utf8.count))
    #expect(long < 20 * max(short, 0.005), "\(short) s for 1 kB, \(long) s for 8 kB of \(unit)")
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
