package import Foundation
package import TelexLanguage

/// Reads the Lefff (Sagot, "The Lefff, a freely available and large-coverage morphological and syntactic lexicon for
/// French", 2010): one `form TAB category TAB lemma TAB tag` a line.
package enum Lefff {
  package struct Line {
    package var form: [UInt8]
    package var lemma: [UInt8]
    package var analysis: LexicalAnalysis
  }

  package static func read(_ url: URL) throws -> [Line] {
    var lines: [Line] = []
    for line in try Data(contentsOf: url).split(separator: 0x0A) {
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { Array($0) }
      guard fields.count >= 4, fields[0].isEmpty == false, let first = fields[0].first, first != 0x5F else { continue }
      let category = String(decoding: fields[1], as: UTF8.self)
      guard let tag = tags[category] else { continue }
      let lemma = fields[2].isEmpty ? fields[0] : fields[2]
      for analysis in readings(String(decoding: fields[3], as: UTF8.self), tag) {
        lines.append(Line(form: fields[0], lemma: lemma, analysis: analysis))
      }
    }
    return lines
  }

  private static let tags: [String: PartOfSpeech] = [
    "v": .verb, "nc": .noun, "adj": .adjective, "np": .properNoun, "adv": .adverb, "advneg": .adverb,
    "clneg": .adverb, "prep": .adposition, "csu": .subordinator, "que": .subordinator, "coo": .coordinator,
    "det": .determiner, "pro": .pronoun, "cln": .pronoun, "cld": .pronoun, "cla": .pronoun, "clr": .pronoun,
    "clg": .pronoun, "cll": .pronoun, "cldr": .pronoun, "clar": .pronoun, "pri": .pronoun, "prel": .pronoun,
    "ilimp": .pronoun, "caimp": .pronoun, "ce": .pronoun, "pres": .interjection, "auxAvoir": .auxiliary,
    "auxEtre": .auxiliary, "etr": .other,
  ]

  private static let moods: [Character: LexicalAnalysis.Mood] = [
    "P": .present, "I": .imperfect, "J": .past, "F": .future, "C": .conditional, "S": .subjunctive,
    "T": .pastSubjunctive, "Y": .imperative, "W": .infinitive, "G": .presentParticiple, "K": .pastParticiple,
  ]

  /// Takes a tag apart: "PS13s" is four readings, present and subjunctive, first and third person, singular.
  private static func readings(_ tag: String, _ partOfSpeech: PartOfSpeech) -> [LexicalAnalysis] {
    var base = LexicalAnalysis(tag: partOfSpeech)
    var found: [LexicalAnalysis.Mood] = []
    var persons: [UInt8] = []
    // Behind "_" stand the owner's person and number, which no analysis of ours keeps.
    for letter in tag.prefix(while: { $0 != "_" }) {
      switch letter {
      case "m": base.gender = .masculine
      case "f": base.gender = .feminine
      case "s": base.number = .singular
      case "p": base.number = .plural
      case "1", "2", "3": persons.append(letter.asciiValue.map { $0 - 48 } ?? 0)
      default:
        if let mood = moods[letter] { found.append(mood) }
      }
    }
    if found.contains(.pastParticiple) { base.tag = .verb }
    var result: [LexicalAnalysis] = []
    for mood in found.isEmpty ? [.none] : found {
      for person in persons.isEmpty ? [0] : persons {
        var analysis = base
        analysis.mood = mood
        analysis.person = person
        result.append(analysis)
      }
    }
    return result
  }
}
