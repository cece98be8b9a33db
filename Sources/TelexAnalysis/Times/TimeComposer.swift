import TelexModel
import TelexText

/// Joins drafts that are one expression ("fin" + "mars 2018", "mardi" + "soir"), gives them the signals before them, and
/// drops what only looks like a time.
struct TimeComposer {
  let rules: TimeRules
  let elements: [Element]
  let utf8: [UInt8]
  private let links: Links

  init(rules: TimeRules, elements: [Element], utf8: [UInt8]) {
    self.rules = rules
    self.elements = elements
    self.utf8 = utf8
    links = rules.links
  }

  /// Words that may stand between two expressions that are one, as entries of the vocabulary.
  struct Links: Sendable {
    let part: Set<Int32>
    let clock: Set<Int32>
    let day: Set<Int32>
    let partOf: Set<Int32>
    let shift: Set<Int32>
    /// Before a year: words that stand before nothing but times; before a month or year; "de" too.
    let sure: Set<Int32>
    let edges: Set<Int32>
    let of: Set<Int32>

    init(_ vocabulary: RuleVocabulary) {
      func entries(_ words: String...) -> Set<Int32> {
        Set(words.map { vocabulary.find(FoldedHash($0).value) }.filter { $0 >= 0 })
      }
      part = entries("au", "dans", "en", "la", "le", "l'")
      clock = entries("à", "a")
      day = entries("le", "ce", "cet", "cette", ",")
      partOf = entries("le", "la", "ce")
      shift = entries("du", "de", "d'", "la", "l'")
      sure = entries("en", "depuis", "dès", "année", "an")
      edges = sure.union(entries("fin", "début", "mi", "avant", "après"))
      of = edges.union(entries("de", "d'"))
    }
  }

  func compose(_ drafts: [TimeDraft]) -> [TimeDraft] {
    var composed: [TimeDraft] = []
    composed.reserveCapacity(drafts.count)
    var before: [TimeDraft] = []
    var index = 0
    while index < drafts.count {
      var draft = drafts[index]
      index += 1
      switch draft.meaning {
      case .none:
        before.removeAll()
        continue
      case .edge, .extend, .signal:
        before.append(draft)
        continue
      default: break
      }
      guard keep(&draft) else {
        before.removeAll()
        continue
      }
      while index < drafts.count, let joined = join(draft, drafts[index]) {
        draft = joined
        index += 1
      }
      // "soir" alone is one only behind a day.
      if draft.form == .partBare, draft.meaning == .part {
        before.removeAll()
        continue
      }
      attach(before, to: &draft)
      before.removeAll()
      composed.append(draft)
    }
    return composed
  }

  // MARK: Words before an expression

  private func attach(_ before: [TimeDraft], to draft: inout TimeDraft) {
    for word in before.reversed() {
      guard isLinked(word.elements.upperBound, draft.elements.lowerBound) else { return }
      switch word.meaning {
      case .signal: draft.signal = draft.signal ?? word.signal
      // "jusqu'à mercredi", where "jusqu'à deux ans" bounds a length.
      case .edge where word.modifier == "EQUAL_OR_LESS" && draft.meaning != .duration:
        draft.signal = draft.signal ?? "until"
      case .extend:
        guard draft.isDay else { return }
        draft.elements = word.elements.lowerBound..<draft.elements.upperBound
      default:
        let isEdge = ["START", "MID", "END"].contains(word.modifier)
        guard isEdge ? draft.takesEdge : draft.meaning == .duration || draft.meaning == .clock else { return }
        if draft.meaning != .clock { draft.elements = word.elements.lowerBound..<draft.elements.upperBound }
        draft.modifier = draft.modifier ?? word.modifier
      }
    }
  }

  /// Nothing, or only articles and "de", stands between.
  private func isLinked(_ end: Int, _ start: Int) -> Bool {
    guard end <= start, start - end <= 2 else { return false }
    return elements[end..<start].allSatisfy { $0.classes & rules.link != 0 }
  }

  // MARK: Two that are one

