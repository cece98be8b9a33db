import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// Families of expressions over all their members, against values reckoned here in another way.
struct TimeGridTests {
  private let tokenizer: Tokenizer
  private let annotator: TimeAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    tokenizer = try Tokenizer(resources: resources)
    annotator = try TimeAnnotator(resources: resources)
  }

  private static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
  private static let months = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
  ]

  private func times(_ text: String, _ created: String) -> [TimeExpression] {
    let granularity: DocumentTime.Granularity =
      created.isEmpty ? .none : created.utf8.count == 10 ? .day : created.utf8.count == 7 ? .month : .year
    var document = Document(
      text: SourceText(text),
      documentTime: DocumentTime(value: created.isEmpty ? nil : created, granularity: granularity))
    document.tokens = tokenizer.tokens(of: document.text)
    annotator.annotate(&document)
    return document.times
  }

  private func values(_ text: String, _ created: String) -> String {
    times(text, created).map(\.value).joined(separator: " ")
  }

  /// Days from `day` on (or back), the day itself included, until one is the wanted weekday.
  private func search(_ weekday: Int, from day: CalendarDay, by step: Int) -> String {
    var day = day
    while day.weekday != weekday { day = day + step }
    return day.description
  }

  @Test func weekdaysFollowTheTenseOfTheirVerb() {
    let monday = CalendarDay(2021, 12, 27)
    for today in (0..<7).map({ monday + $0 }) {
      for (index, name) in Self.weekdays.enumerated() {
        let created = today.description
        let past = search(index + 1, from: today, by: -1)
        let future = search(index + 1, from: today, by: 1)
        for verb in ["a annoncé", "avait annoncé", "annonçait", "annonça"] {
          #expect(values("Le ministre \(verb) \(name) un accord.", created) == past, "\(verb) \(name), \(created)")
        }
        for verb in ["annoncera", "doit annoncer", "va annoncer", "devrait annoncer"] {
          #expect(values("Le ministre \(verb) \(name) un accord.", created) == future, "\(verb) \(name), \(created)")
        }
        #expect(values("L'accord sera signé \(name) prochain.", created) > created)
        #expect(values("L'accord a été signé \(name) dernier.", created) < created)
        #expect(values("Il a parlé \(name) soir.", created) == past + "TEV")
        #expect(values("Il parlera \(name) à 18h30.", created) == future + "T18:30")
      }
    }
  }

  @Test func weekdaysSeenFromAMonthOrNothingKeepTheirXs() {
    for (index, name) in Self.weekdays.enumerated() {
      #expect(values("Il a parlé \(name).", "") == "XXXX-WXX-\(index + 1)")
      let time = times("Il a parlé \(name).", "2021-03").first
      #expect(time?.value == "XXXX-WXX-\(index + 1)")
      #expect((4...6).contains(time?.candidates.count ?? 0))
    }
  }

  @Test func daysOfTheCalendarFollowTheTenseOfTheirVerb() {
    let today = CalendarDay(2021, 6, 15)
    for month in 1...12 {
      for day in [1, 2, 15, 28] {
        let text = "\(day == 1 ? "1er" : String(day)) \(Self.months[month - 1])"
        let inYear = CalendarDay(2021, month, day)
        let past = inYear <= today ? inYear : CalendarDay(2020, month, day)
        let future = inYear >= today ? inYear : CalendarDay(2022, month, day)
        #expect(values("Il a signé le \(text) un accord.", "2021-06-15") == past.description, "\(text)")
        #expect(values("Il signera le \(text) un accord.", "2021-06-15") == future.description, "\(text)")
        let inFull = CalendarDay(1998, month, day).description
        #expect(values("Il a signé le \(text) 1998 un accord.", "2021-06-15") == inFull)
        let open = "XXXX-" + Digits.padded(month, 2) + "-" + Digits.padded(day, 2)
        #expect(values("Il a signé le \(text) un accord.", "") == open)
      }
    }
  }

  @Test func monthsCarryTheirEdges() {
    for month in 1...12 {
      let name = Self.months[month - 1]
      let value = "2019-" + Digits.padded(month, 2)
      for (words, modifier) in [("début", "START"), ("mi-", "MID"), ("fin", "END")] {
        let text = words.hasSuffix("-") ? words + name : words + " " + name
        let time = times("Le pont a rouvert \(text) 2019.", "2021-06-15").first
        #expect(time?.value == value && time?.modifier?.rawValue == modifier, "\(text)")
      }
    }
  }

  @Test func nightsBelongToTheirFirstDay() {
    for index in 0..<6 {
      let text = "Il est mort dans la nuit de \(Self.weekdays[index]) à \(Self.weekdays[index + 1])."
      #expect(values(text, "2022-01-02") == (CalendarDay(2021, 12, 27) + index).description + "TNI")
    }
  }

  @Test func clocksAreReadInAllTheirShapes() {
    for hour in [0, 3, 9, 12, 18, 23] {
      for shape in ["\(hour)h30", "\(hour) h 30", "\(hour)H30", "\(hour) heures 30"] {
        #expect(
          values("Il est arrivé à \(shape).", "2021-03-23") == "2021-03-23T\(Digits.padded(hour, 2)):30", "\(shape)")
      }
    }
    #expect(values("à 20h00 GMT", "2021-03-23") == "2021-03-23T20:00Z")
    #expect(values("à 3h du matin, heure locale", "2021-03-23") == "2021-03-23T03:00")
  }

  @Test func spansOfTimeAreCounted() {
    let units = [("jours", "D"), ("semaines", "W"), ("mois", "M"), ("ans", "Y")]
    for (name, letter) in units {
      for (number, word) in [(2, "deux"), (7, "sept"), (10, "dix"), (48, "quarante-huit")] {
        #expect(values("Il a attendu \(word) \(name).", "2021-03-23") == "P\(number)\(letter)", "\(word) \(name)")
        #expect(values("Il a attendu \(number) \(name).", "2021-03-23") == "P\(number)\(letter)", "\(number) \(name)")
        let modifier = times("Il a attendu plus de \(word) \(name).", "2021-03-23").first?.modifier
        #expect(modifier == .moreThan, "plus de \(word) \(name)")
      }
      #expect(values("au cours des dix dernières \(name)", "2021-03-23") == "P10\(letter)" || name != "semaines")
    }
  }

  @Test func setsSayHowOftenTheyRecur() {
    for (index, name) in Self.weekdays.enumerated() {
      #expect(values("Il vient chaque \(name).", "2021-03-23") == "XXXX-WXX-\(index + 1)")
      #expect(values("Il vient tous les \(name)s.", "2021-03-23") == "XXXX-WXX-\(index + 1)")
    }
    #expect(values("tous les deux ans", "2021-03-23") == "P2Y")
    #expect(values("deux fois par semaine", "2021-03-23") == "P1W")
  }
}
