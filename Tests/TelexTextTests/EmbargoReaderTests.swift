import TelexModel
import Testing

@testable import TelexText

struct EmbargoReaderTests {
  private let embargoes: EmbargoReader

  init() throws {
    embargoes = try EmbargoReader(resources: try #require(ResourceDirectory.located()))
  }

  private func end(_ note: String, _ day: String?) -> String? { embargoes.end(in: Array(note.utf8)[...], of: day) }

  @Test func theExamplesHold() {
    #expect(!embargoes.table.positive.isEmpty && !embargoes.table.negative.isEmpty)
    for example in embargoes.table.positive + embargoes.table.negative {
      let day = example.fields[0] == "-" ? nil : example.fields[0]
      let due = example.fields.count > 2 ? example.fields[2] : nil
      #expect(end(example.fields[1], day) == due, "embargoes.txt:\(example.line)")
    }
  }

  @Test func clocksChangeWithTheSeason() {
    for (day, zone) in [
      ("27 mars 2021 18h00", "+01:00"), ("28 mars 2021 1h59", "+01:00"), ("28 mars 2021 3h00", "+02:00"),
      ("30 octobre 2021 18h00", "+02:00"), ("31 octobre 2021 2h30", "+01:00"), ("31 octobre 2021 4h00", "+01:00"),
    ] {
      #expect(end("Embargo jusqu'au \(day) (heure de Paris)", nil)?.suffix(6) == zone[...], "\(day)")
    }
    #expect(end("Embargo jusqu'au 14 mars 2021 3h00, heure de Montréal", nil)?.suffix(6) == "-04:00")
    #expect(end("Embargo jusqu'au 7 novembre 2021 3h00, heure de Montréal", nil)?.suffix(6) == "-05:00")
  }

  @Test func anyBytesAreReadOrNot() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("embargo jusqu'à 18h0 mai 2021-03 heure Paris’\u{A0}minuit".utf8)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<48, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      _ = embargoes.end(in: bytes[...], of: "2021-03-23")
    }
  }
}
