package import TelexText

import TelexLanguage

/// Functions that the press names in several ways (`role-equivalents.tsv`).
package struct RoleEquivalents: Sendable {
  private var groups: [(group: String, phrase: [UInt8])] = []

  /// - Throws: `ResourceError` where the table can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("role-equivalents.tsv", of: "TelexAnalysis", in: resources)
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "a group and its phrases are due") }
      for phrase in row.fields[1].split(separator: "|") {
        groups.append((row.fields[0], folded(Array(phrase.utf8), .bare)))
      }
    }
    groups.sort { $0.phrase.count > $1.phrase.count }
  }

  /// The group of a function, and what it says beyond the phrase that names it: behind it, or as the second word
  /// ("ministre français des Finances").
  func group(of role: [UInt8]) -> (group: String, rest: [UInt8])? {
    if let found = beginning(role) { return found }
    let words = role.split(separator: 0x20, maxSplits: 2)
    guard words.count == 3, let found = beginning(Array(words[0]) + [0x20] + Array(words[2])) else { return nil }
    return (found.group, Array(words[1]) + found.rest)
  }

  private func beginning(_ role: [UInt8]) -> (group: String, rest: [UInt8])? {
    for (group, phrase) in groups where role.starts(with: phrase) {
      let rest = role.dropFirst(phrase.count)
      if let next = rest.first, next != 0x20 { continue }
      return (group, Array(rest))
    }
    return nil
  }
}
