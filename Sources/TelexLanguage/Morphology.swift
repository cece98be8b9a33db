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
  private let lexicalBundles = Self.bundles()

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

  /// Letters of the longest ending that is looked at: "-laient" and "-raient" are needed to tell an imperfect from a conditional.
  package static let longestEnding = 6

  /// Key of what is known of the last letters of a word, in small letters; nil where it has no more letters than that.
  package static func key(ending size: Int, of lower: [UInt8], _ tag: PartOfSpeech) -> UInt64? {
    var start = lower.count
    for _ in 0..<size {
      repeat { start -= 1 } while start > 0 && lower[start] & 0xC0 == 0x80
      guard start > 0 else { return nil }
    }
    return feature(202, hash(lower[start...]), UInt64(tag.rawValue), UInt64(size))
  }

  /// - Parameters:
  ///   - form: the word as written.
  ///   - lower: its small letters, with ' for ’.
  package func analysis(
    _ form: UnsafeBufferPointer<UInt8>, _ lower: [UInt8], _ word: WordFeatures, _ tag: PartOfSpeech
  ) -> (lemma: String, features: String) {
    if tag == .properNoun || tag == .punctuation || tag == .symbol {
      return (String(decoding: form, as: UTF8.self), "_")
    }
    let known = table[key: Self.key(word.lower, tag)]
    if known > 0 { return result(entries[known - 1], lower) }
    if tag == .pronoun, let bare = Self.bare(lower) {
      // "-le", "-t'en": what an inverted pronoun is, it is by itself as well.
      let known = table[key: Self.key(hash(bare), tag)]
      if known > 0 { return result(entries[known - 1], Array(bare)) }
    }
    if let lexical = lexical(lower, word, tag) { return lexical }
    if tag == .numeral || tag == .other { return (String(decoding: form, as: UTF8.self), "_") }
    for size in stride(from: Self.longestEnding, through: 1, by: -1) {
      guard let key = Self.key(ending: size, of: lower, tag) else { continue }
      let row = table[key: key]
      if row > 0 { return result(entries[row - 1], lower) }
    }
    return (String(decoding: lower, as: UTF8.self), "_")
  }

  /// A pronoun without the hyphen and the sound that join it to its verb; nil where it has no hyphen.
  private static func bare(_ lower: [UInt8]) -> ArraySlice<UInt8>? {
    guard lower.first == 0x2D else { return nil }
    let behind = lower.dropFirst()
    for link in ["t-", "t'", "m'"] where behind.starts(with: link.utf8) { return behind.dropFirst(link.utf8.count) }
    return behind
  }

  private func result(_ entry: UInt64, _ lower: [UInt8]) -> (lemma: String, features: String) {
    let bundle = Int(entry & 0xFFFF)
    let strip = Int(entry &>> 16 & 0xFF)
    let ending = Int(entry &>> 24 & 0xFFFF)
    let tail = Int(endingStarts[ending])..<Int(endingStarts[ending + 1])
    let kept = max(0, lower.count - strip)
    let lemma = String(unsafeUninitializedCapacity: kept + tail.count) { bytes in
      for index in 0..<kept { bytes[index] = lower[index] }
      for (index, place) in tail.enumerated() { bytes[kept + index] = endings[place] }
      return kept + tail.count
    }
    return (lemma, bundles[bundle])
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
    return (String(decoding: best.lemma, as: UTF8.self), lexicalBundles[Self.number(best.analysis)])
  }

  /// Number of an analysis among those that have other features.
  private static func number(_ analysis: LexicalAnalysis) -> Int {
    ((Int(analysis.mood.rawValue) * 4 + Int(min(analysis.person, 3))) * 3 + Int(analysis.number.rawValue)) * 3
      + Int(analysis.gender.rawValue)
  }

  /// Features by `number`: so many words have the same that they are written once only.
  private static func bundles() -> [String] {
    LexicalAnalysis.Mood.allCases.flatMap { mood in
      (0...3).flatMap { person in
        LexicalAnalysis.Number.allCases.flatMap { number in
          LexicalAnalysis.Gender.allCases.map { gender in
            LexicalAnalysis(tag: .other, gender: gender, number: number, person: UInt8(person), mood: mood)
              .universalFeatures
          }
        }
      }
    }
  }
}

extension LexicalAnalysis {
  /// In the notation of Universal Dependencies.
  package var universalFeatures: String {
    var parts: [String] = []
    if gender != .none { parts.append(gender == .masculine ? "Gender=Masc" : "Gender=Fem") }
    switch mood {
    case .none, .infinitive, .presentParticiple, .pastParticiple: break
    case .present, .imperfect, .past, .future: parts.append("Mood=Ind")
    case .conditional: parts.append("Mood=Cnd")
    case .subjunctive, .pastSubjunctive: parts.append("Mood=Sub")
    case .imperative: parts.append("Mood=Imp")
    }
    if number != .none { parts.append(number == .singular ? "Number=Sing" : "Number=Plur") }
    if person > 0 { parts.append("Person=\(person)") }
    switch mood {
    case .none, .infinitive: break
    case .present, .conditional, .subjunctive, .imperative, .presentParticiple: parts.append("Tense=Pres")
    case .imperfect, .pastSubjunctive: parts.append("Tense=Imp")
    case .past, .pastParticiple: parts.append("Tense=Past")
    case .future: parts.append("Tense=Fut")
    }
    switch mood {
    case .none: break
    case .infinitive: parts.append("VerbForm=Inf")
    case .presentParticiple, .pastParticiple: parts.append("VerbForm=Part")
    default: parts.append("VerbForm=Fin")
    }
    return parts.isEmpty ? "_" : parts.joined(separator: "|")
  }
}
