import TelexModel

/// One pass over the numbers of a dispatch, from left to right.
struct QuantityReading {
  let rules: QuantityRules
  let elements: [Element]
  let utf8: [UInt8]
  /// Spans of the times, in order.
  let times: [Span]
  let origin: Origin
  var quantities: [Quantity] = []

  var nextTime = 0
  var comparator: QuantityDraft?
  /// What was counted last, and where: "dix" of the contracts named before.
  var counted: (object: String, element: Int)?
  /// Elements of the last number that told of dead, wounded or missing.
  var lastCasualty: Int?
  /// The whole that "dont" divides, until its sentence ends.
  var whole: (id: String, element: Int)?
  var lastEnd = 0
  /// Element behind the noun of the number being read, where words stand between: "121 le nombre de noyades".
  var numbered: Int?

  init(rules: QuantityRules, elements: [Element], utf8: [UInt8], times: [Span], origin: Origin) {
    self.rules = rules
    self.elements = elements
    self.utf8 = utf8
    self.times = times
    self.origin = origin
  }

  mutating func take(_ draft: QuantityDraft) {
    guard draft.meaning != .region else { return }
    guard draft.meaning != .comparator else {
      comparator = draft
      return
    }
    let bound = comparator.flatMap { $0.elements.upperBound == draft.elements.lowerBound ? $0 : nil }
    comparator = nil
    if draft.meaning == .range, let parts = split(draft) {
      for part in parts { take(part) }
      return
    }
    if draft.meaning == .oneIn, let counts = counts(draft) {
      comparator = bound
      for count in counts { take(count) }
      return
    }
    guard draft.meaning != .none, !isTime(draft), !isGlued(draft), !draft.isTally || isTally(draft, bound) else {
      return
    }
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

  mutating func finish(_ quantity: inout Quantity, _ draft: QuantityDraft, _ first: Int) {
    var start = first
    var end = draft.elements.upperBound
    var isKept = true
    let number = draft.amount ?? draft.high ?? 0
    if let object = draft.object {
      (quantity.object, quantity.kind) = (object, "measure")
    } else if draft.meaning == .fraction || draft.meaning == .oneIn {
      part(&quantity, draft, &end)
      // "(3 sur 5)" is a mark on a scale.
      let isScale = quantity.object == nil && elements[draft.elements.lowerBound].flags.contains(.isFigure)
      isKept = draft.meaning == .oneIn ? !isScale : quantity.object != nil || draft.rule != "quantity.fraction"
    } else if let shared = draft.shared {
      var behind = shared
      if let unit = unit(at: shared) {
        behind = unit.end
        measure(&quantity, unit, draft, start, &behind)
      } else {
        isKept = count(&quantity, draft, number, start, &behind)
      }
    } else if let unit = unit(at: end) {
      end = unit.end
      measure(&quantity, unit, draft, start, &end)
    } else if draft.elements.lowerBound > lastEnd, let unit = money(before: draft.elements.lowerBound) {
      measure(&quantity, unit, draft, start, &end)
      if start == draft.elements.lowerBound { start -= 1 }
    } else if end < elements.count, elements[end].classes & rules.prenominal != 0, let unit = unit(at: end + 1) {
      // "les 400 derniers mètres".
      end = unit.end
      measure(&quantity, unit, draft, start, &end)
    } else if let unit = sharedUnit(behind: end) {
      var behind = end
      measure(&quantity, unit, draft, start, &behind)
    } else {
      isKept = !isCondition(quantity, start) && count(&quantity, draft, number, start, &end)
    }
    guard isKept, quantity.value != nil || quantity.low != nil else { return }
    afterwards(&quantity, &end)
    quantity.span = Span(Int(elements[start].start), Int(elements[end - 1].end))
    divide(&quantity, start)
    quantities.append(quantity)
    lastEnd = numbered ?? end
    numbered = nil
    // "dix hommes, dont deux Belges, et huit autres": the others are what the whole is.
    if quantity.unit == nil, let object = quantity.object {
      counted = (quantity.partOf == nil ? object : counted?.object ?? object, lastEnd)
    }
    if quantity.kind?.hasPrefix("casualties") ?? false { lastCasualty = end }
  }

  /// "à moins d'un accord": unless there is one, and not less than one.
  private func isCondition(_ quantity: Quantity, _ start: Int) -> Bool {
    guard quantity.value == 1, quantity.comparator == .lessThan, start > 0 else { return false }
    let before = utf8[elements[start - 1].span.range]
    return ["à", "À", "A"].contains { before.elementsEqual($0.utf8) }
  }

  mutating func range(_ draft: QuantityDraft, _ start: Int) {
    guard let low = draft.low, let high = draft.high else { return }
    let end = draft.elements.upperBound
    // "3-1" is a score; "10-15 personnes" is a range.
    let isCounted = unit(at: end) != nil || noun(at: end, plural: true) != nil || high >= 1e6
    guard isCounted, low < high else { return }
    var quantity = Quantity(
      id: "n\(quantities.count + 1)", span: Span(0, 0), value: nil, comparator: .between, rule: draft.rule)
    quantity.low = low
    quantity.high = high
    finish(&quantity, draft, start)
    // "10 à 20.000 combattants": thousands are said once too.
    if let last = quantities.indices.last, quantities[last].id == quantity.id, low > 1, low < high / 1000, high < 1e6,
      high.truncatingRemainder(dividingBy: 1000) == 0
    {
      quantities[last].low = low * 1000
    }
    // "de 10 à 20 millions": the scale is said once.
    if let last = quantities.indices.last, quantities[last].id == quantity.id, low < 1000, high >= 1e6,
      high.truncatingRemainder(dividingBy: 1000) == 0
    {
      let scale = high >= 1e9 ? 1e9 : 1e6
      let factor = quantities[last].unit == "EUR" && quantities[last].high != high ? 0.01 : 1
      quantities[last].low = Exact.product(low * scale * factor)
    }
  }

  /// "de 1,9% à 65,9 milliards", "passer de 62 à 64 ans", "de 5,8% à 5,4%": two numbers that are no range.
  private func split(_ draft: QuantityDraft) -> [QuantityDraft]? {
    guard let low = draft.low, let high = draft.high, let first = draft.lowElement, let second = draft.highElement
    else {
      return nil
    }
    let parts = [QuantityDraft(low, at: first, of: draft), QuantityDraft(high, at: second, of: draft)]
    if isTaken(elements[first].span) != isTaken(elements[second].span) { return parts }
    let isPhrase =
      draft.elements.lowerBound < first && elements[draft.elements.lowerBound].classes & rules.partitive != 0
    guard isPhrase else { return nil }
    let firstUnit = unit(at: first + 1)
    let secondUnit = unit(at: second + 1)
    if let firstUnit, firstUnit.code != secondUnit?.code || low > high { return parts }
    let before = max(0, draft.elements.lowerBound - 6)..<draft.elements.lowerBound
    guard
      let verb = before.last(where: { elements[$0].classes & rules.change != 0 }),
      !crossesSentence(verb, draft.elements.lowerBound)
    else { return nil }
    var shared = parts
    if firstUnit == nil { shared[0].shared = second + 1 }
    if low < 1000, high >= 1e6, elements[second].endToken > elements[second].firstToken + 1, firstUnit == nil {
      shared[0].amount = Exact.product(low * (high >= 1e9 ? 1e9 : 1e6))
    }
    return shared
  }

  /// Wholes that shares are said of: "62 sièges sur 83" are two counts, "un accord sur cinq points" is one.
  private static let wholes: Set<Double> = [2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 50, 100, 1000, 10_000, 100_000]

  /// The counts that only look like a share; nil for a share.
  private func counts(_ draft: QuantityDraft) -> [QuantityDraft]? {
    guard let whole = draft.whole, let part = draft.part, let first = draft.partElement, let last = draft.wholeElement
    else { return nil }
    let isCounted = noun(at: last + 1, plural: true) != nil || unit(at: last + 1) != nil
    guard isCounted || !Self.wholes.contains(whole) else { return nil }
    var counts = [QuantityDraft(part, at: first, of: draft), QuantityDraft(whole, at: last, of: draft)]
    if elements[first].has(.one) { counts.removeFirst() }
    for index in counts.indices { counts[index].rule = "quantity.number" }
    return counts
  }

  /// "un" counts only beside another number of the same sentence.
  private func isTally(_ draft: QuantityDraft, _ bound: QuantityDraft?) -> Bool {
    let start = draft.elements.lowerBound
    // "au moins un mort", "plus d'un kilomètre"; not "dès une réunion", "presque une évidence".
    if let bound, bound.elements.count > 1, [.atLeast, .moreThan, .lessThan].contains(bound.comparator),
      draft.elements.upperBound < elements.count, elements[draft.elements.upperBound].classes & rules.indefinite == 0
    {
      return true
    }
    if draft.rule == "quantity.tally-behind" {
      // "quatre Néerlandais et un Albanais".
      let noun = draft.elements.upperBound
      // "trois trophées Copa del Rey et un trophée": names may stand between.
      let between = max(0, min(lastEnd, start - 1))..<max(0, start - 1)
      let isBehind =
        between.count < 5
        && between.allSatisfy {
          elements[$0].flags.contains(.isCapitalized) || elements[$0].end - elements[$0].start < 4
        }
      return start > 0 && lastEnd < start && isBehind && elements[start - 1].entry == rules.and && noun < elements.count
        && elements[noun].classes & (rules.indefinite | rules.prenominal) == 0
        && quantities.last.map { $0.unit == nil && $0.object != nil } ?? false
    }
    if draft.rule != "quantity.tally" { return true }
    if let lastCasualty, start - lastCasualty < 12, !crossesSentence(lastCasualty, start) { return true }
    var index = draft.elements.upperBound
    while index < elements.count, index < start + 12, !elements[index].flags.contains(.endsSentence) {
      if elements[index].has(.n) || elements[index].has(.one), !elements[index].flags.contains(.beginsParagraph) {
        return index > draft.elements.upperBound
      }
      index += 1
    }
    return false
  }

  // MARK: What is no quantity

  mutating func isTime(_ draft: QuantityDraft) -> Bool {
    let start = Int(elements[draft.elements.lowerBound].start)
    let end = Int(elements[draft.elements.upperBound - 1].end)
    while nextTime < times.count, times[nextTime].end <= start { nextTime += 1 }
    return nextTime < times.count && times[nextTime].start < end
  }

  /// Figures that belong to a name or to more figures: "Boeing 737", "3-1", "22/03".
  func isGlued(_ draft: QuantityDraft) -> Bool {
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

  func isGlue(_ element: Element) -> Bool {
    guard element.end - element.start == 1 else { return false }
    let byte = utf8[Int(element.start)]
    return byte == 0x2D || byte == 0x2F || byte == 0x2B || byte == 0x3A
  }

  // MARK: Around

  /// "10.000 hommes au moins", "trois au maximum".
  func afterwards(_ quantity: inout Quantity, _ end: inout Int) {
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
  mutating func divide(_ quantity: inout Quantity, _ start: Int) {
    guard start > 0 else { return }
    let before = elements[start - 1]
    if before.classes & rules.part != 0, let id = dividend(quantity, start) {
      whole = (id, start)
    } else if let whole,
      before.entry != rules.and || crossesSentence(whole.element, start) || start - whole.element > 30
    {
      self.whole = nil
    }
    guard let whole, quantity.unit == nil || before.classes & rules.part != 0 else { return }
    // "trois morts, dont deux enfants, et douze blessés": more than the whole is none of its parts.
    if let all = self.quantity(whole.id), all.comparator == .exact,
      let amount = quantity.value ?? quantity.low, let limit = all.value, amount > limit, before.entry == rules.and
    {
      self.whole = nil
      return
    }
    guard self.quantity(whole.id)?.unit == quantity.unit else { return }
    quantity.partOf = whole.id
  }

  /// Quantities are numbered as they come: looking for one would make a long list of parts quadratic.
  private func quantity(_ id: String) -> Quantity? {
    guard let number = Int(id.dropFirst()), quantities.indices.contains(number - 1) else { return nil }
    return quantities[number - 1].id == id ? quantities[number - 1] : nil
  }

  /// The quantity that "dont" divides: the last, or the last count of the sentence that is large enough.
  private func dividend(_ part: Quantity, _ start: Int) -> String? {
    if let last = quantities.last, start - lastEnd <= 6, last.unit == nil || part.unit == last.unit {
      return last.partOf ?? last.id
    }
    guard let counted, start - counted.element <= 40, !crossesSentence(counted.element, start),
      let last = quantities.last(where: { $0.unit == nil && $0.object != nil && $0.kind != "fraction" }),
      part.value ?? part.low ?? 0 <= last.value ?? last.high ?? .infinity
    else { return nil }
    return last.partOf ?? last.id
  }

  func crossesSentence(_ first: Int, _ last: Int) -> Bool {
    elements[first..<max(first, min(last, first + 64))].contains { $0.flags.contains(.endsSentence) }
  }
}
