import TelexText

/// Turns drafts into values, given the day of the dispatch. Pure: the same draft, day and anchor give the same meaning.
struct TimeResolver {
  /// Day the dispatch was written, as far as this run of the solver assumes.
  let today: CalendarDay
  /// Time of day, where the dispatch says it.
  let minutes: Int?

  func meaning(of draft: TimeDraft, from anchor: TimeMeaning?) -> TimeMeaning? {
    switch draft.meaning {
    case .date: date(draft).map { TimeResolver.shifted($0, draft) }?.with(draft)
    case .offset: offset(draft)
    // "au lendemain d'une séance" whose day isn't said.
    case .shift where draft.isOf: TimeResolver.open(draft)
    case .shift where draft.weekday != nil: weekday(after: anchor?.first ?? today, draft)
    case .shift where ["H", "MIN", "S"].contains(draft.unit) && !draft.isWholeDays && !draft.isVague:
      clock(anchor?.first ?? today, draft, from: anchor?.minutes, anchor?.zone)
    case .shift: moved(from: anchor?.first ?? today, draft).with(draft)
    case .part: part(draft, anchor)
    case .clock: TimeMeaning.day((anchor?.first ?? today) + draft.plus).with(draft)
    default: TimeResolver.timeless(draft)
    }
  }

  /// What doesn't depend on the day of the dispatch; nil for what does.
  static func timeless(_ draft: TimeDraft) -> TimeMeaning? {
    switch draft.meaning {
    case .duration: return TimeMeaning(Duration.value(draft), Duration.granularity(draft.unit ?? "D"))
    case .set: return set(draft)
    case .ref: return TimeMeaning(draft.value ?? "PRESENT_REF", "none")
    case .years:
      guard let year = draft.year, let last = draft.lastYear else { return nil }
      let value = Digits.padded(year, 4) + "/" + Digits.padded(last, 4)
      return TimeMeaning(value, "year", CalendarDay(year, 7, 1), CalendarDay(last, 6, 30))
    case .offset where draft.isVague:
      return TimeMeaning(Duration.value(draft), Duration.granularity(draft.unit ?? "D"))
    case .shift where draft.isVague:
      return TimeMeaning(Duration.value(draft), Duration.granularity(draft.unit ?? "D"))
    case .date: return absolute(draft).map { shifted($0, draft) }?.with(draft)
    default: return nil
    }
  }

  /// "le lendemain du 13 février", "lundi en huit": a day moved by the days said.
  private static func shifted(_ meaning: TimeMeaning, _ draft: TimeDraft) -> TimeMeaning {
    guard draft.plus != 0, meaning.granularity == "day", let day = meaning.first else { return meaning }
    return .day(day + draft.plus)
  }

  private static func set(_ draft: TimeDraft) -> TimeMeaning {
    if let value = draft.value { return TimeMeaning(value, "none") }
    if let weekday = draft.weekday { return TimeMeaning("XXXX-WXX-\(weekday)", "day").with(draft) }
    if let season = draft.season { return TimeMeaning("XXXX-" + season, "season") }
    if draft.part != nil || draft.hour != nil { return TimeMeaning("XXXX-XX-XX", "day").with(draft) }
    let unit = draft.unit ?? "D"
    return TimeMeaning(Duration.period(draft.amount ?? 1, unit), Duration.granularity(unit))
  }

  /// Dates that name their year.
  private static func absolute(_ draft: TimeDraft) -> TimeMeaning? {
    if let decade = draft.decade {
      let first = decade < 100 ? 1900 + decade : decade
      guard first % 10 == 0 else { return nil }
      return TimeMeaning(String(first / 10), "decade", CalendarDay(first, 1, 1), CalendarDay(first + 9, 12, 31))
    }
    if let century = draft.century {
      let first = (century - 1) * 100
      return TimeMeaning(
        Digits.padded(century - 1, 2), "century", CalendarDay(first + 1, 1, 1), CalendarDay(first + 100, 12, 31))
    }
    guard let year = draft.year else { return nil }
    return inYear(draft, year)
  }

  /// The date in a given year.
  private static func inYear(_ draft: TimeDraft, _ year: Int) -> TimeMeaning? {
    if let feast = draft.feast { return self.feast(feast, year).map(TimeMeaning.day) }
    if let season = draft.season { return self.season(season, year) }
    if let quarter = draft.quarter, quarter >= 1, quarter <= 4 {
      return .months(Digits.padded(year, 4) + "-Q\(quarter)", "quarter", year, quarter * 3 - 2, 3)
    }
    if let half = draft.half, half >= 1, half <= 2 {
      return .months(Digits.padded(year, 4) + "-H\(half)", "quarter", year, half * 6 - 5, 6)
    }
    guard let month = draft.month else { return .year(year) }
    if draft.nth != nil { return nth(draft, year, month) }
    guard let day = draft.day else { return .month(year, month) }
    guard day <= CalendarDay.days(in: month, of: year) else { return nil }
    let date = CalendarDay(year, month, day)
    return draft.isWeekOf ? .week(of: date) : draft.isWeekendOf ? .weekend(of: date) : .day(date)
  }

