import TelexModel
package import TelexText

/// Reads dates, times of day, durations and sets: recognises them by the rules, joins what belongs together, and resolves
/// them against the dispatch's own date. Fills `Document.times`.
package struct TimeAnnotator: Annotator {
  package let rules: TimeRules

  package init(rules: TimeRules) { self.rules = rules }

  /// - Throws: `ResourceError` where the rules can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    rules = try TimeRules(resources: resources)
  }

  package func annotate(_ document: inout Document) {
    let elements = rules.reader.elements(of: &document)
    let utf8 = document.text.utf8
    var drafts = TimeComposer(rules: rules, elements: elements, utf8: utf8).compose(rules.drafts(in: elements))
    let frame = Self.frame(of: document)
    // "15/07 (" is a date in a dateline only.
    let dateline = document.item.dateline?.span
    drafts.removeAll {
      let span = span(of: $0, elements)
      return isFrame($0, span, frame, document.documentTime)
        || $0.form == .dateline && !(dateline?.contains(span) ?? false)
    }
    let sides = SideReader(rules: rules, elements: elements, utf8: utf8)
    for index in drafts.indices where drafts[index].side == nil {
      guard isOpen(drafts[index]) else {
        if drafts[index].meaning == .clock || drafts[index].meaning == .part && drafts[index].amount == nil {
          drafts[index].side = sides.side(of: drafts[index])?.side
        }
        continue
      }
      if let days = apposed(index, drafts, elements, utf8) {
        drafts[index].apposed = days
        drafts[index].side = days > 0 ? .future : .past
      } else if let (side, isFar) = sides.side(of: drafts[index]) {
        (drafts[index].side, drafts[index].isSideFar) = (side, isFar)
      } else if isAnnounced(index, drafts) {
        (drafts[index].side, drafts[index].isSideFar) = (.future, true)
      }
    }
    for index in drafts.indices where drafts[index].isDay { drafts[index].isAside = sides.isAside(drafts[index]) }
    shareMonths(&drafts, elements)
    shareSides(&drafts, elements, document)
    tie(&drafts, elements, writtenIn: document.documentTime.value.flatMap { Int($0.prefix(4)) })
    eves(&drafts, elements)
    var solver = TimeSolver(document.documentTime)
    solver.narrow(by: drafts)
    let solution = solver.solve(drafts)
    document.times = drafts.indices.map { expression($0, drafts, solution, elements, solver) }
  }

  /// Header lines and sign-offs are the wire's, not the dispatch's: of their dates only the dispatch's own is one of its
  /// times.
  private func isFrame(_ draft: TimeDraft, _ span: Span, _ frame: [Span], _ time: DocumentTime) -> Bool {
    guard span != time.span, frame.contains(where: { $0.contains(span) }) else { return false }
    // A date given from outside is found in the header by what it says.
    return time.span != nil || time.value == nil || TimeResolver.timeless(draft)?.value != time.value
  }

  /// "demain, mardi": the weekday is the day before it by another name.
  private func apposed(_ index: Int, _ drafts: [TimeDraft], _ elements: [Element], _ utf8: [UInt8]) -> Int? {
    guard index > 0, drafts[index].weekday != nil, drafts[index].day == nil else { return nil }
    let before = drafts[index - 1]
    let end = drafts[index].elements.lowerBound
    let gap = min(before.elements.upperBound, end)..<end
    guard before.meaning == .offset, before.unit == "D", let amount = before.amount, amount != 0, gap.count == 1,
      utf8[Int(elements[gap.lowerBound].start)] == 0x2C
    else { return nil }
    return Int(max(-400, min(400, amount)))
  }

  private func span(of draft: TimeDraft, _ elements: [Element]) -> Span {
    Span(Int(elements[draft.elements.lowerBound].start), Int(elements[draft.elements.upperBound - 1].end))
  }

  /// Whether words around have to tell its side.
  private func isOpen(_ draft: TimeDraft) -> Bool {
    draft.meaning == .date && draft.year == nil && draft.week == nil && draft.years == nil
      || draft.unit == "WE" && draft.amount == 0
  }

  /// "Samedi, de 14 h à 17 h": without a verb, a day with its hours is an appointment.
  private func isAnnounced(_ index: Int, _ drafts: [TimeDraft]) -> Bool {
    let draft = drafts[index]
    guard draft.isDay else { return false }
    if draft.hour != nil { return true }
    guard index + 1 < drafts.count, drafts[index + 1].meaning == .clock else { return false }
    return drafts[index + 1].elements.lowerBound - draft.elements.upperBound <= 4
  }

  /// Header lines, sign-off, and the agency's credit behind the last paragraph.
  private static func frame(of document: Document) -> [Span] {
    let end = document.blocks.last { $0.role == .paragraph || $0.role == .lead }?.span.end ?? 0
    return document.blocks.filter { block in
      block.role == .header || block.role == .signoff
        || block.role == .note && block.span.start >= end && block.span.count <= longestCredit
    }.map(\.span)
  }

  private static let longestCredit = 40
  /// Expressions among which the day of an hour is looked for.
  private static let reach = 12
  /// Words within which an hour belongs to the day before it: "annoncée le 19 octobre à 10h30".
  private static let beside = 4
  /// The hours of a night that belong to the day behind it.
  private static let dawn = 9

  /// A headline without a verb means the weekday that its text means: "un vol sur quatre annulé vendredi".
  private func shareSides(_ drafts: inout [TimeDraft], _ elements: [Element], _ document: Document) {
    guard let headline = document.blocks.first(where: { $0.role == .headline })?.span else { return }
    for index in drafts.indices {
      guard headline.contains(span(of: drafts[index], elements)) else {
        if Int(elements[drafts[index].elements.lowerBound].start) >= headline.end { return }
        continue
      }
      guard drafts[index].side == nil || drafts[index].isSideFar, let weekday = drafts[index].weekday else { continue }
      let later = drafts[(index + 1)...].prefix(20).first { $0.weekday == weekday && $0.side != nil && !$0.isSideFar }
      if let later { drafts[index].side = later.side }
    }
  }

  /// "du 1er au 3 juin, le verdict au plus tard le 26": a bare day is one of the month that its sentence names before it.
  private func shareMonths(_ drafts: inout [TimeDraft], _ elements: [Element]) {
    for index in drafts.indices.dropFirst() where drafts[index].meaning == .date {
      let before = drafts[index - 1]
      guard drafts[index].day != nil, drafts[index].month == nil, drafts[index].weekday == nil,
        before.meaning == .date, before.month != nil, let day = before.day, day < drafts[index].day ?? 0,
        before.elements.lowerBound <= drafts[index].elements.lowerBound,
        !elements[before.elements.lowerBound..<drafts[index].elements.lowerBound].contains(where: {
          $0.flags.contains(.endsSentence)
        })
      else { continue }
      (drafts[index].month, drafts[index].year) = (before.month, before.year)
      if before.side == .future || drafts[index].side == nil { drafts[index].side = before.side }
    }
    // Without one it may be any number.
    drafts.removeAll { $0.form == .dayAgain && $0.month == nil }
  }

  /// "la veille du sommet du 24 février" is counted from the day behind it, "le lendemain d'une séance" from a day that
  /// isn't said.
  private func eves(_ drafts: inout [TimeDraft], _ elements: [Element]) {
    for index in drafts.indices where drafts[index].meaning == .shift && drafts[index].unit == "D" {
      let start = drafts[index].elements.upperBound
      guard drafts[index].elements.count == 1, start < elements.count, elements[start].classes & rules.link != 0,
        !elements[start].flags.contains(.beginsParagraph), !isArticle(elements[start])
      else { continue }
      if index + 1 < drafts.count, drafts[index + 1].meaning == .date, drafts[index + 1].isDay,
        drafts[index + 1].elements.lowerBound - start <= 5,
        !elements[start..<max(start, drafts[index + 1].elements.lowerBound)].contains(where: {
          $0.flags.contains(.endsSentence) || !$0.flags.contains(.isWord)
        })
      {
        var day = drafts[index + 1]
        (day.elements, day.rule, day.signal) = (drafts[index].elements, drafts[index].rule, drafts[index].signal)
        day.plus += Int(drafts[index].amount ?? 0)
        (day.hour, day.minute, day.part) = (nil, nil, nil)
        drafts[index] = day
      } else {
        drafts[index].isOf = true
        drafts[index].anchor = nil
      }
    }
  }

  /// "le lendemain les élèves": an article alone begins something else.
  private func isArticle(_ element: Element) -> Bool {
    element.classes & rules.article != 0
  }

  /// Gives each draft that is counted from another date the one it is counted from.
  ///
  /// - Parameter year: of the dispatch, where it is known.
  private func tie(_ drafts: inout [TimeDraft], _ elements: [Element], writtenIn year: Int?) {
    var day: Int?
    // The last day that is the sentence's own; hours farther away belong to it.
    var main: Int?
    var date: Int?
    var clock: Int?
    for index in drafts.indices {
      let draft = drafts[index]
      if let last = day, drafts[last].isAside, main != nil,
        draft.elements.lowerBound - drafts[last].elements.upperBound > Self.beside,
        draft.meaning == .clock || draft.meaning == .part && draft.amount == nil
      {
        day = main
      }
      // "d'ici au 30 juin. … Le titre perdait 9 % vers 11h00": nothing happens on the day that ends a term.
      if let last = day, Self.isTerm(drafts[last]), draft.isDay == false,
        elements[drafts[last].elements.upperBound..<max(drafts[last].elements.upperBound, draft.elements.lowerBound)]
          .contains(where: { $0.flags.contains(.endsSentence) || $0.flags.contains(.beginsParagraph) })
      {
        day = main
      }
      switch draft.meaning {
      case .clock:
        day = near(day, index, drafts, year)
        drafts[index].anchor = day
        // "dans la nuit de samedi à dimanche … vers 2h30": on the second of the two days.
        if let day, drafts[day].part == "NI", drafts[day].meaning == .date || drafts[day].amount == -1,
          let hour = draft.hour, hour < Self.dawn
        {
          drafts[index].plus = 1
        }
      case .part where draft.amount == nil:
        day = near(day, index, drafts, year)
        drafts[index].anchor = day
      case .shift where ["H", "MIN", "S"].contains(draft.unit): drafts[index].anchor = clock ?? day
      case .shift: drafts[index].anchor = draft.unit == "D" ? day : date ?? day
      default: break
      }
      if draft.isDay || draft.meaning == .part { day = index }
      if let last = day, drafts[last].isAside == false, Self.isTerm(drafts[last]) == false { main = last }
      if draft.meaning == .date || draft.meaning == .offset && !draft.isVague { date = index }
      if draft.isDay { clock = nil }
      if draft.hour != nil { clock = index }
    }
  }

  /// "au plus tard le 30 juin", "avant mardi", "jusqu'à samedi": how far something reaches, not when it is.
  private static func isTerm(_ draft: TimeDraft) -> Bool {
    ["by", "until", "before", "after", "since"].contains(draft.signal)
  }

  /// The day that an hour or part of a day lies on: the last one named, or another on its side of the dispatch.
  private func near(_ day: Int?, _ index: Int, _ drafts: [TimeDraft], _ year: Int?) -> Int? {
    guard let day else { return nil }
    let before = drafts[..<index].suffix(Self.reach)
    func side(_ draft: TimeDraft) -> TimeDraft.Side? {
      guard draft.side == nil, let named = draft.year, let year, named > year else { return draft.side }
      return .future
    }
    switch (drafts[index].side, side(drafts[day])) {
    // "elles ne rouleront que de 6h30 à 9h30": not on the day of the past that stands before.
    case (.future, .past): return before.lastIndex { $0.isDay && $0.side == .future } ?? day
    // "Il doit venir mercredi. … Personne n'est venu avant midi": nor on a day that is still to come.
    case (.past, .future): return before.lastIndex { $0.isDay && side($0) != .future }
    default: return day
    }
  }

  // MARK: Publishing

  private func expression(
    _ index: Int, _ drafts: [TimeDraft], _ solution: TimeSolver.Solution, _ elements: [Element], _ solver: TimeSolver
  ) -> TimeExpression {
    let draft = drafts[index]
    let timeless = solution.timeless[index]
    let known = timeless == nil ? solution.known(index) : []
    let isSure = known.count == solution.dayCount
    let one = isSure && known.allSatisfy { $0.value == known[0].value } ? known.first : nil
    let meaning = timeless ?? one ?? merged(known, TimeResolver.open(draft), draft)
    var time = TimeExpression(
      id: "t\(index + 1)", span: span(of: draft, elements), kind: kind(of: draft), value: meaning.value,
      granularity: meaning.granularity,
      rule: draft.rule)
    time.modifier = draft.modifier.flatMap(TimeExpression.Modifier.init(rawValue:))
    time.signal = draft.signal
    if time.modifier == nil, draft.signal == "by", time.kind == .date { time.modifier = .before }
    let bounds = timeless.map { [$0] } ?? known
    if timeless != nil || solver.isYearKnown, draft.meaning != .duration, draft.meaning != .set, draft.meaning != .ref {
      time.earliest = bounds.compactMap(\.first).min()?.description
      time.latest = bounds.compactMap(\.last).max()?.description
    }
    if timeless == nil {
      let clue = solver.clue == index ? nil : solver.clue
      time.anchor = (draft.anchor ?? clue).map { "t\($0 + 1)" } ?? (known.isEmpty ? nil : "document")
      if isSure, one == nil, solver.isYearKnown {
        let values = Set(known.map(\.value)).sorted()
        if values.count > 1, values.count <= 6 { time.candidates = values }
      }
    }
    return time
  }

  /// What several days leave of a value: weekdays and weeks keep their shape, days keep the year and month they share.
  private func merged(_ known: [TimeMeaning], _ open: TimeMeaning, _ draft: TimeDraft) -> TimeMeaning {
    guard let first = known.first, !open.value.contains("W"), draft.meaning != .date else { return open }
    let pieces = known.map { $0.value.split(separator: "-", omittingEmptySubsequences: false) }
    let openPieces = open.value.split(separator: "-", omittingEmptySubsequences: false)
    guard pieces.allSatisfy({ $0.count == openPieces.count }) else { return open }
    var value: [Substring] = []
    for place in openPieces.indices {
      let isShared = value.count == place && pieces.allSatisfy { $0[place] == pieces[0][place] }
      value.append(isShared ? pieces[0][place] : openPieces[place])
    }
    return TimeMeaning(value.joined(separator: "-"), first.granularity)
  }

  private func kind(of draft: TimeDraft) -> TimeExpression.Kind {
    switch draft.meaning {
    case .duration: return .duration
    case .set: return .set
    case .offset where draft.isVague, .shift where draft.isVague: return .duration
    case .part, .clock: return .time
    case .offset, .shift:
      if draft.isWholeDays { return .date }
      return draft.part != nil || draft.hour != nil || ["H", "MIN", "S"].contains(draft.unit) ? .time : .date
    default: return draft.part != nil || draft.hour != nil ? .time : .date
    }
  }
}
