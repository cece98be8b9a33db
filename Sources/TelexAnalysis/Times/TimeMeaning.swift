/// What an expression is once the day of the dispatch is given.
struct TimeMeaning: Sendable, Equatable {
  /// TIMEX3 value.
  var value: String
  var granularity: String
  /// First and last day of it.
  var first: CalendarDay?
  var last: CalendarDay?
  /// Minutes from midnight, and the zone, where a time of day is named.
  var minutes: Int?
  var zone: String?

  init(_ value: String, _ granularity: String, _ first: CalendarDay? = nil, _ last: CalendarDay? = nil) {
    self.value = value
    self.granularity = granularity
    self.first = first
    self.last = last ?? first
  }

  static func day(_ day: CalendarDay) -> TimeMeaning { TimeMeaning(day.description, "day", day) }

  static func month(_ year: Int, _ month: Int) -> TimeMeaning {
    let first = CalendarDay(year, month, 1)
    return TimeMeaning(
      Digits.padded(year, 4) + "-" + Digits.padded(month, 2), "month", first,
      first + (CalendarDay.days(in: month, of: year) - 1))
  }

  static func year(_ year: Int) -> TimeMeaning {
    TimeMeaning(Digits.padded(year, 4), "year", CalendarDay(year, 1, 1), CalendarDay(year, 12, 31))
  }

  static func week(of day: CalendarDay) -> TimeMeaning {
    TimeMeaning(day.week, "week", day.monday, day.monday + 6)
  }

  static func weekend(of day: CalendarDay) -> TimeMeaning {
    TimeMeaning(day.week + "-WE", "day", day.monday + 5, day.monday + 6)
  }

  /// Months from `month` on as one stretch with a value of its own.
  static func months(_ value: String, _ granularity: String, _ year: Int, _ month: Int, _ count: Int) -> TimeMeaning {
    let end = month + count - 1
    let (lastYear, lastMonth) = (year + (end - 1) / 12, (end - 1) % 12 + 1)
    return TimeMeaning(
      value, granularity, CalendarDay(year, month, 1),
      CalendarDay(lastYear, lastMonth, CalendarDay.days(in: lastMonth, of: lastYear)))
  }

  /// Adds a part of the day, or hour and minute.
  func with(_ draft: TimeDraft) -> TimeMeaning {
    var meaning = self
    if let suffix = TimeMeaning.suffix(draft) {
      meaning.value += suffix
      meaning.granularity = draft.minute != nil ? "minute" : "hour"
      meaning.minutes = draft.hour.map { TimeMeaning.hour($0, draft.part) * 60 + (draft.minute ?? 0) }
      meaning.zone = draft.zone
    }
    return meaning
  }

  /// "9 heures du soir" is 21.
  private static func hour(_ hour: Int, _ part: String?) -> Int {
    hour > 0 && hour < 12 && (part == "EV" || part == "AF") ? hour + 12 : hour
  }

  static func suffix(_ draft: TimeDraft) -> String? {
    guard let hour = draft.hour else { return draft.part.map { "T" + $0 } }
    return "T" + Digits.padded(self.hour(hour, draft.part), 2) + ":" + Digits.padded(draft.minute ?? 0, 2)
      + (draft.zone ?? "")
  }
}

/// Durations in TIMEX3's shape.
enum Duration {
  static func value(_ draft: TimeDraft) -> String {
    let amount = draft.isVague ? nil : draft.amount
    let value = period(amount, draft.unit ?? "D")
    guard let more = draft.more, amount != nil else { return value }
    let whole = combined(value, period(more.amount, more.unit))
    return draft.seconds.map { combined(whole, period(Double($0), "S")) } ?? whole
  }

  static func period(_ amount: Double?, _ unit: String) -> String {
    let (letter, factor, isTime): (String, Double, Bool) =
      switch unit {
      case "S": ("S", 1, true)
      case "MIN": ("M", 1, true)
      case "H": ("H", 1, true)
      case "W": ("W", 1, false)
      case "M": ("M", 1, false)
      case "Q": ("M", 3, false)
      case "SEM": ("M", 6, false)
      case "Y": ("Y", 1, false)
      case "DEC": ("Y", 10, false)
      case "CEN": ("Y", 100, false)
      default: ("D", 1, false)
      }
    let vague = unit == "DEC" ? "DE" : unit == "CEN" ? "CE" : letter
    return (isTime ? "PT" : "P") + (amount.map { Digits.plain($0 * factor) + letter } ?? "X" + vague)
  }

  /// `P2Y` and `P3M` are `P2Y3M`, `PT2H` and `PT30M` are `PT2H30M`.
  private static func combined(_ a: String, _ b: String) -> String {
    if a.hasPrefix("PT"), b.hasPrefix("PT") { return a + b.dropFirst(2) }
    return a + b.dropFirst()
  }

  static func granularity(_ unit: String) -> String {
    switch unit {
    case "S", "MIN": "minute"
    case "H": "hour"
    case "W": "week"
    case "M": "month"
    case "Q", "SEM": "quarter"
    case "Y": "year"
    case "DEC": "decade"
    case "CEN": "century"
    default: "day"
    }
  }
}
