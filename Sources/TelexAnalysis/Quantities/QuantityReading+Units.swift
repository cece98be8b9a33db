import TelexModel

/// Units behind numbers, and what a measure is the measure of.
extension QuantityReading {
  /// A unit behind a number.
  struct Unit {
    /// ISO 4217 or UCUM; nil where the text doesn't tell which.
    let code: String?
    let kind: String
    let factor: Double
    /// What is measured where the code isn't known: "franc".
    let word: String?
    /// Element behind it.
    let end: Int

    init(_ rule: PatternRule, _ origin: Origin, end: Int) {
      code = origin.code(rule)
      kind = rule.name
      factor = rule.fields.first { $0.name == "factor" }.flatMap { Double($0.value) } ?? 1
      word = code == nil ? rule.fields.first { $0.name == "word" }?.value : nil
      self.end = end
    }
  }

  func unit(at index: Int) -> Unit? {
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
    return Unit(rule, origin, end: match.range.upperBound)
  }

  mutating func measure(
    _ quantity: inout Quantity, _ unit: Unit, _ draft: QuantityDraft, _ start: Int, _ end: inout Int
  ) {
    // "un navire de 330 mètres de long peut …": the dimension is no noun.
    let isDimension =
      end + 1 < elements.count && elements[end].classes & rules.partitive != 0
      && elements[end + 1].classes & rules.dimension != 0
    // "deux mètres et demi".
    if let value = quantity.value, end + 1 < elements.count, elements[end].entry == rules.and,
      rules.half.contains(elements[end + 1].entry)
    {
      quantity.value = value + 0.5
      end += 2
    }
    quantity.unit = unit.code
    quantity.value = quantity.value.map { Exact.product($0 * unit.factor) }
    quantity.low = quantity.low.map { Exact.product($0 * unit.factor) }
    quantity.high = quantity.high.map { Exact.product($0 * unit.factor) }
    switch unit.kind {
    case "age":
      quantity.object = "âge"
      quantity.kind = "age"
    case "percent", "permille":
      quantity.kind = unit.kind
      quantity.object = nounOf(end)?.object ?? nounBefore(start) ?? subject(of: start) ?? objectOfFirst(start, unit)
    case "money":
      quantity.kind = "money"
      quantity.object =
        nounOfMoney(end) ?? nounBefore(start) ?? convertedObject(start) ?? worth(before: start) ?? subject(of: start)
        ?? unit.word
    case "length":
      quantity.kind = "measure"
      quantity.object = (isDistance(end) || isDimension ? nil : nounOf(end)?.object) ?? nounBefore(start)
    case "temperature":
      quantity.kind = "measure"
      quantity.object = nounOf(end)?.object ?? nounBefore(start)
      // "un virage de 90°" is not warm.
      if start > 1, elements[start - 2].classes & rules.turning != 0 { quantity.unit = "deg" }
    default:
      quantity.kind = "measure"
      quantity.object = nounOf(end)?.object ?? nounBefore(start)
    }
  }

  /// "à 2 km de la frontière", "à 200 m du parcours", "à 50 km de Sucre" measure no frontier, course or town.
  private func isDistance(_ end: Int) -> Bool {
    guard end + 1 < elements.count, elements[end].classes & rules.partitive != 0 else { return false }
    if elements[end + 1].classes & rules.determiner != 0 { return true }
    let article = utf8[Int(elements[end].end) - 1]
    if article == 0x73 || article == 0x75 { return true }
    // "12 km de VTT" are of it.
    let word = utf8[elements[end + 1].span.range]
    return elements[end + 1].flags.contains(.isCapitalized) && word.contains { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x80 }
  }

  /// "5 000 euros d'amende": a bare noun in small letters right behind.
  private func nounOfMoney(_ end: Int) -> String? {
    // "30 millions d'euros de leurs gains".
    if end + 2 < elements.count, elements[end].classes & rules.partitive != 0,
      elements[end + 1].classes & rules.ours != 0, isNoun(end + 2)
    {
      return lemma(end + 2)
    }
    guard end + 1 < elements.count, elements[end].classes & rules.partitive != 0,
      elements[end + 1].classes & (rules.determiner | rules.prenominal) == 0, isNoun(end + 1),
      !elements[end + 1].flags.contains(.isCapitalized)
    else { return nil }
    // "des" and "du" say whose it is.
    let last = utf8[Int(elements[end].end) - 1]
    return last == 0x73 || last == 0x75 ? nil : lemma(end + 1)
  }

