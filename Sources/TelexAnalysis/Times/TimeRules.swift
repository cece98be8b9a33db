package import TelexText

/// The rules and words of time (`Resources/time-rules.txt`, `time-words.txt`, `number-words.txt`), compiled.
package struct TimeRules: Sendable {
  let reader: ElementReader
  let rules: RuleSet
  /// By rule of `rules`.
  private let forms: [Form]
  /// By name of `RuleSet.names`; nil for a name that sets nothing.
  private let captureFields: [TimeDraft.Field?]
  /// Examples of the rule file: text, day of the dispatch, what is read.
  package let positive: [ResourceTable.Row]
  package let negative: [ResourceTable.Row]
  let link: UInt64
  let function: UInt64
  let ahead: UInt64
  let behind: UInt64
  /// Participles that plan: "prévu"; behind "été" they only report.
  let planned: UInt64
  let been: Int32
  let before: Int32
  let notAhead: UInt64
  /// Words that only look like the past: "retrait".
  let notBehind: UInt64
  let comparing: Int
  /// Verbs of asking and planning: what is asked is still to come.
  let asking: UInt64
  /// Nouns of what begins or is held, and the verbs that announce it.
  let prospect: FoldedSet
  let announcing: FoldedSet
  let place: Int32
  let article: UInt64
  let from: Int32
  let links: TimeComposer.Links

  /// - Throws: `ResourceError` where a file can't be read or holds what is no rule.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    var vocabulary = RuleVocabulary()
    try vocabulary.add(ResourceTable("number-words.txt", of: "TelexAnalysis", in: resources))
    try vocabulary.add(ResourceTable("time-words.txt", of: "TelexAnalysis", in: resources))
    let table = try ResourceTable("time-rules.txt", of: "TelexAnalysis", in: resources)
    rules = try RuleSet(table, &vocabulary)
    forms = rules.rules.map(Form.init)
    captureFields = rules.names.map(TimeDraft.Field.init(rawValue:))
    positive = table.positive
    negative = table.negative
    let numbers = NumberWords(&vocabulary)
    func bit(_ name: String) -> UInt64 { vocabulary.classes[name].map { 1 << UInt64($0) } ?? 0 }
    link = bit("link")
    function = bit("function")
    ahead = bit("ahead")
    behind = bit("behind")
    planned = bit("planned")
    been = vocabulary.literal("été")
    before = vocabulary.literal("avant")
    notAhead = bit("nofuture")
    notBehind = bit("notpast")
    comparing = vocabulary.classes["comparing"] ?? 63
    asking = bit("asking")
    prospect = FoldedSet(vocabulary.asides["prospect"] ?? [])
    announcing = FoldedSet(vocabulary.asides["announcing"] ?? [])
    article = bit("bare")
    place = vocabulary.literal("lieu")
    from = vocabulary.literal("dès")
    links = TimeComposer.Links(vocabulary)
    reader = ElementReader(vocabulary: vocabulary, numbers: numbers)
  }

  func value(of element: Element, in category: Int) -> RuleVocabulary.Value? {
    element.entry < 0 ? nil : reader.vocabulary.entries[Int(element.entry)].value(in: category)
  }

  /// The drafts of a text, in reading order.
  func drafts(in elements: [Element]) -> [TimeDraft] {
    rules.matches(in: elements).map { draft($0, elements) }
  }

  private func draft(_ match: RuleSet.Match, _ elements: [Element]) -> TimeDraft {
    let form = forms[match.rule]
    var draft = TimeDraft(meaning: form.meaning, elements: match.span, rule: form.rule)
    draft.form = form.form
    for capture in rules.captures(of: match) {
      guard let field = captureFields[capture.name] else { continue }
      let element = elements[capture.element]
      if capture.category < RuleVocabulary.Shape.allCases.count, !element.number.isNaN {
        draft.set(field, element.number, isShort: capture.category == RuleVocabulary.Shape.yy.rawValue)
      } else if let value = value(of: element, in: capture.category) {
        draft.set(field, value)
      }
    }
    for fixed in form.fields { draft.set(fixed.field, fixed.value) }
    if draft.modifier == nil, draft.meaning == .offset || draft.meaning == .duration || draft.meaning == .shift {
      for index in match.span.dropLast() where elements[index].classes & (1 << UInt64(comparing)) != 0 {
        // "plus de deux ans" compares, "deux ans plus tard" doesn't.
        let next = elements[index + 1]
        guard next.classes & link != 0 || next.has(.n) || next.has(.one) else { continue }
        draft.modifier = draft.modifier ?? value(of: elements[index], in: comparing)?.text
      }
    }
    return draft
  }

  /// What a rule of the file makes of its match.
  struct Form: Sendable {
    let meaning: TimeDraft.Meaning
    let rule: String
    let form: TimeDraft.Form
    let fields: [(field: TimeDraft.Field, value: RuleVocabulary.Value)]

    init(_ rule: PatternRule) {
      meaning = TimeDraft.Meaning(rawValue: rule.meaning) ?? .none
      self.rule = "time." + rule.name
      form = TimeDraft.Form(rawValue: rule.name) ?? .plain
      fields = rule.fields.compactMap { name, value in
        TimeDraft.Field(rawValue: name).map { ($0, RuleVocabulary.Value(value)) }
      }
    }
  }
}