  private func join(_ first: TimeDraft, _ second: TimeDraft) -> TimeDraft? {
    let end = first.elements.upperBound
    let start = second.elements.lowerBound
    guard start >= end, start - end <= 2, !crossesParagraph(end, start) else { return nil }
    let gap = end..<start
    var whole = first
    whole.elements = first.elements.lowerBound..<second.elements.upperBound
    switch (first.meaning, second.meaning) {
    case (_, .part) where first.isDay && first.part == nil && second.amount == nil && !second.isOf:
      guard first.hour == nil ? only(links.part, in: gap) : gap.isEmpty else { return nil }
      whole.part = second.part
      whole.modifier = second.modifier
    case (_, .clock) where first.isDay && first.hour == nil || first.meaning == .part && first.amount == 0:
      guard only(links.clock, in: gap) else { return nil }
      whole.hour = second.hour
      whole.minute = second.minute
      whole.zone = second.zone
      if whole.part == nil { whole.part = second.part }
    case (.clock, _) where second.isDay && second.hour == nil || second.meaning == .part && second.amount == 0:
      guard only(links.day, in: gap) else { return nil }
      var day = second
      (day.elements, day.rule, day.form) = (whole.elements, first.rule, first.form)
      (day.hour, day.minute, day.zone) = (first.hour, first.minute, first.zone)
      if day.part == nil { day.part = first.part }
      whole = day
    // "chaque mardi à 20h".
    case (.set, .clock) where first.hour == nil && (first.weekday != nil || first.part != nil):
      guard only(links.clock, in: gap) else { return nil }
      whole.hour = second.hour
      whole.minute = second.minute
      whole.zone = second.zone
    case (.part, _) where first.isOf && second.isDay && second.part == nil:
      guard only(links.partOf, in: gap) else { return nil }
      var day = second
      (day.elements, day.rule, day.form, day.part) = (whole.elements, first.rule, first.form, first.part)
      whole = day
    // "le lendemain du 13 février".
    case (.shift, .date) where first.unit == "D" && !first.isVague && second.isDay && second.plus == 0:
      guard !gap.isEmpty, only(links.shift, in: gap) else { return nil }
      var day = second
      (day.elements, day.rule, day.form, day.plus) = (
        whole.elements, first.rule, first.form, Int(first.amount ?? 0)
      )
      whole = day
    // "2016-2017": one season where the years follow each other.
    case (.date, .date) where first.form == .year && second.form == .year:
      guard gap.count == 1, isDash(gap.lowerBound), !elements[start].flags.contains(.isSpaced), let year = first.year,
        second.year == year + 1
      else { return nil }
      (whole.meaning, whole.lastYear, whole.rule, whole.form) = (.years, second.year, "time.years", .years)
    default: return nil
    }
    return whole
  }

  private func isDash(_ index: Int) -> Bool {
    let bytes = utf8[elements[index].span.range]
    return bytes.elementsEqual([0x2D]) || bytes.elementsEqual([0xE2, 0x80, 0x93])
  }

  private func only(_ words: Set<Int32>, in gap: Range<Int>) -> Bool {
    gap.allSatisfy { words.contains(elements[$0].entry) }
  }

  private func crossesParagraph(_ end: Int, _ start: Int) -> Bool {
    guard start < elements.count else { return true }
    return elements[end...start].contains { $0.flags.contains(.beginsParagraph) }
  }

  // MARK: What only looks like a time

  private func keep(_ draft: inout TimeDraft) -> Bool {
    let first = elements[draft.elements.lowerBound]
    switch draft.form {
    case .year: return isYear(draft)
    case .years: seasonOnly(&draft)
    case .weekdayDay: dropCount(&draft)
    case .shortYear: return (draft.year ?? 2000) < 2000 && !isNoun(draft.elements.upperBound)
    case .month, .monthOfRange:
      // "l'atmosphère de Mars": capitals make a name of it.
      return !first.flags.contains(.isCapitalized) || isAfterPreposition(draft, of: false)
        || beginsSentence(draft) && !isBeforeName(draft)
    case .feast:
      let isNamed = draft.elements.count > 1 || first.flags.contains(.isCapitalized)
      return isNamed && !isBeforeName(draft) && !isAfterName(draft)
    case .today, .yesterday, .tomorrow, .part, .noon:
      return !first.flags.contains(.isCapitalized) || beginsSentence(draft) || isShouted(draft)
    case .monthYear, .dayMonthYear: dropShortYear(&draft)
    default: break
    }
    if draft.meaning == .date, let day = draft.day, let month = draft.month {
      return (1...12).contains(month) && day >= 1 && day <= CalendarDay.days(in: month, of: draft.year ?? 2000)
    }
    return true
  }

  /// "en mai 12 personnes": two figures before a noun are no year.
  private func dropShortYear(_ draft: inout TimeDraft) {
    let last = draft.elements.upperBound - 1
    guard elements[last].has(.yy), isNoun(last + 1) else { return }
    draft.elements = draft.elements.lowerBound..<last
    draft.year = nil
  }

  /// "2016-17" is a season, "2016-12" isn't: then the first alone is a year.
  private func seasonOnly(_ draft: inout TimeDraft) {
    guard let year = draft.year, let last = draft.lastYear, last != year + 1, draft.elements.count == 3,
      isDash(draft.elements.lowerBound + 1)
    else { return }
    draft.elements = draft.elements.lowerBound..<draft.elements.lowerBound + 1
    (draft.meaning, draft.lastYear, draft.rule, draft.form) = (.date, nil, "time.year", .year)
  }

