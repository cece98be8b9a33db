import TelexModel

/// One pass over the numbers of a dispatch, from left to right.
struct QuantityReading {
  let rules: QuantityRules
  let elements: [Element]
  let utf8: [UInt8]
  /// Spans of the times, in order.
  let times: [Span]
  private(set) var quantities: [Quantity] = []

  private var nextTime = 0
  private var comparator: QuantityDraft?
  /// What was counted last, and where: "dix" of the contracts named before.
  private var counted: (object: String, element: Int)?
  /// The whole that "dont" divides, until its sentence ends.
  private var whole: (id: String, element: Int)?
  private var lastEnd = 0

  init(rules: QuantityRules, elements: [Element], utf8: [UInt8], times: [Span]) {
    self.rules = rules
    self.elements = elements
    self.utf8 = utf8
    self.times = times
  }

  mutating func take(_ draft: QuantityDraft) {
    guard draft.meaning != .comparator else {
      comparator = draft
      return
    }
    let bound = comparator.flatMap { $0.elements.upperBound == draft.elements.lowerBound ? $0 : nil }
    comparator = nil
    guard draft.meaning != .none, !isTime(draft), !isGlued(draft) else { return }
    let start = bound?.elements.lowerBound ?? draft.elements.lowerBound
    if draft.meaning == .range {
      range(draft, start)
      return
    }
    var quantity = Quantity(
      id: "n\(quantities.count + 1)", span: Span(0, 0), value: draft.isVague ? nil : draft.amount,
      comparator: bound?.comparator ?? draft.comparator ?? (draft.isVague ? .atLeast : .exact), rule: draft.rule)
    if draft.isVague { quantity.low = draft.amount }
    finish(&quantity, draft, start)
  }

  private mutating func finish(_ quantity: inout Quantity, _ draft: QuantityDraft, _ start: Int) {
    var end = draft.elements.upperBound
    var isKept = true
    let number = draft.amount ?? draft.high ?? 0
    if draft.meaning == .fraction || draft.meaning == .oneIn {
      part(&quantity, draft, &end)
      isKept = draft.meaning == .oneIn || quantity.object != nil || draft.rule != "quantity.fraction"
    } else if let unit = unit(at: end) {
      end = unit.end
      measure(&quantity, unit, draft, start, &end)
    } else if let age = sharedAge(behind: end) {
      (quantity.unit, quantity.object, quantity.kind) = (age, "âge", "age")
    } else {
      isKept = count(&quantity, draft, number, start, &end)
    }
    guard isKept, quantity.value != nil || quantity.low != nil else { return }
    afterwards(&quantity, &end)
    quantity.span = Span(Int(elements[start].start), Int(elements[end - 1].end))
    divide(&quantity, start)
    quantities.append(quantity)
    lastEnd = end
    if quantity.unit == nil, let object = quantity.object { counted = (object, end) }
  }

  private mutating func range(_ draft: QuantityDraft, _ start: Int) {
    guard let low = draft.low, let high = draft.high else { return }
    let end = draft.elements.upperBound
    // "3-1" is a score; "10-15 personnes" is a range.
    let isCounted = unit(at: end) != nil || noun(at: end, plural: true) != nil
    guard isCounted, low < high else { return }
    var quantity = Quantity(
      id: "n\(quantities.count + 1)", span: Span(0, 0), value: nil, comparator: .between, rule: draft.rule)
    quantity.low = low
    quantity.high = high
    finish(&quantity, draft, start)
    // "de 10 à 20 millions": the scale is said once.
    if let last = quantities.indices.last, quantities[last].id == quantity.id, low < 1000, high >= 1e6,
      high.truncatingRemainder(dividingBy: 1000) == 0
    {
      let scale = high >= 1e9 ? 1e9 : 1e6
      quantities[last].low = low * scale * (quantities[last].unit == "EUR" && quantities[last].high != high ? 0.01 : 1)
    }
  }

  // MARK: What is no quantity

