package import TelexText

/// Lemmas and features of tagged words: what the treebanks show of a form with its tag, else what the lexicon says, else what
/// words with the same ending show.
package struct Morphology: Sendable {
  /// Feature bundles in the notation of CoNLL-U; number 0 is the empty one.
  package let bundles: [String]

  private let table: KeyTable
  /// By row: bundle (16 bits), bytes to strip (8 bits), ending's number (16 bits).
  private let entries: Column<UInt64>
  private let endingStarts: Column<UInt32>
  private let endings: Column<UInt8>
  private let vocabulary: Vocabulary

  /// - Throws: `ResourceError` where `morphology.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory, vocabulary: Vocabulary) throws(ResourceError) {
    let file = try ModelFile("morphology.bin", in: directory)
    let names: Column<UInt8> = try file.section("bundles")
    bundles = String(decoding: (0..<names.count).map { names[$0] }, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    table = KeyTable(keys: try file.section("keys"), rows: try file.section("rows"))
    entries = try file.section("entries")
    endingStarts = try file.section("ending-starts")
    endings = try file.section("endings")
    self.vocabulary = vocabulary
  }

  /// Key of what is known of a whole form.
  package static func key(_ lower: UInt64, _ tag: PartOfSpeech) -> UInt64 { feature(201, lower, UInt64(tag.rawValue)) }

  /// Key of what is known of an ending of 1 to 4 letters.
  package static func key(ending: UInt64, _ size: Int, _ tag: PartOfSpeech) -> UInt64 {
    feature(202, ending, UInt64(tag.rawValue), UInt64(size))
  }

  /// - Parameters:
  ///   - form: the word as written, with ' for ’.
  ///   - lower: its small letters.
  package func analysis(
    _ form: [UInt8], _ lower: [UInt8], _ word: WordFeatures, _ tag: PartOfSpeech
  ) -> (lemma: String, features: String) {
    if tag == .properNoun || tag == .punctuation || tag == .symbol {
      return (String(decoding: form, as: UTF8.self), "_")
    }
    let known = table[Self.key(word.lower, tag)]
    if known > 0 { return result(entries[known - 1], lower) }
    if let lexical = lexical(lower, word, tag) { return lexical }
    if tag == .numeral || tag == .other { return (String(decoding: form, as: UTF8.self), "_") }
    for size in stride(from: 4, through: 1, by: -1) where word.length > size {
      let row = table[Self.key(ending: word.endings[size - 1], size, tag)]
      if row > 0 { return result(entries[row - 1], lower) }
    }
    return (String(decoding: lower, as: UTF8.self), "_")
  }

  private func result(_ entry: UInt64, _ lower: [UInt8]) -> (lemma: String, features: String) {
    let bundle = Int(entry & 0xFFFF)
    let strip = Int(entry &>> 16 & 0xFF)
    let ending = Int(entry &>> 24 & 0xFFFF)
    let tail = Int(endingStarts[ending])..<Int(endingStarts[ending + 1])
    let lemma = lower.dropLast(strip) + tail.map { endings[$0] }
    return (String(decoding: lemma, as: UTF8.self), bundles[bundle])
  }

  /// The commonest of the lexicon's lemmas for the tag.
  private func lexical(_ lower: [UInt8], _ word: WordFeatures, _ tag: PartOfSpeech) -> (
    lemma: String, features: String
  )? {
    let set = word.entry.set
    guard set != 0 else { return nil }
    let wanted: PartOfSpeech = tag == .auxiliary ? .verb : tag
    var best: (lemma: [UInt8], analysis: LexicalAnalysis)?
    var highest = -1
    for analysis in vocabulary.analyses(ofSet: set) where analysis.tag == wanted && Int(analysis.strip) <= lower.count {
      let lemma = vocabulary.lemma(of: lower, analysis)
      // Of readings that are else alike the indicative, present, third person is by far the likeliest.
      let rank =
        Int(vocabulary.entry(of: lemma).frequency) * 8 + (analysis.person == 3 ? 4 : 0)
        + (analysis.mood == .present || analysis.mood == .none ? 2 : 0) + (analysis.mood == .imperative ? 0 : 1)
      if rank > highest { (best, highest) = ((lemma, analysis), rank) }
    }
    guard let best else { return nil }
    return (String(decoding: best.lemma, as: UTF8.self), best.analysis.universalFeatures)
  }
}

extension LexicalAnalysis {
  /// In the notation of Universal Dependencies.
  package var universalFeatures: String {
    var parts: [String] = []
    if gender != .none { parts.append(gender == .masculine ? "Gender=Masc" : "Gender=Fem") }
    let moods: [Mood: String] = [
      .present: "Ind", .imperfect: "Ind", .past: "Ind", .future: "Ind", .conditional: "Cnd", .subjunctive: "Sub",
      .pastSubjunctive: "Sub", .imperative: "Imp",
    ]
    if let name = moods[mood] { parts.append("Mood=\(name)") }
    if number != .none { parts.append(number == .singular ? "Number=Sing" : "Number=Plur") }
    if person > 0 { parts.append("Person=\(person)") }
    let tenses: [Mood: String] = [
      .present: "Pres", .imperfect: "Imp", .past: "Past", .future: "Fut", .conditional: "Pres", .subjunctive: "Pres",
      .pastSubjunctive: "Imp", .imperative: "Pres", .presentParticiple: "Pres", .pastParticiple: "Past",
    ]
    if let name = tenses[mood] { parts.append("Tense=\(name)") }
    switch mood {
    case .none: break
    case .infinitive: parts.append("VerbForm=Inf")
    case .presentParticiple, .pastParticiple: parts.append("VerbForm=Part")
    default: parts.append("VerbForm=Fin")
    }
    return parts.isEmpty ? "_" : parts.joined(separator: "|")
  }
}
