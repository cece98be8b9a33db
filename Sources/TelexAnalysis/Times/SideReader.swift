import TelexModel
import TelexText

/// Finds on which side of the dispatch an expression lies, from the verbs and other words around it.
///
/// The nearest clue of the sentence decides: a form of the future ("se réunira", "doit", "prévu"), or of the past ("a
/// annoncé", "étaient"). What stands before the expression counts for more than what stands behind.
struct SideReader {
  let rules: TimeRules
  let elements: [Element]
  let utf8: [UInt8]
  private let reach = 24
  /// A verb as near as this says what happens until then.
  private static let governs = 2
  /// Words farther away than this only hint at the side.
  private static let far = 10

  init(rules: TimeRules, elements: [Element], utf8: [UInt8]) {
    self.rules = rules
    self.elements = elements
    self.utf8 = utf8
  }

  /// The side, and whether the words that tell it stand far off.
  func side(of draft: TimeDraft) -> (side: TimeDraft.Side, isFar: Bool)? {
    switch draft.signal {
    case "by": return (.future, false)
    case "since": return (.past, false)
    default: break
    }
    // "à partir de dimanche" lies ahead; "dès dimanche" may not.
    let first = draft.elements.lowerBound
    if draft.signal == "from", draft.weekday != nil, first == 0 || elements[first - 1].entry != rules.from {
      return (.future, false)
    }
    // "un préavis pour le 24 novembre", "a été convoqué pour lundi": what is meant for a day is said before it.
    if draft.day != nil || draft.weekday != nil, isMeantFor(first) { return (.future, true) }
    let left = clue(from: draft.elements.lowerBound - 1, by: -1, isBound: draft.signal == "before")
    let right = clue(from: draft.elements.upperBound, by: 1)
    // "en vigilance jusqu'à vendredi" lies ahead, whatever was done before; "a duré jusqu'à vendredi" doesn't.
    if draft.signal == "until", draft.weekday != nil, left.map({ $0.side == .past && $0.cost > Self.governs }) ?? true {
      return (.future, false)
    }
    guard let nearer = left ?? right else {
      return draft.signal == "until" || draft.signal == "before" ? (.future, true) : nil
    }
    let clue = right.map { $0.cost + 4 < nearer.cost ? $0 : nearer } ?? nearer
    return (clue.side, clue.cost > Self.far)
  }