  /// "le premier mercredi de mai", "la dernière semaine d'août": weeks are those that lie whole in the month.
  private static func nth(_ draft: TimeDraft, _ year: Int, _ month: Int) -> TimeMeaning? {
    guard (1...12).contains(month), let nth = draft.nth, let unit = draft.nthUnit, abs(nth) <= 31 else { return nil }
    let first = CalendarDay(year, month, 1)
    let last = first + (CalendarDay.days(in: month, of: year) - 1)
    let step = unit == "D" ? 1 : 7
    let length = unit == "W" ? 7 : 1
    let weekday = unit == "W" ? 1 : Int(unit)
    guard unit == "D" || weekday != nil else { return nil }
    let begin = weekday.map { first + ($0 - first.weekday + 7) % 7 } ?? first
    let count = (last - begin + 1 - length) / step + 1
    let index = nth > 0 ? nth - 1 : count + nth
    guard index >= 0, index < count else { return nil }
    let day = begin + step * index
    return unit == "W" ? .week(of: day) : .day(day)
  }

  static func feast(_ feast: String, _ year: Int) -> CalendarDay? {
    if feast.hasPrefix("E") { return Int(feast.dropFirst()).map { CalendarDay.easter(year) + $0 } }
    let parts = feast.split(separator: "-").compactMap { Int($0) }
    return parts.count == 2 ? CalendarDay(year, parts[0], parts[1]) : nil
  }

  static func season(_ season: String, _ year: Int) -> TimeMeaning {
    let month =
      switch season {
      case "SP": 3
      case "SU": 6
      case "FA": 9
      default: 12
      }
    var meaning = TimeMeaning.months(Digits.padded(year, 4) + "-" + season, "season", year, month, 4)
    meaning.first = meaning.first.map { $0 + 19 }
    meaning.last = meaning.last.map { $0 + -9 }
    return meaning
  }

  // MARK: Dates seen from today

  private func date(_ draft: TimeDraft) -> TimeMeaning? {
    if let absolute = TimeResolver.absolute(draft) { return absolute }
    if draft.decade != nil || draft.century != nil { return nil }
    if let months = draft.months {
      let date = TimeResolver.month(today, plus: months)
      return TimeResolver.nth(draft, date.year, date.month)
    }
    if let years = draft.years { return TimeResolver.inYear(draft, today.year + years) }
    if draft.month == nil, let weekday = draft.weekday {
      if let week = draft.week { return .day(today.monday + (week * 7 + weekday - 1)) }
      if let day = draft.day { return self.day(day, on: weekday, draft.side) }
      return .day(self.weekday(weekday, draft))
    }
    if draft.month == nil, let day = draft.day { return self.day(day, draft.side) }
    // A bare season may be any year's.
    if draft.season != nil, !draft.isThis, draft.side != .last, draft.side != .next { return nil }
    let years = (today.year - 1)...(today.year + 1)
    let found = years.compactMap { TimeResolver.inYear(draft, $0) }
    if draft.isThis || draft.quarter != nil || draft.half != nil, draft.side == nil || draft.isThis {
      return TimeResolver.inYear(draft, today.year)
    }
    return nearest(found, draft)
  }

  /// Of the same date in three years, the one that its side asks for.
  private func nearest(_ found: [TimeMeaning], _ draft: TimeDraft) -> TimeMeaning? {
    let past = found.last { ($0.first ?? today) <= today }
    let future = found.first { ($0.last ?? today) >= today }
    let back = past.map { max(0, today - ($0.last ?? today)) } ?? Int.max
    let ahead = future.map { max(0, ($0.first ?? today) - today) } ?? Int.max
    switch draft.side {
    // Words far off don't make "le 20 janvier", eight days ago, next year's.
    case .future where draft.isSideFar && back <= 30 && ahead > 300: return past
    // Nor do those of the past make a day of the next weeks last year's: "fixé au 23 avril", on the 20th.
    case .past where draft.isSideFar && draft.day != nil && ahead > 0 && ahead <= 30 && back > 300: return future
    // "a été prolongé jusqu'au 28 février", on the 12th: nobody says so of last year's without its year.
    case .past where draft.signal == "until" && draft.day != nil && ahead > 0 && ahead <= 90: return future
    case .past: return past
    case .future: return future
    case .last: return found.last { ($0.last ?? today) < today }
    case .next: return found.first { ($0.first ?? today) > today }
    case nil:
      guard let past, let future else { return past ?? future }
      return back <= ahead + 45 ? past : future
    }
  }

