import TelexModel
import Testing

@testable import TelexText

struct DateReaderTests {
  private let dates: DateReader

  init() throws {
    dates = try DateReader(resources: try #require(ResourceDirectory.located()))
  }

  @Test func theExamplesOfTheCalendarHold() {
    #expect(!dates.table.positive.isEmpty && !dates.table.negative.isEmpty)
    for example in dates.table.positive {
      #expect(
        dates.date(at: Array(example.fields[0].utf8)[...])?.date.value == example.fields[1],
        "calendar.txt:\(example.line)")
    }
    for example in dates.table.negative {
      #expect(dates.date(at: Array(example.fields[0].utf8)[...])?.date.value == nil, "calendar.txt:\(example.line)")
    }
  }

  @Test func theRangeIsThatOfTheDate() {
    let bytes = Array("Paris, mardi 23 mars 2021 (EXA)".utf8)
    #expect(dates.date(at: bytes[6...])?.range == 7..<25)
  }

  @Test func grainIsWhatIsGiven() {
    for (text, grain) in [
      ("2021", "year"), ("mars 2021", "month"), ("23/03/2021", "day"), ("2021-03-23T14:12Z", "minute"),
    ] {
      #expect(dates.date(at: Array(text.utf8)[...])?.date.granularity.rawValue == grain)
    }
  }

  @Test func anyBytesAreReadOrNot() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("0123456789-/.: TZ+hàmarsjeudi\u{A0}le er".utf8)
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
      if let (date, range) = dates.date(at: bytes[...]) {
        #expect(range.upperBound <= bytes.count && !date.value.isEmpty)
      }
    }
  }
}
