package import TelexText

/// The rules and words of quantities (`Resources/quantity-*.txt`, `number-words.txt`), compiled.
package struct QuantityRules: Sendable {
  let reader: ElementReader
  let numbers: RuleSet
  let units: RuleSet
  /// By rule of `numbers`.
  let forms: [QuantityDraft.Form]
  /// By name of `numbers.names`; nil for a name that sets nothing.
  let captureFields: [QuantityDraft.Field?]
  let singular: Singular
  /// Examples of the rule file.
  package let positive: [ResourceTable.Row]
  package let negative: [ResourceTable.Row]
  let partitive: UInt64
  let prenominal: UInt64
  let other: UInt64
  let function: UInt64
  let determiner: UInt64
  let inherits: UInt64
  let part: UInt64
  let casualty: Int
  let vote: UInt64
  let and: Int32
  let who: Int32
  let change: UInt64
  let auxiliary: UInt64
  let possess: UInt64
  let adverb: UInt64
  let locative: UInt64
  let over: Int32
  let postnominal: UInt64
  let against: Int32
  /// "le nombre de", "le total des".
  let total: UInt64
  /// Nouns before which "un" counts nothing: "une partie", "une fois".
  let indefinite: UInt64
  let more: UInt64
  let dimension: UInt64
  /// "40 % seulement d'opinions favorables".
  let hedge: UInt64
  let compound: Int
  /// "ses", "ces" behind a number and "de"; "eux"; "entre"; words between numbers of the same thing: "puis".
  let ours: UInt64
  let them: UInt64
  let among: Int32
  let then: UInt64
  /// Articles of several, before a number.
  let plural: UInt64
  /// "contre", "soit": the same money in another amount.
  let compares: UInt64
  /// "4 contre": sides of a vote, and what is counted there.
  let side: UInt64
  let ballot = "voix"
  /// "les 50 meilleurs".
  let rank: UInt64
  let being: UInt64
  /// Verbs that give an amount, sums of money, and "soit" before one.
  let amounts: UInt64
  let worth: UInt64
  let thatIs: Int32
  let preposition: UInt64
  /// "urgence" in "une aide d'urgence de …": a noun that is not what is measured.
  let describing: UInt64
  /// "virage": what has an angle.
  let turning: UInt64
  /// "hausse", "baisse": what a percentage behind another noun is the measure of.
  let movement: UInt64
  /// "hauteur" in "à hauteur de".
  let manner: UInt64
  /// Adjectives that name people: "jeunes"; "tous"; "fois", which multiplies.
  let people: UInt64
  let all: UInt64
  let manifold: UInt64
  let without: Int32
  let to: Int32
  let half: Set<Int32>
  let they: UInt64

  /// - Throws: `ResourceError` where a file can't be read or holds what is no rule.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    var vocabulary = RuleVocabulary()
    try vocabulary.add(ResourceTable("number-words.txt", of: "TelexAnalysis", in: resources))
    try vocabulary.add(ResourceTable("quantity-words.txt", of: "TelexAnalysis", in: resources))
    let table = try ResourceTable("quantity-rules.txt", of: "TelexAnalysis", in: resources)
    numbers = try RuleSet(table, &vocabulary)
    units = try RuleSet(ResourceTable("quantity-units.txt", of: "TelexAnalysis", in: resources), &vocabulary)
    forms = numbers.rules.map(QuantityDraft.Form.init)
    captureFields = numbers.names.map(QuantityDraft.Field.init(rawValue:))
    singular = try Singular(resources: resources)
    positive = table.positive
    negative = table.negative
    let words = NumberWords(&vocabulary)
    func bit(_ name: String) -> UInt64 { vocabulary.classes[name].map { 1 << UInt64($0) } ?? 0 }
    partitive = bit("partitive")
    prenominal = bit("prenominal")
    other = bit("other")
    function = bit("function")
    determiner = bit("determiner")
    inherits = bit("inherits")
    part = bit("dont")
    casualty = vocabulary.classes["casualty"] ?? 63
    vote = bit("vote")
    and = vocabulary.literal("et")
    who = vocabulary.literal("qui")
    change = bit("change")
    auxiliary = bit("auxiliary")
    possess = bit("possess")
    adverb = bit("adverb")
    locative = bit("locative")
    postnominal = bit("postnominal")
    over = vocabulary.literal("sur")
    against = vocabulary.literal("contre")
    total = bit("total")
    indefinite = bit("indefinite")
    more = bit("more")
    dimension = bit("dimension")
    hedge = bit("hedge")
    ours = bit("ours")
    them = bit("them")
    among = vocabulary.literal("entre")
    then = bit("then")
    plural = bit("plural")
    compares = bit("compares")
    side = bit("side")
    rank = bit("rank")
    being = bit("being")
    they = bit("they")
    amounts = bit("amounts")
    worth = bit("worth")
    preposition = bit("preposition")
    describing = bit("describing")
    turning = bit("turning")
    movement = bit("movement")
    manner = bit("manner")
    people = bit("people")
    all = bit("all")
    manifold = bit("manifold")
    without = vocabulary.literal("sans")
    to = vocabulary.literal("à")
    half = [vocabulary.literal("demi"), vocabulary.literal("demie")]
    thatIs = vocabulary.literal("soit")
    compound = vocabulary.classes["compound"] ?? 63
    reader = ElementReader(vocabulary: vocabulary, numbers: words)
  }

  func value(of element: Element, in category: Int) -> RuleVocabulary.Value? {
    element.entry < 0 ? nil : reader.vocabulary.entries[Int(element.entry)].value(in: category)
  }
}