  /// "le samedi suivant": the first one behind the day named before.
  private func weekday(after day: CalendarDay, _ draft: TimeDraft) -> TimeMeaning {
    let ahead = ((draft.weekday ?? 1) - day.weekday + 7) % 7
    return TimeMeaning.day(day + (ahead == 0 ? 7 : ahead)).with(draft)
  }

  private func weekday(_ weekday: Int, _ draft: TimeDraft) -> CalendarDay {
    let back = (today.weekday - weekday + 7) % 7
    let ahead = (weekday - today.weekday + 7) % 7
    if let days = draft.apposed, (today + days).weekday == weekday { return today + days }
    if draft.isThis, draft.side == nil { return today + (back == 0 ? 0 : ahead <= back ? ahead : -back) }
    switch draft.side {
    case .future: return today + ahead
    case .next: return today + (ahead == 0 ? 7 : ahead)
    case .last: return today + (back == 0 ? -7 : -back)
    default: return today + -back
    }
  }

  /// "mardi 12": the nearest month in which they fall together.
  private func day(_ day: Int, on weekday: Int, _ side: TimeDraft.Side?) -> TimeMeaning? {
    let found = (-12...12).compactMap { shift -> CalendarDay? in
      let date = TimeResolver.month(today, plus: shift)
      guard day <= CalendarDay.days(in: date.month, of: date.year) else { return nil }
      let candidate = CalendarDay(date.year, date.month, day)
      return candidate.weekday == weekday ? candidate : nil
    }
    let best = found.min { distance($0, side) < distance($1, side) }
    // A weekday that doesn't fit its day anywhere near is a slip: the day counts.
    guard let best, abs(best - today) <= 62 else { return self.day(day, side) }
    return .day(best)
  }

  private func day(_ day: Int, _ side: TimeDraft.Side?) -> TimeMeaning? {
    let found = (-1...1).compactMap { shift -> CalendarDay? in
      let date = TimeResolver.month(today, plus: shift)
      return day <= CalendarDay.days(in: date.month, of: date.year) ? CalendarDay(date.year, date.month, day) : nil
    }
    return found.min { distance($0, side) < distance($1, side) }.map(TimeMeaning.day)
  }

  private func distance(_ day: CalendarDay, _ side: TimeDraft.Side?) -> Int {
    let isWrong =
      switch side {
      case .past, .last: day > today
      case .future, .next: day < today
      case nil: false
      }
    return abs(day - today) + (isWrong ? 100_000 : 0)
  }

  static func month(_ day: CalendarDay, plus: Int) -> (year: Int, month: Int) {
    let index = day.year * 12 + day.month - 1 + plus
    let year = index >= 0 ? index / 12 : (index - 11) / 12
    return (year, index - year * 12 + 1)
  }

  // MARK: Counted from somewhere

  private func offset(_ draft: TimeDraft) -> TimeMeaning? {
    if draft.isVague { return TimeResolver.timeless(draft) }
    return moved(from: today, draft).with(draft)
  }

  private func moved(from day: CalendarDay, _ draft: TimeDraft) -> TimeMeaning {
    if draft.isVague, let meaning = TimeResolver.timeless(draft) { return meaning }
    var amount = draft.amount ?? 0
    var unit = draft.unit ?? "D"
    if amount != amount.rounded() {
      switch unit {
      case "Y": (amount, unit) = (amount * 12, "M")
      case "M": (amount, unit) = (amount * 30, "D")
      case "W": (amount, unit) = (amount * 7, "D")
      case "D": (amount, unit) = (amount * 24, "H")
      default: break
      }
    }
    let count = Int(max(-100_000, min(100_000, amount)).rounded(.towardZero))
    switch unit {
    case "W": return .week(of: day + 7 * count)
    case "WE":
      // At the beginning of a week "ce week-end" is the one just over, unless a verb looks ahead.
      let isOver = count == 0 && today.weekday < 5 && (draft.side == .past || draft.side == nil && today.weekday < 3)
      return .weekend(of: day + 7 * (isOver ? -1 : count))
    case "M", "Q", "SEM":
      let date = TimeResolver.month(day, plus: count * (unit == "M" ? 1 : unit == "Q" ? 3 : 6))
      if unit == "Q" {
        let quarter = (date.month - 1) / 3 + 1
        return .months(Digits.padded(date.year, 4) + "-Q\(quarter)", "quarter", date.year, quarter * 3 - 2, 3)
      }
      if unit == "SEM" {
        let half = (date.month - 1) / 6 + 1
        return .months(Digits.padded(date.year, 4) + "-H\(half)", "quarter", date.year, half * 6 - 5, 6)
      }
      return .month(date.year, date.month)
    case "Y": return .year(day.year + count)
    // "la nouvelle année": the one that has just begun, or is about to.
    case "NY": return .year(day.year + (day.month > 6 ? 1 : 0))
    case "DEC":
      let first = day.year / 10 * 10 + count * 10
      return TimeMeaning(String(first / 10), "decade", CalendarDay(first, 1, 1), CalendarDay(first + 9, 12, 31))
    case "CEN":
      let first = day.year / 100 + count
      return TimeMeaning(
        Digits.padded(first, 2), "century", CalendarDay(first * 100 + 1, 1, 1), CalendarDay(first * 100 + 100, 12, 31))
    case "H" where draft.isWholeDays: return .day(day + count / 24)
    case "H", "MIN", "S": return clock(day, draft, from: minutes, nil)
    default: return .day(day + count)
    }
  }