extension TimeDraft {
  /// What a capture or a fixed field of a rule sets.
  enum Field: String {
    case year, yy, year2, yy2, n3, month, monthNumber, midmonth, shortmonth, day, ordinal, weekday, weekdays, hour,
      minute
    case quarter, half, decade, century, roman, centuryword, n, one, n2, nth, times, part, parts, period, season,
      seasons
    case zone, feast, unit, longunit, plural, unit2, vague, dir, mod, edge, signal, side, this, of, plus, nthunit,
      months
    case event, weekof, weekendof, years, week, value, each
  }

  /// - Parameter isShort: a year of two figures.
  fileprivate mutating func set(_ field: Field, _ number: Double, isShort: Bool) {
    let integer = number.isFinite && abs(number) < 1e9 ? Int(number) : 0
    switch field {
    case .year, .yy: year = isShort ? Self.fullYear(integer) : integer
    case .year2, .yy2: lastYear = isShort ? Self.fullYear(integer) : integer
    case .month, .monthNumber: month = integer
    case .day: day = integer
    case .hour: hour = integer
    case .minute: minute = integer
    case .quarter: quarter = integer
    case .half: half = integer
    case .decade: decade = integer
    case .century: century = integer
    case .n, .one: amount = number
    case .n2: more = (number, more?.unit ?? "")
    case .n3: seconds = integer
    case .nth: nth = integer
    case .times: amount = (amount ?? 1) * number
    default: break
    }
  }

  fileprivate mutating func set(_ field: Field, _ value: RuleVocabulary.Value) {
    let integer = value.integer
    switch field {
    case .month, .midmonth, .shortmonth: month = integer
    case .day, .ordinal: day = integer
    case .weekday, .weekdays: weekday = integer
    case .part, .parts, .period: part = value.text
    case .season, .seasons: season = value.text
    case .hour: hour = integer
    case .minute: minute = integer
    case .zone: zone = value.text
    case .quarter: quarter = integer
    case .half: if meaning == .date { half = integer } else { amount = (amount ?? 0) + 0.5 }
    case .century, .roman, .centuryword: century = integer
    case .feast: feast = value.text
    case .unit, .longunit, .plural: if value.text != "-" { unit = value.text }
    case .unit2: more = (more?.amount ?? 0, value.text)
    case .n:
      if value.number.isNaN { isVague = true } else { amount = (amount ?? 1) * value.number }
    case .vague: isVague = true
    case .dir: amount = amount.map { $0 * (value.number.isNaN ? 1 : value.number) }
    case .mod, .edge: modifier = value.text
    case .signal: signal = value.text
    case .side: side = value.text == "last" ? .last : value.text == "future" ? .future : .next
    case .this: isThis = true
    case .of: isOf = true
    case .plus: plus = integer ?? 0
    case .nth: nth = integer
    case .nthunit: nthUnit = value.text
    case .months: months = integer
    case .event: isYearOfEvent = true
    case .weekof: isWeekOf = true
    case .weekendof: isWeekendOf = true
    case .years: years = integer
    case .week: week = integer
    case .value, .each: self.value = value.text
    case .year: year = integer
    case .yy, .year2, .yy2, .monthNumber, .decade, .one, .n2, .n3, .times: break
    }
  }

  static func fullYear(_ short: Int) -> Int { short >= 50 ? 1900 + short : 2000 + short }
}
