import TelexModel

/// Numbers that stand without the noun they count: it is behind "de" or behind the next number, or was said before.
extension QuantityReading {
  /// "portant à 121 le nombre de noyades": the noun that the number in words is of.
  func nounOfNumber(_ index: Int) -> (object: String, end: Int)? {
    guard index + 3 < elements.count, elements[index].classes & rules.determiner != 0,
      elements[index + 1].classes & rules.total != 0, elements[index + 2].classes & rules.partitive != 0
    else { return nil }
    return nounOf(index + 2)
  }

  /// "quatre des dix accusés", "deux d'entre les 300": the number of the whole, and what both count.
  func wholeNumber(behind index: Int) -> (object: String, element: Int)? {
    guard index + 2 < elements.count, elements[index].classes & rules.partitive != 0 else { return nil }
    var number = index + 1
    if elements[index].end - elements[index].start != 3 {
      // "9 de leurs 15 lancers"; "9 de 15" is nothing.
      guard elements[number].classes & rules.determiner != 0 else { return nil }
      number += 1
    }
    guard number + 1 < elements.count, elements[number].has(.n), !isTaken(elements[number].span),
      unit(at: number + 1) == nil, let noun = noun(at: number + 1, plural: true)
    else { return nil }
    return (noun.object, number)
  }

  /// "Deux des tireuses", "près de 3 000 de ses partisans": some out of all.
  func nounOfAll(_ index: Int) -> (object: String, end: Int)? {
    guard index + 1 < elements.count, !isLargeBefore(index), elements[index].classes & rules.partitive != 0,
      !elements[index].flags.contains(.beginsParagraph)
    else { return nil }
    var next = index + 1
    if elements[index].end - elements[index].start != 3 {
      guard elements[next].classes & rules.ours != 0 else { return nil }
      next += 1
    }
    while next < elements.count, next - index < 6, elements[next].classes & rules.prenominal != 0 { next += 1 }
    guard next < elements.count, isNoun(next), let object = object(next, plural: true) else { return nil }
    return (object, next + 1)
  }

  /// "27 sur les 348 sièges": what both count.
  func nounOfWhole(_ index: Int) -> String? {
    var next = index + 1
    guard next < elements.count, elements[index].entry == rules.over, elements[next].classes & rules.plural != 0 else {
      return nil
    }
    next += 1
    guard next + 1 < elements.count, elements[next].has(.n), unit(at: next + 1) == nil else { return nil }
    return noun(at: next + 1, plural: true)?.object
  }

  /// "passant de 86 sénateurs à 80".
  func nounOfFirst(_ start: Int) -> String? {
    guard start > 0, start - 1 == lastEnd, elements[start - 1].entry == rules.to, let last = quantities.last,
      last.unit == nil, last.kind == "count",
      let first = elements[..<start].lastIndex(where: { $0.start == last.span.start }),
      first > 1, elements[first - 1].classes & rules.partitive != 0, elements[first - 2].classes & rules.change != 0
    else { return nil }
    return last.object
  }

  /// "sept d'entre eux".
  func isSomeOfThem(_ index: Int) -> Bool {
    index + 2 < elements.count && elements[index].classes & rules.partitive != 0
      && elements[index + 1].entry == rules.among && elements[index + 2].classes & rules.them != 0
  }

  /// Who "eux" are: the only ones of several that the sentence has named so far ("ces contrats interrogent, du moins pour deux
  /// d'entre eux"), or those that the sentence before begins with ("Douze pompiers sont venus. Trois d'entre eux …").
  func them(_ start: Int) -> String? {
    var named: [String] = []
    var index = start - 1
    while index > 0, index > start - 40, !elements[index].flags.contains(.endsSentence) {
      if elements[index - 1].classes & rules.plural != 0, let noun = noun(at: index, plural: true) {
        named.append(noun.object)
      }
      if elements[index].flags.contains(.beginsParagraph) { break }
      index -= 1
    }
    if named.count == 1 { return named[0] }
    guard named.isEmpty, let counted, start - counted.element < 40 else { return nil }
    let isSaidHere = !crossesSentence(counted.element, start)
    let first = max(0, counted.element - 5)..<counted.element
    let beginsSentence = first.contains { place in
      elements[place].has(.n)
        && (place == 0 || elements[place].flags.contains(.beginsParagraph)
          || elements[place - 1].flags.contains(.endsSentence))
    }
    return isSaidHere || beginsSentence ? counted.object : nil
  }

  /// What was counted last in the sentence.
  func recent(_ start: Int) -> String? {
    guard let counted, start - counted.element < 40, !crossesSentence(counted.element, start),
      quantities.last.map({ $0.object == counted.object }) ?? true
    else { return nil }
    return counted.object
  }

  /// "les 12 Canadair": a make has no plural.
  func invariable(at index: Int, _ start: Int) -> (object: String, end: Int)? {
    guard start > 0, index < elements.count, elements[start - 1].classes & rules.plural != 0, isNoun(index),
      elements[index].flags.contains(.isCapitalized)
    else { return nil }
    return lemma(index).map { ($0, index + 1) }
  }

