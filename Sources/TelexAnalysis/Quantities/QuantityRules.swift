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
    reader = ElementReader(vocabulary: vocabulary, numbers: words)
  }

  func value(of element: Element, in category: Int) -> RuleVocabulary.Value? {
    element.entry < 0 ? nil : reader.vocabulary.entries[Int(element.entry)].value(in: category)
  }
}
