import TelexModel

/// A number as the rules find it, before it is known what it counts.
struct QuantityDraft {
  enum Meaning: String, Sendable { case amount, range, fraction, comparator, region, oneIn = "one-in", none }

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
    let form = rules.forms[match.rule]
    meaning = form.meaning
    self.elements = match.span
    rule = form.rule
    for capture in rules.numbers.captures(of: match) {
      guard let field = rules.captureFields[capture.name] else { continue }
      let element = elements[capture.element]
      let isShape = capture.category < RuleVocabulary.Shape.allCases.count
      let number = isShape ? element.number : rules.value(of: element, in: capture.category)?.number ?? .nan
      guard !number.isNaN else { continue }
      switch field {
      case .n: amount = number
      case .low: (low, lowElement) = (number, capture.element)
      case .high: (high, highElement) = (number, capture.element)
      case .whole: whole = number
      case .part: part = number
      case .times: times = number
      }
    }
    (comparator, object) = (form.comparator, form.object)
    (isVague, isTally, isNegative, hasHalf) = (form.isVague, form.isTally, form.isNegative, form.hasHalf)
    if isTally { amount = 1 }
    if hasHalf, let number = amount { amount = number + Self.scale(of: number) / 2 }
    if let times, let number = amount { amount = Exact.share(times * number) }
    if isNegative { amount = amount.map { -$0 } }
    if let part, let whole, whole > 0 { amount = Exact.share(part / whole) }
    if meaning == .fraction { amount = amount.map(Exact.share) }
  }

  /// What a capture of a rule sets.
  enum Field: String { case n, low, high, whole, part, times }

  /// What a rule of the file makes of its match.
  struct Form: Sendable {
    let meaning: Meaning
    let rule: String
    let comparator: Quantity.Comparator?
    let object: String?
    let isVague: Bool
    let isTally: Bool
    let isNegative: Bool
    let hasHalf: Bool

    init(_ rule: PatternRule) {
      func field(_ name: String) -> String? { rule.fields.first { $0.name == name }?.value }
      meaning = Meaning(rawValue: rule.meaning) ?? .none
      self.rule = "quantity." + rule.name
      comparator = (field("comparator") ?? field("value")).flatMap(Quantity.Comparator.init(rawValue:))
      object = field("object")
      isVague = field("vague") != nil
      isTally = field("tally") != nil
      isNegative = field("negative") != nil
      hasHalf = field("half") != nil
    }
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
