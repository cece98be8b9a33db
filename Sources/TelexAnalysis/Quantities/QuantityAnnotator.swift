import TelexModel
package import TelexText

/// Reads numbers with what they count or measure. Runs behind the times: what they have taken is no quantity, and years of
/// age are what they have left. Fills `Document.quantities`.
package struct QuantityAnnotator: Annotator {
  package let rules: QuantityRules

  package init(rules: QuantityRules) { self.rules = rules }

  /// - Throws: `ResourceError` where the rules can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    rules = try QuantityRules(resources: resources)
  }

  package func annotate(_ document: inout Document) {
    let elements = rules.reader.elements(of: &document)
    // Numbers of header lines are the wire's, not the dispatch's.
    let headers = document.blocks.filter { $0.role == .header }.map(\.span)
    let matches = rules.numbers.matches(in: elements)
    let dateline = document.item.dateline?.span
    let origin = Origin(matches, rules, year: document.documentTime.value.flatMap { Int($0.prefix(4)) }) { match in
      dateline?.contains(elements[match.span.lowerBound].span) ?? false
    }
    var reading = QuantityReading(
      rules: rules, elements: elements, utf8: document.text.utf8, times: headers + document.times.map(\.span),
      origin: origin)
    for match in matches { reading.take(QuantityDraft(match, rules, elements)) }
    document.quantities = reading.quantities
    document.elements = []
    document.diagnostics += PartCheck.diagnostics(of: reading.quantities)
  }
}

/// Where and when a dispatch was written, as far as that tells which francs and dollars it means.
struct Origin {
  /// ISO 3166-1 alpha-2; nil where too little tells it.
  let region: String?
  let year: Int?

  private static let enough = 2

  /// - Parameter isInDateline: whether words stand where the dispatch says where it was written, which is enough by itself.
  init(_ matches: [RuleSet.Match], _ rules: QuantityRules, year: Int?, isInDateline: (RuleSet.Match) -> Bool) {
    var weights: [String: Int] = [:]
    for match in matches {
      let rule = rules.numbers.rules[match.rule]
      guard rule.meaning == "region", let value = rule.fields.first(where: { $0.name == "value" })?.value else {
        continue
      }
      let weight = rule.fields.first { $0.name == "weight" }.flatMap { Int($0.value) } ?? 1
      weights[value, default: 0] += isInDateline(match) ? max(weight, Self.enough) : weight
    }
    let best = weights.max { ($0.value, $1.key) < ($1.value, $0.key) }
    region = best.flatMap { $0.value >= Self.enough ? $0.key : nil }
    self.year = year
  }

  /// The code of a unit's rule here and then; nil where nothing tells it.
  func code(_ rule: PatternRule) -> String? {
    let fields = rule.fields
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    if let region, let code = field(region) { return code }
    if let year, year <= 2001, let code = region.flatMap({ field($0 + "2001") }) ?? field("2001") { return code }
    return field("code").flatMap { $0 == "-" ? nil : $0 }
  }
}

/// Holds the parts of a whole against it: "10 hommes, dont 12 Belges" can't be.
enum PartCheck {
  static func diagnostics(of quantities: [Quantity]) -> [Diagnostic] {
    var sums: [String: Double] = [:]
    for quantity in quantities {
      if let whole = quantity.partOf { sums[whole, default: 0] += quantity.value ?? quantity.low ?? 0 }
    }
    guard !sums.isEmpty else { return [] }
    return quantities.compactMap { whole in
      guard let sum = sums[whole.id], let value = whole.value, sum > value, whole.comparator != .moreThan,
        whole.comparator != .atLeast, whole.comparator != .about
      else { return nil }
      return Diagnostic(
        "parts-exceed-whole", .warning,
        "The parts of \(whole.id) come to \(Digits.plain(sum)), more than its \(Digits.plain(value)).",
        at: whole.span)
    }
  }
}
