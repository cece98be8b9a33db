import TelexModel

/// The nouns that numbers count.
extension QuantityReading {
  mutating func part(_ quantity: inout Quantity, _ draft: QuantityDraft, _ end: inout Int) {
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

  mutating func count(
    _ quantity: inout Quantity, _ draft: QuantityDraft, _ number: Double, _ start: Int, _ end: inout Int
  ) -> Bool {
    if let money = comparedMoney(draft, number, start) {
      (quantity.unit, quantity.kind) = (money, "money")
      return true
    }
    if let whole = wholeNumber(behind: end), draft.meaning == .amount {
      quantity.object = whole.object
      quantity.partOf = "n\(quantities.count + 2)"
    } else if let noun = nounOfNumber(end) {
      quantity.object = noun.object
      counted = (noun.object, noun.end)
      numbered = noun.end
    } else if let all = nounOfAll(end) {
      (quantity.object, end) = all
    } else if let object = nounOfWhole(end) ?? nounOfFirst(start) {
      quantity.object = object
    } else if isSomeOfThem(end) {
      quantity.object = them(start)
    } else if !isPostnominal(end), let noun = noun(at: end, plural: number >= 2) ?? invariable(at: end, start) {
      quantity.object = noun.object
      // "seize joueurs classés parmi les 50 meilleurs".
      if elements[noun.end - 1].classes & rules.rank != 0, let object = recent(start) { quantity.object = object }
      // "5 personnes tuées et 30 autres blessées", "des dizaines d'autres arrêtés": the others are the same.
      let others = end + 1 < noun.end && elements[end].classes & rules.partitive != 0 ? end + 1 : end
      if let counted, elements[others].classes & rules.other != 0, start - counted.element < 40,
        isCasualty(noun.end - 1) && !isCasualty(counted.element - 1) || isParticiple(noun.end - 1)
      {
        quantity.object = counted.object
      }
      end = noun.end
    } else if let object = nounBehindNext(end) ?? inherited(draft, start, &end) ?? nounOfTotal(start) {
      quantity.object = object
    } else {
      // A number that counts nothing known, unless it is no label by its size, its shape or its place.
      guard
        number >= 1e6 || quantity.comparator != .exact && draft.meaning == .amount || isGrouped(draft)
          || isPredicate(start, end)
      else { return false }
      // "plus de deux fois plus" counts nothing.
      guard end >= elements.count || elements[end].classes & rules.manifold == 0 else { return false }
      quantity.object = number >= 1e6 ? nounBefore(start) : recent(start)
    }
    quantity.kind = kind(end)
    if let last = quantities.last, last.kind == "vote", last.object == quantity.object { quantity.kind = "vote" }
    return true
  }

  func isCasualty(_ index: Int) -> Bool {
    elements.indices.contains(index) && elements[index].classes & 1 << UInt64(rules.casualty) != 0
  }

  func kind(_ end: Int) -> String {
    if end > 0, elements[end - 1].classes & rules.vote != 0 { return "vote" }
    var index = max(0, end - 1)
    var limit = end + 5
    while index < min(elements.count, limit), !elements[index].flags.contains(.endsSentence) {
      if index >= end, let behind = behindParts(index) { (index, limit) = (behind, behind + 5) }
      guard index < elements.count, index < end || !elements[index].has(.n) else { break }
      if isCasualty(index), let status = rules.value(of: elements[index], in: rules.casualty) {
        return "casualties." + status.text
      }
      index += 1
    }
    return "count"
  }

  /// "sept personnes, dont deux enfants, ont été tuées": where the clause goes on behind the parts.
  private func behindParts(_ comma: Int) -> Int? {
    guard isComma(elements[comma]), comma + 1 < elements.count, elements[comma + 1].classes & rules.part != 0 else {
      return nil
    }
    let reach = min(elements.count, comma + 14)
    return (comma + 2..<max(comma + 2, reach)).first {
      isComma(elements[$0]) || elements[$0].flags.contains(.endsSentence)
    }.map {
      $0 + 1
    }
  }

  /// The noun behind a number, its adjectives passed over, and where it ends.
  func noun(at index: Int, plural: Bool) -> (object: String, end: Int)? {
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
    // "trois jeunes fauchés": a participle describes them.
    if let adjective, elements[adjective].classes & rules.people != 0, next < elements.count, isParticiple(next) {
      return object(adjective, plural: plural).map { ($0, adjective + 1) }
    }
    if next < elements.count, isNoun(next), let object = object(next, plural: plural) { return (object, next + 1) }
    guard let adjective, elements[adjective].classes & (rules.other | rules.more) == 0,
      let object = object(adjective, plural: plural)
    else { return nil }
    return (object, adjective + 1)
  }

  private func isParticiple(_ index: Int, orSingular: Bool = false) -> Bool {
    let word = utf8[elements[index].span.range]
    let endings: [StaticString] = orSingular ? ["é", "ée", "és", "ées"] : ["és", "ées"]
    return endings.contains { ending in ending.withUTF8Buffer { word.suffix($0.count).elementsEqual($0) } }
  }

  /// The number ends in a noun of its own: "millions de", "une dizaine de".
  func isLargeBefore(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let before = elements[index - 1]
    return !before.has(.n) || before.number >= 1e6
  }

  /// The noun behind "de": of what a share is a share.
  func nounOf(_ start: Int) -> (object: String, end: Int)? {
    var index = start
    // "40 % seulement d'opinions favorables".
    if index < elements.count, elements[index].classes & rules.hedge != 0 { index += 1 }
    guard index < elements.count, elements[index].classes & rules.partitive != 0 else { return nil }
    var next = index + 1
    while next < elements.count, next - index < 6,
      elements[next].classes & (rules.determiner | rules.prenominal | rules.all) != 0
    {
      next += 1
    }
    // "la moitié des 30.000 habitants": the number behind is read by itself.
    if next < elements.count, elements[next].has(.n), elements[next].flags.contains(.isFigure),
      let noun = noun(at: next + 1, plural: true)
    {
      return (noun.object, index)
    }
    guard next < elements.count, isNoun(next), let object = object(next, plural: false) else { return nil }
    return (object, next + 1)
  }

  /// The noun whose measure it is: "un investissement de 50 milliards", "une somme totale d'environ 55.000 euros".
  func nounBefore(_ start: Int) -> String? {
    var index = start - 1
    guard index > 0 else { return nil }
    // "une aide qui représente 5 millions d'euros".
    if index > 1, isNoun(index), elements[index - 1].entry == rules.who {
      index -= 1
    } else {
      // "la destination des 160 millions" is measured by nothing.
      let word = utf8[elements[index].span.range]
      guard elements[index].classes & rules.partitive != 0, word.last != 0x73, word.last != 0x75
      else { return nil }
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
    // "ont baissé de", "Paris recule de": neither a form of a verb nor a name is what is measured.
    guard let first, !isVerb(start - 2), !isInfinitive(start - 2) else { return nil }
    // "le fonds, doté de 45 millions": a participle behind a comma is no thing.
    if first > 0, isComma(elements[first - 1]), isParticiple(first, orSingular: true) { return nil }
    // "celui du français Lorracier de 5,1 %": a name right before it is what moved, and not what is measured.
    if elements[start - 2].flags.contains(.isCapitalized), start - 2 != first { return nil }
    // "longue de 200 km": what is long stands behind its article.
    if elements[start - 2].classes & rules.dimension != 0 { return headOfDimension(start - 2) }
    // "à hauteur de 600.000 euros", "sans difficulté de 2,5 km".
    if first > 0, elements[first - 1].classes & rules.preposition != 0,
      elements[first].classes & rules.manner != 0 || elements[first - 1].entry == rules.without
    {
      return nil
    }
    let head = governed(first)
    let beginsSentence =
      head == 0 || elements[head].flags.contains(.beginsParagraph)
      || elements[head - 1].flags.contains(.endsSentence)
    guard beginsSentence || !elements[head].flags.contains(.isCapitalized),
      head == 0 || elements[head - 1].classes & rules.auxiliary == 0, elements[head].classes & rules.change == 0
    else { return nil }
    return compound(first) ?? lemma(head)
  }

  /// "une aide d'urgence de": of a noun that only describes, the noun it describes.
  private func governed(_ index: Int) -> Int {
    guard index >= 2 else { return index }
    if elements[index].classes & rules.describing != 0,
      elements[index - 1].classes & (rules.partitive | rules.preposition) != 0, isNoun(index - 2)
    {
      return index - 2
    }
    // "la baisse de l'impôt sur les sociétés de", "une hausse de la CSG de": what is behind the preposition is not measured.
    var before = index - 1
    if elements[before].classes & rules.determiner != 0, elements[before].classes & rules.partitive == 0 { before -= 1 }
    guard before > 0, isNoun(before - 1), !crossesSentence(before - 1, index) else { return index }
    let isAbout = before < index - 1 && elements[before].entry == rules.over
    let isMovement =
      elements[before].classes & rules.partitive != 0 && elements[before - 1].classes & rules.movement != 0
    return isAbout || isMovement ? before - 1 : index
  }

  /// "une étape de plaine longue de": the noun behind the article.
  private func headOfDimension(_ adjective: Int) -> String? {
    var index = adjective - 1
    while index >= 0, adjective - index < 8, !elements[index].flags.contains(.endsSentence) {
      if elements[index].classes & rules.determiner != 0, elements[index].classes & rules.partitive == 0 {
        var noun = index + 1
        while noun < adjective, elements[noun].classes & rules.prenominal != 0 { noun += 1 }
        return noun < adjective && isNoun(noun) ? lemma(noun) : nil
      }
      index -= 1
    }
    return nil
  }

  /// "avant de plonger de", "faire augmenter de": a verb by its ending and what stands before it.
  private func isInfinitive(_ index: Int) -> Bool {
    guard index > 0 else { return false }
    let word = utf8[elements[index].span.range]
    guard word.count > 4, word.suffix(2).elementsEqual("er".utf8) || word.suffix(2).elementsEqual("ir".utf8) else {
      return false
    }
    return elements[index].classes & rules.change != 0
      || elements[index - 1].classes & (rules.partitive | rules.preposition) != 0
  }

  /// "chiffre d'affaires": a noun that is one with the noun before it.
  private func compound(_ index: Int) -> String? {
    guard index >= 2, elements[index - 1].classes & rules.partitive != 0,
      let whole = rules.value(of: elements[index], in: rules.compound)?.text,
      let head = whole.split(separator: " ").first, utf8[elements[index - 2].span.range].elementsEqual(head.utf8)
    else { return nil }
    return whole
  }

  /// "montait de", "augmentera de": a form of a verb by its ending.
  private func isVerb(_ index: Int) -> Bool {
    guard index >= 0 else { return false }
    let word = utf8[elements[index].span.range]
    guard word.count >= 6 else { return false }
    let endings: [StaticString] = ["ait", "aient", "èrent", "era", "eront", "erait"]
    // "retrait de", "extrait de" are nouns.
    if word.suffix(5).elementsEqual("trait".utf8) { return false }
    return endings.contains { ending in ending.withUTF8Buffer { word.suffix($0.count).elementsEqual($0) } }
  }

  func isNoun(_ index: Int) -> Bool {
    let element = elements[index]
    return element.flags.contains(.isWord) && element.classes & rules.function == 0
      && !element.flags.contains(.beginsParagraph) && !element.has(.n)
  }

  func object(_ index: Int, plural: Bool) -> String? {
    let word = String(decoding: utf8[elements[index].span.range], as: UTF8.self)
    guard !plural || rules.singular.isPlural(word) else { return nil }
    return rules.singular.of(word)
  }

  func lemma(_ index: Int) -> String? { object(index, plural: false) }
}
