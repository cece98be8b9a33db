import TelexModel

/// A number as the rules find it, before it is known what it counts.
struct QuantityDraft {
  enum Meaning: String { case amount, range, fraction, comparator, region, oneIn = "one-in", none }

  var meaning: Meaning
  /// Elements of the number itself.
  var elements: Range<Int>
  var rule: String
  var amount: Double?
  var low: Double?
  var high: Double?
  /// Elements of the two numbers of a range.
  var lowElement: Int?
  var highElement: Int?
  /// What the words before it say that it measures: "magnitude 6,4".
  var object: String?
  /// Element of the unit or noun that it shares with the number behind it: "de 62 à 64 ans".
  var shared: Int?
  var whole: Double?
  var part: Double?
  var times: Double?
  var comparator: Quantity.Comparator?
  /// "quelques dizaines": only a low bound is said.
  var isVague = false
  /// "un mort et deux blessés": a one that counts.
  var isTally = false
  var isNegative = false
  var hasHalf = false

  init(_ match: RuleSet.Match, _ rules: QuantityRules, _ elements: [Element]) {
    let rule = rules.numbers.rules[match.rule]
    meaning = Meaning(rawValue: rule.meaning) ?? .none
    self.elements = match.span
    self.rule = "quantity." + rule.name
    for capture in match.captures {
      let element = elements[capture.element]
      let isShape = capture.category < RuleVocabulary.Shape.allCases.count
      let text = isShape ? nil : rules.value(of: element, in: capture.category)
      let number = isShape ? element.number : text.flatMap(Double.init) ?? .nan
      guard !number.isNaN else { continue }
      switch capture.name {
      case "n": amount = number
      case "low": (low, lowElement) = (number, capture.element)
      case "high": (high, highElement) = (number, capture.element)
      case "whole": whole = number
      case "part": part = number
      case "times": times = number
      default: break
      }
    }
    for field in rule.fields {
      switch field.name {
      case "comparator", "value": comparator = Quantity.Comparator(rawValue: field.value)
      case "vague": isVague = true
      case "tally": isTally = true
      case "negative": isNegative = true
      case "half": hasHalf = true
      case "object": object = field.value
      default: break
      }
    }
    if isTally { amount = 1 }
    if hasHalf, let number = amount { amount = number + Self.scale(of: number) / 2 }
    if let times, let number = amount { amount = Exact.share(times * number) }
    if isNegative { amount = amount.map { -$0 } }
    if let part, let whole, whole > 0 { amount = Exact.share(part / whole) }
    if meaning == .fraction { amount = amount.map(Exact.share) }
  }

  /// One of the numbers of a range, as a number of its own.
  init(_ number: Double, at element: Int, of range: QuantityDraft) {
    meaning = .amount
    elements = element..<element + 1
    rule = range.rule
    amount = number
  }

  /// "deux millions et demi" is two and a half of a million.
  private static func scale(of number: Double) -> Double {
    var scale = 1.0
    while scale < 1e12, number.truncatingRemainder(dividingBy: scale * 1000) == 0, number != 0 { scale *= 1000 }
    return scale
  }
}