  /// A time of day that lies some minutes from now; the day alone is known where the dispatch has no time.
  private func clock(_ day: CalendarDay, _ draft: TimeDraft, from minutes: Int?, _ zone: String?) -> TimeMeaning {
    // A day and a half is counted in hours too.
    let factor = draft.unit == "H" ? 60.0 : draft.unit == "MIN" ? 1 : draft.unit == "S" ? 1 / 60 : 1440
    let change = Int(max(-1e7, min(1e7, (draft.amount ?? 0) * factor)))
    guard let minutes else {
      let moved = day + (abs(change) >= 1440 ? change / 1440 : 0)
      return TimeMeaning(moved.description + "TXX:XX", "hour", moved)
    }
    let total = minutes + change
    let days = total >= 0 ? total / 1440 : (total - 1439) / 1440
    let rest = total - days * 1440
    let moved = day + days
    return TimeMeaning(
      moved.description + "T" + Digits.padded(rest / 60, 2) + ":" + Digits.padded(rest % 60, 2) + (zone ?? ""),
      "minute",
      moved)
  }

  private func part(_ draft: TimeDraft, _ anchor: TimeMeaning?) -> TimeMeaning {
    let day = draft.amount.map { today + Int($0) } ?? anchor?.first ?? today
    return TimeMeaning.day(day).with(draft)
  }

  // MARK: Without a day

  /// The value with `X`s for what only the day of the dispatch could tell.
  static func open(_ draft: TimeDraft) -> TimeMeaning {
    if let meaning = timeless(draft) { return meaning }
    let meaning: TimeMeaning
    switch draft.meaning {
    case .date:
      if draft.plus != 0, draft.weekday == nil {
        meaning = TimeMeaning("XXXX-XX-XX", "day")
      } else if draft.isWeekOf {
        meaning = TimeMeaning("XXXX-WXX", "week")
      } else if draft.isWeekendOf {
        meaning = TimeMeaning("XXXX-WXX-WE", "day")
      } else if draft.month == nil, draft.day == nil, let weekday = draft.weekday {
        meaning = TimeMeaning("XXXX-WXX-\(weekday)", "day")
      } else if let feast = draft.feast {
        meaning = TimeMeaning(feast.hasPrefix("E") ? "XXXX-XX-XX" : "XXXX-" + feast, "day")
      } else if let season = draft.season {
        meaning = TimeMeaning("XXXX-" + season, "season")
      } else if let quarter = draft.quarter {
        meaning = TimeMeaning("XXXX-Q\(quarter)", "quarter")
      } else if let half = draft.half {
        meaning = TimeMeaning("XXXX-H\(half)", "quarter")
      } else {
        let month = draft.month.map { Digits.padded($0, 2) } ?? "XX"
        meaning = TimeMeaning(
          "XXXX-" + month + (draft.day.map { "-" + Digits.padded($0, 2) } ?? ""), draft.day == nil ? "month" : "day")
      }
    case .shift where draft.weekday != nil: meaning = TimeMeaning("XXXX-WXX-\(draft.weekday ?? 1)", "day")
    case .offset, .shift:
      switch draft.unit ?? "D" {
      case "W": meaning = TimeMeaning("XXXX-WXX", "week")
      case "WE": meaning = TimeMeaning("XXXX-WXX-WE", "day")
      case "M": meaning = TimeMeaning("XXXX-XX", "month")
      case "Q": meaning = TimeMeaning("XXXX-QX", "quarter")
      case "Y", "NY": meaning = TimeMeaning("XXXX", "year")
      case "H", "MIN", "S": meaning = TimeMeaning("XXXX-XX-XXTXX:XX", "minute")
      default: meaning = TimeMeaning("XXXX-XX-XX", "day")
      }
    default: meaning = TimeMeaning("XXXX-XX-XX", "day")
    }
    return meaning.with(draft)
  }
}
