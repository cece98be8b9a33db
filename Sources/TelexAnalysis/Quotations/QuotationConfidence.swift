package import TelexText

/// How often a rule of quotations is right, measured on annotated dispatches (`quotation-confidence.tsv`).
package struct QuotationConfidence: Sendable {
  private var rules: [String: Double] = [:]
  private var ways: [String: Double] = [:]

  /// - Throws: `ResourceError` where the table can't be read or a share isn't between 0 and 1.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("quotation-confidence.tsv", of: "TelexAnalysis", in: resources)
    for row in table.rows {
      guard row.fields.count == 3, let share = Double(row.fields[2]), share > 0, share < 1 else {
        throw table.error(row, "a kind, a name and a share are due")
      }
      switch row.fields[0] {
      case "rule": rules[row.fields[1]] = share
      case "via": ways[row.fields[1]] = share
      default: throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
  }

  /// Share of the quotations of a rule whose words and kind are right.
  package func quotation(rule: String) -> Double? { rules[rule] }

  /// Share of the speakers found in a way who are right, where the quotation is.
  package func speaker(via: String) -> Double? { ways[via] }
}
