/// What an expression of time says by itself, before it is known when the dispatch was written.
struct TimeDraft: Sendable {
  enum Meaning: String, Sendable {
    case date, years, offset, shift, part, clock, duration, set, ref
    /// Words around an expression: they change it and are none themselves.
    case edge, extend, signal, none
  }

  /// On which side of the dispatch it lies.
  enum Side: Sendable { case past, future, last, next }

  /// Rules whose finds are looked at again, by their names in the file.
  enum Form: String, Sendable {
    case year, years, month, feast, today, yesterday, tomorrow, part, noon
    case weekdayDay = "weekday-day"
    case shortYear = "short-year"
    case monthOfRange = "month-of-range"
    case monthYear = "month-year"
    case dayMonthYear = "day-month-year"
    case partBare = "part-bare"
    case dateline
    case dayAgain = "day-again"
    case plain
  }

  var meaning: Meaning
  /// The expression, in elements.
  var elements: Range<Int>
  var rule: String
  var form = Form.plain

  var year: Int?
  var month: Int?
  var day: Int?
  var weekday: Int?
  var hour: Int?
  var minute: Int?
  var zone: String?
  /// `MO`, `AF`, `EV`, `NI`, `DT`, `MI`.
  var part: String?
  var season: String?
  var quarter: Int?
  var half: Int?
  var decade: Int?
  var century: Int?
  /// `12-25`, or days from Easter `E+39`.
  var feast: String?
  /// Second year of `2002/2003`.
  var lastYear: Int?
  /// Year and week counted from the dispatch's.
  var years: Int?
  var week: Int?
  /// `D`, `W`, `M`, `Y`, `H` ….
  var unit: String?
  var amount: Double?
  /// "quelques", "des": an amount that isn't said.
  var isVague = false
  /// A second amount: "deux heures et dix minutes".
  var more: (amount: Double, unit: String)?
  /// What stands behind hours and minutes.
  var seconds: Int?
  /// Days behind the date named: "le lendemain du 13 février".
  var plus = 0
  /// "le premier mercredi de mai": which one, -1 for the last, and of what: `D`, `W` or a weekday's number.
  var nth: Int?
  var nthUnit: String?
  /// Months counted from the dispatch's.
  var months: Int?
  /// "la semaine du 3 mai".
  var isWeekOf = false
  /// "le week-end du 1er décembre".
  var isWeekendOf = false
  /// "demain, mardi": days from the dispatch to the weekday that the words before it tell.
  var apposed: Int?
  var isThis = false
  var isOf = false
  /// What stands before makes it a year: "l'Euro 2020".
  var isYearOfEvent = false
  var side: Side?
  /// The words that tell its side stand far off.
  var isSideFar = false
  /// It tells when something happened that is mentioned beside what the sentence tells: "la fermeture annoncée le 3 mai".
  var isAside = false
  var modifier: String?
  var signal: String?
  /// What it is, ready made.
  var value: String?
  /// Index of the draft that it is counted from.
  var anchor: Int?

  init(meaning: Meaning, elements: Range<Int>, rule: String) {
    self.meaning = meaning
    self.elements = elements
    self.rule = rule
  }

  /// One day, whether or not a part of it or a time is named too.
  var isDay: Bool {
    switch meaning {
    case .date:
      !isWeekOf && !isWeekendOf && (day != nil || weekday != nil || feast != nil || nth != nil && nthUnit != "W")
    case .offset, .shift: unit == "D" && !isVague
    default: false
    }
  }

  /// Hours that make whole days: "il y a 48 heures".
  var isWholeDays: Bool {
    guard unit == "H", !isVague, let amount, amount != 0 else { return false }
    return amount.truncatingRemainder(dividingBy: 24) == 0
  }

  /// A stretch that has a beginning, a middle and an end.
  var takesEdge: Bool {
    switch meaning {
    case .date, .offset, .shift: !isDay && hour == nil
    case .years, .part: true
    default: false
    }
  }
}