  /// "trois, puis cinq blessés": the noun behind the next number.
  func nounBehindNext(_ index: Int) -> String? {
    var next = index
    if next < elements.count, isComma(elements[next]) { next += 1 }
    guard next + 2 < elements.count, elements[next].classes & rules.then != 0, elements[next + 1].has(.n),
      unit(at: next + 2) == nil
    else { return nil }
    return noun(at: next + 2, plural: true)?.object
  }

  /// "ce qui porte le nombre de personnes arrêtées à trois": the noun that a number before is the number of.
  func nounOfTotal(_ start: Int) -> String? {
    var index = start - 1
    while index > 0, index > start - 14, !elements[index].flags.contains(.endsSentence), !elements[index].has(.n) {
      if elements[index].classes & rules.total != 0 { return nounOf(index + 1)?.object }
      if elements[index].flags.contains(.beginsParagraph) { return nil }
      index -= 1
    }
    return nil
  }

  /// "1 054", "10.000": figures in groups are no label.
  func isGrouped(_ draft: QuantityDraft) -> Bool {
    let first = elements[draft.elements.lowerBound]
    guard draft.meaning == .amount, draft.elements.count == 1, first.flags.contains(.isFigure), first.number >= 1000
    else { return false }
    return first.number == first.number.rounded()
      && Int(first.end - first.start) > Digits.plain(first.number).utf8.count
  }

  /// "ils étaient 300 à défiler", "sont 5 400 de plus".
  func isPredicate(_ start: Int, _ end: Int) -> Bool {
    if end + 1 < elements.count, elements[end].classes & rules.partitive != 0,
      elements[end + 1].classes & rules.more != 0, elements[start].flags.contains(.isFigure)
    {
      return true
    }
    return start > 1 && end < elements.count && elements[start - 1].classes & rules.being != 0
      && elements[start - 2].classes & rules.they != 0 && elements[end].classes & rules.locative != 0
  }

  /// Another one of a list: behind "et" or a comma.
  private func isListed(_ start: Int) -> Bool {
    start > 0 && (elements[start - 1].entry == rules.and || isComma(elements[start - 1]))
  }

  /// "en Auvergne", "à la Réunion".
  private func isPlace(_ index: Int) -> Bool {
    var next = index
    while next < elements.count, next < index + 3, elements[next].classes & rules.locative != 0 { next += 1 }
    return next > index && next < elements.count && elements[next].flags.contains(.isCapitalized)
  }

  /// What a number without a noun of its own counts: "dix pour la cadette", "30 autres".
  func inherited(_ draft: QuantityDraft, _ start: Int, _ end: inout Int) -> String? {
    guard let counted, start - counted.element < 40, draft.meaning == .amount, !draft.isTally,
      !crossesSentence(counted.element, start)
    else { return nil }
    var next = end
    if next < elements.count, elements[next].classes & rules.partitive != 0 { next += 1 }
    guard next < elements.count, !elements[next].flags.contains(.beginsParagraph) else {
      return isAgainst(start) ? counted.object : nil
    }
    let isAfterPart = start > 0 && elements[start - 1].classes & rules.part != 0
    // "sept de plus que son dauphin".
    if next > end, elements[next].classes & rules.more != 0 { return counted.object }
    // "116 voix pour, 17 abstentions et 4 contre".
    if let last = quantities.last, last.kind == "vote", elements[next].classes & rules.side != 0 { return rules.ballot }
    guard
      elements[next].classes & (rules.inherits | rules.other) != 0 || isAfterPart || isAgainst(start)
        || isPostnominal(next) || isListed(start) && isPlace(next)
    else {
      return nil
    }
    if elements[next].classes & rules.other != 0 { end = next + 1 }
    return counted.object
  }

  /// "184,3 millions d'euros, contre 164,5 millions": the money it is compared with.
  func comparedMoney(_ draft: QuantityDraft, _ number: Double, _ start: Int) -> String? {
    guard start > 0,
      elements[start - 1].classes & (rules.part | rules.compares) != 0,
      draft.meaning == .amount, number >= 1e6, let last = quantities.last, last.kind == "money",
      start - lastEnd <= 16, !crossesSentence(lastEnd, start)
    else { return nil }
    return noun(at: draft.elements.upperBound, plural: true) == nil ? last.unit : nil
  }

  func isPostnominal(_ index: Int) -> Bool {
    index < elements.count && elements[index].classes & rules.postnominal != 0
  }

  /// "385 voix contre 2", "60 employés sur les 420".
  private func isAgainst(_ start: Int) -> Bool {
    guard start > 0 else { return false }
    if elements[start - 1].entry == rules.against { return start - lastEnd <= 8 && !crossesSentence(lastEnd, start) }
    guard start - lastEnd <= 3 else { return false }
    return elements[start - 1].entry == rules.over
      || start > 1 && elements[start - 2].entry == rules.over && elements[start - 1].classes & rules.determiner != 0
  }
}