  private mutating func isTime(_ draft: QuantityDraft) -> Bool {
    let start = Int(elements[draft.elements.lowerBound].start)
    let end = Int(elements[draft.elements.upperBound - 1].end)
    while nextTime < times.count, times[nextTime].end <= start { nextTime += 1 }
    return nextTime < times.count && times[nextTime].start < end
  }

  /// Figures that belong to a name or to more figures: "Boeing 737", "3-1", "22/03".
  private func isGlued(_ draft: QuantityDraft) -> Bool {
    let first = elements[draft.elements.lowerBound]
    guard first.flags.contains(.isFigure), draft.elements.lowerBound > 0 else { return false }
    let before = elements[draft.elements.lowerBound - 1]
    if !first.flags.contains(.isSpaced), !before.flags.contains(.isWord), isGlue(before), !draft.isNegative {
      return true
    }
    let end = draft.elements.upperBound
    if end < elements.count, !elements[end].flags.contains(.isSpaced), isGlue(elements[end]), end + 1 < elements.count,
      elements[end + 1].has(.n)
    {
      return draft.meaning != .range
    }
    guard before.has(.name), first.flags.contains(.isSpaced), !first.flags.contains(.beginsParagraph) else {
      return false
    }
    return unit(at: end) == nil && noun(at: end, plural: true) == nil
  }

  private func isGlue(_ element: Element) -> Bool {
    guard element.end - element.start == 1 else { return false }
    let byte = utf8[Int(element.start)]
    return byte == 0x2D || byte == 0x2F || byte == 0x2B || byte == 0x3A
  }

  // MARK: Units

  private func unit(at index: Int) -> (code: String, kind: String, factor: Double, end: Int)? {
    var start = index
    if start < elements.count, elements[start].classes & rules.partitive != 0 { start += 1 }
    guard start < elements.count, !elements[start].flags.contains(.beginsParagraph),
      let match = rules.units.longest(at: start, in: elements)
    else { return nil }
    let rule = rules.units.rules[match.rule]
    // A letter is a unit only right where figures end: "9 m", not "cinq m".
    if match.range.count == 1, elements[start].end - elements[start].start == 1,
      elements[start].flags.contains(.isWord),
      start != index || elements[start].flags.contains(.isCapitalized) || !elements[index - 1].flags.contains(.isFigure)
    {
      return nil
    }
    let code = rule.fields.first { $0.name == "code" }?.value ?? ""
    let factor = rule.fields.first { $0.name == "factor" }.flatMap { Double($0.value) } ?? 1
    return (code, rule.name, factor, match.range.upperBound)
  }

  private mutating func measure(
    _ quantity: inout Quantity, _ unit: (code: String, kind: String, factor: Double, end: Int), _ draft: QuantityDraft,
    _ start: Int, _ end: inout Int
  ) {
    quantity.unit = unit.code
    quantity.value = quantity.value.map { $0 * unit.factor }
    quantity.low = quantity.low.map { $0 * unit.factor }
    quantity.high = quantity.high.map { $0 * unit.factor }
    switch unit.kind {
    case "age":
      quantity.object = "âge"
      quantity.kind = "age"
    case "percent", "permille":
      quantity.kind = unit.kind
      quantity.object = nounOf(end)?.object ?? nounBefore(start)
    case "money":
      quantity.kind = "money"
      quantity.object = nounBefore(start) ?? convertedObject(start)
    default:
      quantity.kind = "measure"
      quantity.object = nounOf(end)?.object ?? nounBefore(start)
    }
  }

  /// "23 et 20 ans": the unit of an age stands behind the last number only.
  private func sharedAge(behind end: Int) -> String? {
    var index = end
    var steps = 0
    while index + 2 < elements.count, steps < 4, elements[index].entry == rules.and || isComma(elements[index]),
      elements[index + 1].has(.n)
    {
      if let unit = unit(at: index + 2), unit.kind == "age", !isTaken(elements[index + 1].span) { return unit.code }
      index += 2
      steps += 1
    }
    return nil
  }

  private func isTaken(_ span: Span) -> Bool {
    var index = nextTime
    while index < times.count, times[index].start < span.end {
      if times[index].overlaps(span) { return true }
      index += 1
    }
    return false
  }