  /// "mardi 12 personnes": a number that counts what stands behind is no day.
  private func dropCount(_ draft: inout TimeDraft) {
    let next = draft.elements.upperBound
    guard draft.day != nil, draft.elements.count > 1, next < elements.count, isCounted(next) || isPercent(next) else {
      return
    }
    draft.elements = draft.elements.lowerBound..<next - 1
    draft.day = nil
  }

  private func isPercent(_ index: Int) -> Bool {
    let bytes = utf8[elements[index].span.range]
    return bytes.elementsEqual([0x25]) || bytes.elementsEqual([0xE2, 0x82, 0xAC])
  }

  /// A noun in the plural, by its ending.
  private func isCounted(_ index: Int) -> Bool {
    guard isNoun(index), let last = utf8[elements[index].span.range].last else { return false }
    return last == 0x73 || last == 0x78 || last == 0x7A
  }

  /// Four figures are a year where no noun that they could count stands behind and no name before them.
  private func isYear(_ draft: TimeDraft) -> Bool {
    let index = draft.elements.lowerBound
    if draft.form == .year, draft.elements.count > 1 { return true }
    let next = index + 1
    guard let year = draft.year, year >= 1800, year <= 2100 else {
      return !isCounted(next) && isAfterPreposition(draft, sure: true)
    }
    if next < elements.count {
      let behind = elements[next]
      if !behind.flags.contains(.isSpaced), behind.entry < 0, behind.flags.contains(.isWord) { return false }
      if behind.has(.n), !behind.flags.contains(.beginsParagraph) { return isAfterPreposition(draft) }
    }
    if draft.isYearOfEvent, !isCounted(next) { return true }
    if isCounted(next) {
      // "les Jeux de 2012 organisés à Londres".
      let isParticiple = year % 100 != 0 && utf8[elements[next].span.range].suffix(3).elementsEqual([0xC3, 0xA9, 0x73])
      return isAfterPreposition(draft, sure: !isParticiple)
    }
    if index > 0, !elements[index].flags.contains(.beginsParagraph) {
      let before = elements[index - 1]
      if before.entry < 0, before.flags.contains(.isCapitalized) { return false }
      if before.flags.contains(.isSpaced) == false, before.entry < 0, !before.flags.contains(.isWord),
        !elements[index].flags.contains(.isSpaced)
      {
        return before.end - before.start == 1 && index > 1
      }
    }
    return true
  }

  /// An unknown word in small letters: what a number counts.
  private func isNoun(_ index: Int) -> Bool {
    guard index < elements.count else { return false }
    let element = elements[index]
    guard element.flags.contains(.isWord), !element.flags.contains(.beginsParagraph) else { return false }
    if element.flags.contains(.isCapitalized) { return element.entry < 0 }
    return element.classes & rules.function == 0
  }

  /// - Parameters:
  ///   - sure: only behind words that stand before nothing but times.
  ///   - of: behind "de" too.
  private func isAfterPreposition(_ draft: TimeDraft, sure: Bool = false, of: Bool = true) -> Bool {
    let index = draft.elements.lowerBound - 1
    guard index >= 0 else { return false }
    return only(sure ? links.sure : of ? links.of : links.edges, in: index..<index + 1)
  }

  private func isBeforeName(_ draft: TimeDraft) -> Bool {
    let next = draft.elements.upperBound
    return next < elements.count && elements[next].has(.name) && !elements[next].flags.contains(.beginsParagraph)
  }

  private func isAfterName(_ draft: TimeDraft) -> Bool {
    let index = draft.elements.lowerBound
    return index > 0 && elements[index - 1].has(.name) && !elements[index].flags.contains(.beginsParagraph)
  }

  private func beginsSentence(_ draft: TimeDraft) -> Bool {
    let index = draft.elements.lowerBound
    guard index > 0, !elements[index].flags.contains(.beginsParagraph) else { return true }
    let before = elements[index - 1]
    if before.flags.contains(.isWord) {
      // "La nuit": the article has the capital.
      return before.flags.contains(.isCapitalized) && before.classes & rules.link != 0
        && !elements[index].flags
          .contains(.isCapitalized)
    }
    return before.number.isNaN && before.end - before.start >= 1
  }

  /// A word in capitals throughout, as in a headline.
  private func isShouted(_ draft: TimeDraft) -> Bool {
    let index = draft.elements.lowerBound
    return index > 0 && elements[index - 1].flags.contains(.isCapitalized)
      && elements[index].flags.contains(.isCapitalized) && !elements[index - 1].has(.name)
  }
}
