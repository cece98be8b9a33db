package import TelexText

/// Makes the forms of French verbs in which the press reports: third person, infinitive, participles.
///
/// Verbs in -er and the regular ones in -ir follow the rules of spelling; the others are in `conjugations.tsv`.
package struct Conjugation: Sendable {
  /// What a form can be.
  package struct Form: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let finite = Form(rawValue: 1), plural = Form(rawValue: 2)
    package static let past = Form(rawValue: 4), gerund = Form(rawValue: 8), infinitive = Form(rawValue: 16)
    /// Future or conditional.
    package static let open = Form(rawValue: 32)
  }

  private struct Pattern {
    var ending: String
    var present: (String, String)
    var imperfect: String
    var future: String
    var past: (String, String)
    var participle: String
  }

  private var patterns: [Pattern] = []

  /// - Throws: `ResourceError` where `conjugations.tsv` can't be read or a line is incomplete.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("conjugations.tsv", of: "TelexAnalysis", in: resources)
    for row in table.rows {
      let parts = row.fields.last.map { $0.split(separator: " ").map(String.init) } ?? []
      guard row.fields.count == 2, parts.count == 7 else { throw table.error(row, "an ending and seven parts are due") }
      patterns.append(
        Pattern(
          ending: row.fields[0], present: (parts[0], parts[1]), imperfect: parts[2], future: parts[3],
          past: (parts[4], parts[5]), participle: parts[6]))
    }
    patterns.sort { $0.ending.utf8.count > $1.ending.utf8.count }
  }

  /// The forms of a verb, without its reflexive pronoun.
  package func forms(of infinitive: String) -> [(String, Form)] {
    var forms: [(String, Form)] = [(infinitive, .infinitive)]
    if infinitive.hasSuffix("er") {
      first(infinitive, &forms)
    } else if let pattern = patterns.first(where: { infinitive.hasSuffix($0.ending) }) {
      let stem = String(infinitive.dropLast(pattern.ending.count))
      forms += [(stem + pattern.present.0, .finite), (stem + pattern.present.1, [.finite, .plural])]
      open(stem + pattern.imperfect, stem + pattern.future, &forms)
      forms += [(stem + pattern.past.0, .finite), (stem + pattern.past.1, [.finite, .plural])]
      participle(stem + pattern.participle, &forms)
      // "reconnait": the spelling of 1990 drops the circumflex.
      forms += forms.filter { $0.0.contains("î") }.map { ($0.0.map { $0 == "î" ? "i" : String($0) }.joined(), $0.1) }
    } else if infinitive.hasSuffix("ir") {
      let stem = String(infinitive.dropLast(2))
      forms += [(stem + "it", .finite), (stem + "issent", [.finite, .plural]), (stem + "irent", [.finite, .plural])]
      open(stem + "iss", infinitive, &forms)
      participle(stem + "i", &forms)
    }
    return forms
  }

  /// Verbs in -er, with the letters that change before mute endings and before a.
  private func first(_ infinitive: String, _ forms: inout [(String, Form)]) {
    let stem = String(infinitive.dropLast(2))
    let soft = stem.hasSuffix("c") ? stem.dropLast() + "ç" : stem.hasSuffix("g") ? stem + "e" : stem
    for mute in Self.mute(stem) {
      forms += [(mute + "e", .finite), (mute + "ent", [.finite, .plural])]
      open(nil, mute + "er", &forms)
    }
    open(soft, infinitive, &forms)
    forms += [(soft + "a", .finite), (stem + "èrent", [.finite, .plural])]
    participle(stem + "é", &forms)
  }

  /// The stem before a mute ending: "répèt", "appell", "rappell", "essai" beside "essay".
  private static func mute(_ stem: String) -> [String] {
    var letters = Array(stem)
    guard letters.count > 2 else { return [stem] }
    if stem.hasSuffix("ay") { return [stem, stem.dropLast() + "i"] }
    if stem.hasSuffix("oy") || stem.hasSuffix("uy") { return [stem.dropLast() + "i"] }
    if stem.hasSuffix("appel") || stem.hasSuffix("jet") { return [stem + String(letters[letters.count - 1])] }
    // The last e or é of the stem, with consonants only behind it.
    guard let place = letters.lastIndex(where: { "aeiouyéèêëïîôû".contains($0) }), place < letters.count - 1 else {
      return [stem]
    }
    let behind = letters.count - 1 - place
    if letters[place] == "é" {
      letters[place] = "è"
    } else if letters[place] == "e", behind == 1 {
      letters[place] = "è"
    } else {
      return [stem]
    }
    return [String(letters)]
  }

  private func open(_ imperfect: String?, _ future: String, _ forms: inout [(String, Form)]) {
    if let imperfect {
      forms += [(imperfect + "ait", .finite), (imperfect + "aient", [.finite, .plural]), (imperfect + "ant", .gerund)]
    }
    forms += [(future + "a", [.finite, .open]), (future + "ont", [.finite, .plural, .open])]
    forms += [(future + "ait", [.finite, .open]), (future + "aient", [.finite, .plural, .open])]
  }

  private func participle(_ masculine: String, _ forms: inout [(String, Form)]) {
    forms.append((masculine, .past))
    if !masculine.hasSuffix("s") { forms.append((masculine + "s", .past)) }
    forms += [(masculine + "e", .past), (masculine + "es", .past)]
  }
}