  private func isComma(_ element: Element) -> Bool {
    element.end - element.start == 1 && utf8[Int(element.start)] == 0x2C
  }

  /// "(47,8 milliards d'euros)": the same in another currency.
  private func convertedObject(_ start: Int) -> String? {
    guard start > 0, utf8[Int(elements[start - 1].start)] == 0x28, start - 1 == lastEnd, let last = quantities.last
    else {
      return nil
    }
    return last.object
  }

  // MARK: Objects

  private mutating func part(_ quantity: inout Quantity, _ draft: QuantityDraft, _ end: inout Int) {
    quantity.kind = "fraction"
    if draft.meaning == .oneIn {
      let noun = draft.elements.lowerBound + 1
      if noun < elements.count, elements[noun].classes & rules.function == 0, !elements[noun].has(.n) {
        quantity.object = lemma(noun)
      }
      if quantity.object == nil { quantity.object = nounOf(end)?.object }
      return
    }
    if let noun = nounOf(end) {
      quantity.object = noun.object
      end = noun.end
    }
  }

  private mutating func count(
    _ quantity: inout Quantity, _ draft: QuantityDraft, _ number: Double, _ start: Int, _ end: inout Int
  ) -> Bool {
    if let noun = noun(at: end, plural: number >= 2) {
      quantity.object = noun.object
      // "5 personnes tuées et 30 autres blessées": the others are persons too.
      if let counted, elements[end].classes & rules.other != 0, isCasualty(noun.end - 1),
        !isCasualty(counted.element - 1),
        start - counted.element < 40
      {
        quantity.object = counted.object
      }
      end = noun.end
    } else if let object = inherited(draft, start, &end) {
      quantity.object = object
    } else {
      // A number that counts nothing known, unless it is too large for a label.
      guard number >= 1e6 || quantity.comparator != .exact && draft.meaning == .amount else { return false }
    }
    quantity.kind = kind(end)
    return true
  }

  private func isCasualty(_ index: Int) -> Bool {
    elements.indices.contains(index) && rules.value(of: elements[index], in: rules.casualty) != nil
  }

  private func kind(_ end: Int) -> String {
    if end > 0, elements[end - 1].classes & rules.vote != 0 { return "vote" }
    var index = max(0, end - 1)
    while index < min(elements.count, end + 5), !elements[index].flags.contains(.endsSentence) {
      if index >= end, elements[index].has(.n) { break }
      if let status = rules.value(of: elements[index], in: rules.casualty) { return "casualties." + status }
      index += 1
    }
    return "count"
  }

  /// What a number without a noun of its own counts: "dix pour la cadette", "deux d'entre eux", "30 autres".
  private func inherited(_ draft: QuantityDraft, _ start: Int, _ end: inout Int) -> String? {
    guard let counted, start - counted.element < 40, draft.meaning == .amount, !draft.isTally else { return nil }
    var next = end
    if next < elements.count, elements[next].classes & rules.partitive != 0 { next += 1 }
    guard next < elements.count, !elements[next].flags.contains(.beginsParagraph) else { return nil }
    let isAfterPart = start > 0 && elements[start - 1].classes & rules.part != 0
    guard elements[next].classes & (rules.inherits | rules.other) != 0 || isAfterPart else { return nil }
    if elements[next].classes & rules.other != 0 { end = next + 1 }
    return counted.object
  }

  /// The noun behind a number, its adjectives passed over, and where it ends.
  private func noun(at index: Int, plural: Bool) -> (object: String, end: Int)? {
    var next = index
    var adjective: Int?
    if next < elements.count, elements[next].classes & rules.partitive != 0, !plural || isLargeBefore(next) {
      next += 1
    }
    while next < elements.count, elements[next].classes & rules.prenominal != 0, next - index < 5,
      !elements[next].flags.contains(.beginsParagraph)
    {
      adjective = next
      next += 1
    }
    if next < elements.count, isNoun(next), let object = object(next, plural: plural) { return (object, next + 1) }
    guard let adjective, elements[adjective].classes & rules.other == 0, let object = object(adjective, plural: plural)
    else { return nil }
    return (object, adjective + 1)
  }