  /// "23 et 20 ans", "15.000 et 12.000 euros": the unit stands behind the last number only.
  func sharedUnit(behind end: Int) -> Unit? {
    var index = end
    var steps = 0
    while index + 2 < elements.count, steps < 4, elements[index].entry == rules.and || isComma(elements[index]),
      elements[index + 1].has(.n)
    {
      if let unit = unit(at: index + 2), ["age", "money", "percent"].contains(unit.kind),
        !isTaken(elements[index + 1].span)
      {
        return unit
      }
      index += 2
      steps += 1
    }
    return nil
  }

  func isTaken(_ span: Span) -> Bool {
    var index = nextTime
    while index < times.count, times[index].start < span.end {
      if times[index].overlaps(span) { return true }
      index += 1
    }
    return false
  }

  func isComma(_ element: Element) -> Bool {
    element.end - element.start == 1 && utf8[Int(element.start)] == 0x2C
  }

  /// "(47,8 milliards d'euros)": the same in another currency.
  func convertedObject(_ start: Int) -> String? {
    guard start > 0, utf8[Int(elements[start - 1].start)] == 0x28, start - 1 == lastEnd, let last = quantities.last
    else {
      return nil
    }
    return last.unit == nil ? nil : last.object
  }

  /// "de 33,3 % à 28 %": both are said of the same.
  private func objectOfFirst(_ start: Int, _ unit: Unit) -> String? {
    guard start > 0, start - 1 == lastEnd, elements[start - 1].entry == rules.to, let last = quantities.last,
      last.unit == unit.code
    else { return nil }
    return last.object
  }

  /// "son aide au gouvernement, soit 432 millions d'euros": the sum of money that the clause speaks of.
  private func worth(before start: Int) -> String? {
    guard start > 1, elements[start - 1].entry == rules.thatIs else { return nil }
    var index = start - 2
    while index >= 0, index > start - 16, !elements[index].flags.contains(.endsSentence) {
      if elements[index].classes & rules.worth != 0 { return lemma(index) }
      index -= 1
    }
    return nil
  }

  /// "le coût de cette journée s'élève à 70 millions": what a verb says the amount of. The first noun behind the last
  /// article that begins a clause, where nothing but a name or "de" with a noun stands between it and the verb.
  private func subject(of start: Int) -> String? {
    var verb = start - 1
    while verb > 0, start - verb < 5, elements[verb].classes & (rules.adverb | rules.locative) != 0 { verb -= 1 }
    guard verb > 1, elements[verb].classes & rules.amounts != 0 else { return nil }
    var head: Int?
    var index = verb - 1
    while index >= 0, verb - index < 12, !elements[index].flags.contains(.endsSentence), !isComma(elements[index]) {
      let isArticle = elements[index].classes & rules.determiner != 0 && elements[index].classes & rules.partitive == 0
      let isGoverned = index > 0 && elements[index - 1].classes & (rules.partitive | rules.preposition) != 0
      if isArticle, !isGoverned, index + 1 < verb { head = index + 1 }
      if head != nil || elements[index].flags.contains(.beginsParagraph) { break }
      index -= 1
    }
    guard var noun = head else { return nil }
    while noun < verb, elements[noun].classes & rules.prenominal != 0 { noun += 1 }
    guard noun < verb, isNoun(noun) else { return nil }
    return lemma(noun)
  }

  /// "$10", "EUR 20": money that stands before its number, as a sign or a code in capitals.
  func money(before start: Int) -> Unit? {
    guard start > 0, let match = rules.units.longest(at: start - 1, in: elements), match.range.upperBound == start
    else {
      return nil
    }
    let rule = rules.units.rules[match.rule]
    let bytes = utf8[elements[start - 1].span.range]
    let isCode = bytes.count == 3 && bytes.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
    let isSign = !elements[start - 1].flags.contains(.isWord)
    guard rule.name == "money", isCode || isSign else { return nil }
    return Unit(rule, origin, end: start)
  }
}
