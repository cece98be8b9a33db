package import TelexText

/// Brings French nouns from plural to singular (`Resources/singulars.txt`).
package struct Singular: Sendable {
  private let pairs: [String: String]
  private let same: Set<String>
  private let endings: [(plural: String, singular: String)]
  /// Endings that stay in names of peoples: "Français", "Chinois".
  private let peoples: [String]
  package let examples: [ResourceTable.Row]

  /// - Throws: `ResourceError` where the list can't be read or holds an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("singulars.txt", of: "TelexAnalysis", in: resources)
    var pairs: [String: String] = [:]
    var same: Set<String> = []
    var endings: [(plural: String, singular: String)] = []
    var peoples: [String] = []
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "two fields are due: kind and words") }
      for word in row.fields[1].split(separator: " ") {
        let parts = word.split(separator: "=").map(String.init)
        switch (row.fields[0], parts.count) {
        case ("same", 1): same.insert(parts[0])
        case ("pair", 2): pairs[parts[0]] = parts[1]
        case ("ending", 2): endings.append((parts[0], parts[1]))
        case ("same-ending", 2): peoples.append(parts[0])
        default: throw table.error(row, "not understood: \(word)")
        }
      }
    }
    self.pairs = pairs
    self.same = same
    self.endings = endings.sorted { $0.plural.utf8.count > $1.plural.utf8.count }
    self.peoples = peoples
    examples = table.positive
  }

  /// The singular of a noun; one that is none in the plural comes back as it is.
  package func of(_ noun: String) -> String {
    // "sapeurs-pompiers": both halves are plurals.
    let halves = noun.split(separator: "-", omittingEmptySubsequences: false)
    if halves.count == 2, halves[0].utf8.count > 4, halves[0].hasSuffix("s"), noun.hasSuffix("s") {
      let (first, second) = (of(String(halves[0])), of(String(halves[1])))
      if first != halves[0] { return first + "-" + second }
    }
    let small = noun.lowercased()
    if same.contains(small) { return noun }
    if let pair = pairs[small] { return pair }
    if noun != small, peoples.contains(where: { small.hasSuffix($0) }) { return noun }
    if let ending = endings.first(where: { small.hasSuffix($0.plural) }) {
      return String(noun.dropLast(ending.plural.count)) + ending.singular
    }
    return small.hasSuffix("s") && small.utf8.count > 2 && noun != noun.uppercased() ? String(noun.dropLast()) : noun
  }

  /// Whether a word can be a plural: by its ending, or as an acronym.
  package func isPlural(_ noun: String) -> Bool {
    guard let last = noun.unicodeScalars.last else { return false }
    return last == "s" || last == "x" || last == "z" || (noun == noun.uppercased() && noun.utf8.count > 1)
  }
}