  /// The number ends in a noun of its own: "millions de", "une dizaine de".
  private func isLargeBefore(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let before = elements[index - 1]
    return !before.has(.n) || before.number >= 1e6
  }

  /// The noun behind "de": of what a share is a share.
  private func nounOf(_ index: Int) -> (object: String, end: Int)? {
    guard index < elements.count, elements[index].classes & rules.partitive != 0 else { return nil }
    var next = index + 1
    while next < elements.count, next - index < 6, elements[next].classes & (rules.determiner | rules.prenominal) != 0 {
      next += 1
    }
    guard next < elements.count, isNoun(next), let object = object(next, plural: false) else { return nil }
    return (object, next + 1)
  }

  /// The noun whose measure it is: "un investissement de 50 milliards", "une somme totale d'environ 55.000 euros".
  private func nounBefore(_ start: Int) -> String? {
    var index = start - 1
    guard index > 0 else { return nil }
    // "une aide qui représente 5 millions d'euros".
    if index > 1, isNoun(index), elements[index - 1].entry == rules.who {
      index -= 1
    } else {
      guard elements[index].classes & rules.partitive != 0 else { return nil }
    }
    index -= 1
    var first: Int?
    var steps = 0
    while index >= 0, steps < 4, isNoun(index) {
      if elements[index].classes & rules.prenominal == 0 { first = index }
      if elements[index].flags.contains(.beginsParagraph) { break }
      index -= 1
      steps += 1
    }
    return first.flatMap(lemma)
  }

  private func isNoun(_ index: Int) -> Bool {
    let element = elements[index]
    return element.flags.contains(.isWord) && element.classes & rules.function == 0
      && !element.flags.contains(.beginsParagraph) && !element.has(.n)
  }

  private func object(_ index: Int, plural: Bool) -> String? {
    let word = String(decoding: utf8[elements[index].span.range], as: UTF8.self)
    guard !plural || rules.singular.isPlural(word) else { return nil }
    return rules.singular.of(word)
  }

  private func lemma(_ index: Int) -> String? { object(index, plural: false) }

  // MARK: Around

  /// "10.000 hommes au moins", "trois au maximum".
  private func afterwards(_ quantity: inout Quantity, _ end: inout Int) {
    guard quantity.comparator == .exact, let match = rules.numbers.longest(at: end, in: elements) else { return }
    let rule = rules.numbers.rules[match.rule]
    guard rule.meaning == "comparator", let value = rule.fields.first?.value else { return }
    let words = elements[match.range]
    let isBehind = match.range.upperBound >= elements.count || !elements[match.range.upperBound].has(.n)
    guard isBehind, words.allSatisfy({ $0.classes & rules.partitive == 0 }), words.count > 1 || value == "about",
      let comparator = Quantity.Comparator(rawValue: value),
      comparator == .atLeast || comparator == .atMost
        || (comparator == .about && utf8[Int(elements[end].start)] == 0x65)
    else { return }
    quantity.comparator = comparator
    end = match.range.upperBound
  }

  /// "dont 2500 Américains … et une septantaine de Belges": parts of what was counted before.
  private mutating func divide(_ quantity: inout Quantity, _ start: Int) {
    guard start > 0 else { return }
    let before = elements[start - 1]
    if before.classes & rules.part != 0, let last = quantities.last, start - lastEnd <= 6 {
      whole = (last.partOf ?? last.id, start)
    } else if let whole,
      before.entry != rules.and || crossesSentence(whole.element, start) || start - whole.element > 30
    {
      self.whole = nil
    }
    guard let whole, quantity.unit == nil else { return }
    quantity.partOf = whole.id
  }

  private func crossesSentence(_ first: Int, _ last: Int) -> Bool {
    elements[first..<max(first, min(last, first + 64))].contains { $0.flags.contains(.endsSentence) }
  }
}