  /// Whether "pour" or "pour le" stands before an element.
  private func isMeantFor(_ first: Int) -> Bool {
    func reads(_ index: Int, _ word: StaticString) -> Bool {
      index >= 0
        && utf8[elements[index].span.range].elementsEqual(
          UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
    return reads(first - 1, "pour") || (reads(first - 1, "le") || reads(first - 1, "ce")) && reads(first - 2, "pour")
  }

  /// - Parameter isBound: what is wished or asked for has to come before the expression.
  private func clue(from start: Int, by step: Int, isBound: Bool = false) -> (side: TimeDraft.Side, cost: Int)? {
    var index = start
    var cost = 0
    // A participle behind its noun tells of the past where nothing else tells anything.
    var weak: (side: TimeDraft.Side, cost: Int)?
    var hasInfinitive = false
    while index >= 0, index < elements.count, cost < reach {
      let element = elements[index]
      if element.flags.contains(.endsSentence) { return weak }
      if step > 0, element.flags.contains(.beginsParagraph) { return weak }
      if step < 0 {
        // "a demandé aux compagnies de réduire": what is asked is still to come.
        if element.classes & rules.asking != 0, hasInfinitive || isBound || governsInfinitive(index) {
          return (.future, cost)
        }
        if isInfinitive(at: index) { hasInfinitive = true }
        // "ont annoncé la reprise samedi de pourparlers": what is announced so begins on that day.
        if cost <= 1, rules.prospect.contains(hash(element)), isAnnounced(before: index) { return (.future, cost) }
      }
      // "avait été fixé au 23 avril": what was planned may still lie ahead.
      if wasPlanned(index) { return (.past, max(cost, Self.far + 1)) }
      if let side = side(at: index, isBefore: step < 0) { return (side, cost) }
      // "Blessé le 18 avril, il sera absent".
      if step < 0, beginsSentence(index), ends(element, .participle) { return (.past, cost) }
      if step < 0, weak == nil, isParticiple(at: index) { weak = (.past, cost + 8) }
      if step < 0, element.flags.contains(.beginsParagraph) { return weak }
      cost += element.flags.contains(.isWord) ? 1 : 3
      index += step
    }
    return weak
  }

  /// Whether a verb of announcing stands some words before a noun.
  private func isAnnounced(before noun: Int) -> Bool {
    for index in stride(from: noun - 1, through: max(0, noun - 4), by: -1) {
      guard elements[index].flags.contains(.isWord) else { return false }
      if rules.announcing.contains(hash(elements[index])) { return true }
    }
    return false
  }

  private func beginsSentence(_ index: Int) -> Bool {
    index == 0 || elements[index].flags.contains(.beginsParagraph) || elements[index - 1].flags.contains(.endsSentence)
  }

  /// "la fermeture annoncée le 19 octobre": the day of something told beside what the sentence tells.
  func isAside(_ draft: TimeDraft) -> Bool {
    let first = draft.elements.lowerBound
    return first > 2 && elements[first - 1].classes & rules.article != 0 && isParticiple(at: first - 2)
  }

  private func wasPlanned(_ index: Int) -> Bool {
    index > 0 && elements[index].classes & rules.planned != 0 && elements[index - 1].entry == rules.been
  }

  /// "de réduire", "à partir": an infinitive that another verb governs.
  private func isInfinitive(at index: Int) -> Bool {
    guard index > 0, elements[index].flags.contains(.isWord) else { return false }
    let before = elements[index - 1]
    guard before.classes & rules.link != 0 || utf8[before.span.range].elementsEqual([0xC3, 0xA0]) else { return false }
    return ends(elements[index], .infinitive)
  }

  /// "veut mettre", 'veut "mettre': an infinitive right behind, in quotation marks or not.
  private func governsInfinitive(_ index: Int) -> Bool {
    var next = index + 1
    if next < elements.count, !elements[next].flags.contains(.isWord) { next += 1 }
    guard next < elements.count, elements[next].flags.contains(.isWord), elements[next].end - elements[next].start >= 4
    else { return false }
    return ends(elements[next], .infinitive)
  }

  /// "les opposants tués", "le texte adopté": a participle in small letters right behind a noun.
  private func isParticiple(at index: Int) -> Bool {
    let element = elements[index]
    guard index > 0, element.flags.contains(.isWord), !element.flags.contains(.isCapitalized),
      element.end - element.start >= 5, element.classes & (rules.notBehind | rules.planned) == 0
    else { return false }
    let before = elements[index - 1]
    guard before.entry < 0, before.flags.contains(.isWord), !before.flags.contains(.isCapitalized) else { return false }
    return ends(element, .participle)
  }

  /// - Parameter isBefore: whether the word stands before the expression.
  private func side(at index: Int, isBefore: Bool) -> TimeDraft.Side? {
    let element = elements[index]
    // "avant de quitter le pays mardi": what is still to come; of "parti le 8 juin, avant de revenir" it tells nothing.
    if isBefore, element.entry == rules.before, index + 1 < elements.count,
      elements[index + 1].classes & rules.link != 0, index + 2 < elements.count, ends(elements[index + 2], .infinitive)
    {
      return .future
    }
    if element.classes & rules.ahead != 0 { return .future }
    // "le tirage a lieu vendredi".
    if element.classes & rules.behind != 0, index + 1 < elements.count, elements[index + 1].entry == rules.place {
      return .future
    }
    // "est prévu", "sont attendus".
    if element.classes & rules.behind != 0, index + 1 < elements.count,
      elements[index + 1].classes & rules.planned != 0,
      element.entry != rules.been
    {
      return .future
    }
    if element.classes & rules.behind != 0 { return isHypothetical(index) ? nil : .past }
    guard element.flags.contains(.isWord), !element.flags.contains(.isCapitalized), element.end - element.start >= 4,
      element.classes & rules.notAhead == 0
    else { return nil }
    if ends(element, .future) || ends(element, .conditional) { return .future }
    if element.end - element.start >= 5, element.classes & rules.notBehind == 0, ends(element, .past),
      isHypothetical(index) == false
    {
      return .past
    }
    return nil
  }

  /// "si l'Union ne renonçait pas": the imperfect of a condition lies ahead as much as behind.
  private func isHypothetical(_ verb: Int) -> Bool {
    for index in stride(from: verb - 1, through: max(0, verb - 7), by: -1) {
      guard elements[index].flags.contains(.isWord), elements[index].flags.contains(.endsSentence) == false else {
        return false
      }
      let word = utf8[elements[index].span.range]
      if word.elementsEqual("si".utf8) || word.elementsEqual("Si".utf8) { return true }
    }
    return false
  }

  private func hash(_ element: Element) -> UInt64 { FoldedHash(utf8[element.span.range]).value }

  /// Whether the word of an element ends so.
  private func ends(_ element: Element, _ endings: Endings) -> Bool {
    endings.contain(utf8, from: Int(element.start), to: Int(element.end))
  }
}
