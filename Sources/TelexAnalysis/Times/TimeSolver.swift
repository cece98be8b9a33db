import TelexModel

/// Solves all drafts of a dispatch together over the days on which it may have been written.
///
/// With a date of its own there is one such day. With a month there are its days: each draft is then a function of the
/// day, and what comes out the same for all of them is a fact, the rest is bounded. Drafts tied to each other are solved
/// under the same day, and a clue in the text ("ce mardi 16 mars") takes days away for all.
struct TimeSolver {
  /// Days on which the dispatch may have been written, in order; empty where nothing is known.
  private(set) var days: [CalendarDay]
  let minutes: Int?
  /// Draft that took days away.
  private(set) var clue: Int?

  init(_ time: DocumentTime) {
    let written = Written(time.value ?? "")
    minutes = written.minutes
    guard let year = written.year else {
      days = []
      return
    }
    if let month = written.month, let day = written.day {
      days = [CalendarDay(year, month, day)]
    } else if let month = written.month {
      days = (1...CalendarDay.days(in: month, of: year)).map { CalendarDay(year, month, $0) }
    } else {
      // The first and the last day bound what is counted from the days between.
      days = [CalendarDay(year, 1, 1), CalendarDay(year, 12, 31)]
    }
  }

  /// Takes away the days that an expression rules out: "ce mardi 16 mars" is the day itself, and a day of the past is not
  /// later than the dispatch.
  mutating func narrow(by drafts: [TimeDraft]) {
    guard days.count > 2, let first = days.first else { return }
    let resolver = TimeResolver(today: first, minutes: nil)
    // "hier, lundi" tells the weekday on which it was written.
    for (index, draft) in drafts.enumerated() {
      guard let weekday = draft.weekday, let distance = draft.apposed else { continue }
      let kept = days.filter { ($0 + distance).weekday == weekday }
      if !kept.isEmpty, kept.count < days.count {
        days = kept
        clue = clue ?? index
      }
    }
    for (index, draft) in drafts.enumerated() where draft.meaning == .date && draft.isThis {
      let kept: [CalendarDay]
      if draft.day != nil, draft.month != nil || draft.weekday == nil,
        let day = resolver.meaning(of: draft, from: nil)?.first
      {
        kept = days.filter { $0 == day }
      } else if let weekday = draft.weekday, draft.day == nil, draft.part == nil, draft.side == nil {
        kept = days.filter { $0.weekday == weekday }
      } else {
        continue
      }
      if !kept.isEmpty, kept.count < days.count {
        days = kept
        clue = clue ?? index
      }
    }
    for (index, draft) in drafts.enumerated() {
      guard draft.meaning == .date, draft.side == .past, draft.day != nil, draft.month != nil,
        let day = resolver.meaning(of: draft, from: nil)?.first, draft.year == nil || draft.year == first.year,
        draft.month == first.month, day >= first, day > first
      else { continue }
      let kept = days.filter { $0 >= day }
      if !kept.isEmpty, kept.count < days.count {
        days = kept
        clue = clue ?? index
      }
    }
  }

  /// What every draft means.
  func solve(_ drafts: [TimeDraft]) -> Solution {
    let days = drafts.count > 2000 && self.days.count > 2 ? [self.days[0], self.days[self.days.count - 1]] : self.days
    var solution = Solution(timeless: drafts.map(TimeResolver.timeless), dayCount: days.count)
    for day in days {
      let resolver = TimeResolver(today: day, minutes: minutes)
      for (index, draft) in drafts.enumerated() {
        let anchor = draft.anchor.flatMap { solution.timeless[$0] ?? solution.last($0) }
        solution.add(solution.timeless[index] == nil ? resolver.meaning(of: draft, from: anchor) : nil, of: index)
      }
    }
    return solution
  }

  /// The meanings of drafts on the days on which the dispatch may have been written.
  struct Solution {
    /// Of each draft that means the same whatever the day.
    let timeless: [TimeMeaning?]
    let dayCount: Int
    /// Of the others, all drafts of a day behind those of the day before; nil where the day doesn't help.
    private var meanings: [TimeMeaning?] = []

    fileprivate init(timeless: [TimeMeaning?], dayCount: Int) {
      self.timeless = timeless
      self.dayCount = dayCount
      meanings.reserveCapacity(timeless.count * dayCount)
    }

    fileprivate mutating func add(_ meaning: TimeMeaning?, of draft: Int) { meanings.append(meaning) }

    /// On the day that is being solved.
    fileprivate func last(_ draft: Int) -> TimeMeaning? {
      let index = meanings.count / timeless.count * timeless.count + draft
      return index < meanings.count ? meanings[index] : nil
    }

    /// On each day that helps.
    func known(_ draft: Int) -> [TimeMeaning] {
      (0..<dayCount).compactMap { meanings[$0 * timeless.count + draft] }
    }
  }

  /// A TIMEX3 date taken apart.
  private struct Written {
    var year: Int?
    var month: Int?
    var day: Int?
    var minutes: Int?

    init(_ value: String) {
      let halves = value.split(separator: "T", maxSplits: 1)
      let parts = halves.first?.split(separator: "-").map { Int($0) } ?? []
      if let number = parts.first ?? nil, number > 0, number < 10_000 { year = number }
      if parts.count > 1, let number = parts[1], (1...12).contains(number) { month = number }
      if parts.count > 2, month != nil, let number = parts[2], let year,
        (1...CalendarDay.days(in: month ?? 1, of: year)).contains(number)
      {
        day = number
      }
      guard halves.count > 1 else { return }
      let clock = halves[1].prefix(5).split(separator: ":").compactMap { Int($0) }
      if let hour = clock.first { minutes = hour * 60 + (clock.count > 1 ? clock[1] : 0) }
    }
  }
}
