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
    let elements = rules.reader.elements(of: document.tokens, in: document.text)
    // Numbers of header lines are the wire's, not the dispatch's.
    let headers = document.blocks.filter { $0.role == .header }.map(\.span)
    var reading = QuantityReading(
      rules: rules, elements: elements, utf8: document.text.utf8, times: headers + document.times.map(\.span))
    for match in rules.numbers.matches(in: elements) { reading.take(QuantityDraft(match, rules, elements)) }
    document.quantities = reading.quantities
    document.diagnostics += PartCheck.diagnostics(of: reading.quantities)
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
