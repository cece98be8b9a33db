package import TelexText

/// What is known of French words beforehand: a morphological lexicon, clusters of words that are used alike, frequencies.
///
/// One automaton numbers all forms; beside it stand a table of analyses (Lefff), the row of the word's vector and the
/// clusters of that row, and the word's Brown cluster. Forms are as written, with ' for ’.
package struct Vocabulary: Sendable {
  package let words: WordAutomaton
  /// By word: number of its set of analyses; 0 is the empty set.
  let sets: Column<UInt16>
  /// By word: row of its vector and 1.
  let rows: SparseColumn<UInt16>
  /// By word: path in the tree of Brown clusters with a leading 1.
  let brown: SparseColumn<UInt16>
  /// By word: frequency as 16 times the binary logarithm of occurrences in ten million words.
  let frequencies: SparseColumn<UInt8>
  /// By set: first of its analyses; one more at the end.
  let setStarts: Column<UInt32>
  let analyses: Column<UInt64>
  /// By set: the parts of speech of its analyses, as bits.
  let setTags: Column<UInt32>
  /// By ending number: start in `endings`; one more at the end.
  let endingStarts: Column<UInt32>
  let endings: Column<UInt8>
  /// By row: its clusters among 64, 256 and 1024.
  let coarse: Column<UInt16>
  let middle: Column<UInt16>
  let fine: Column<UInt16>

  /// - Throws: `ResourceError` where `vocabulary.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("vocabulary.bin", in: directory)
    words = try WordAutomaton(from: file)
    sets = try file.section("sets")
    rows = try SparseColumn("rows", in: file)
    brown = try SparseColumn("brown", in: file)
    frequencies = try SparseColumn("frequencies", in: file)
    setStarts = try file.section("set-starts")
    analyses = try file.section("analyses")
    setTags = try file.section("set-tags")
    endingStarts = try file.section("ending-starts")
    endings = try file.section("endings")
    coarse = try file.section("clusters-64")
    middle = try file.section("clusters-256")
    fine = try file.section("clusters-1024")
  }

  /// What the vocabulary holds of one spelling.
  package struct Entry: Sendable, BitwiseCopyable {
    /// Set of analyses; 0 for none.
    package var set: UInt16 = 0
    /// Vector row and 1; 0 for none.
    package var row: UInt16 = 0
    package var brown: UInt16 = 0
    package var frequency: UInt8 = 0
  }

  package func entry(of form: some Sequence<UInt8>) -> Entry {
    if let entry = form.withContiguousStorageIfAvailable({ entry(of: $0) }) { return entry }
    return Array(form).withUnsafeBufferPointer { entry(of: $0) }
  }

  package func entry(of form: UnsafeBufferPointer<UInt8>) -> Entry {
    guard let index = words.index(of: form) else { return Entry() }
    return Entry(
      set: sets[index], row: rows[index] ?? 0, brown: brown[index] ?? 0, frequency: frequencies[index] ?? 0)
  }

  /// How many sets of analyses there are.
  package var setCount: Int { setTags.count }

  /// Parts of speech of a set of analyses, as bits.
  package func tags(ofSet set: UInt16) -> UInt32 { setTags[Int(set)] }

  package func analyses(ofSet set: UInt16) -> some RandomAccessCollection<LexicalAnalysis> {
    (Int(setStarts[Int(set)])..<Int(setStarts[Int(set) + 1])).lazy.map { LexicalAnalysis(packed: analyses[$0]) }
  }

  /// The lemma that an analysis gives a form.
  package func lemma(of form: [UInt8], _ analysis: LexicalAnalysis) -> [UInt8] {
    let start = Int(endingStarts[Int(analysis.ending)])
    let end = Int(endingStarts[Int(analysis.ending) + 1])
    return form.dropLast(Int(analysis.strip)) + (start..<end).map { endings[$0] }
  }
}

/// One reading of a form in the lexicon.
package struct LexicalAnalysis: Hashable, Sendable {
  package enum Gender: UInt8, Sendable, CaseIterable { case none, masculine, feminine }
  package enum Number: UInt8, Sendable, CaseIterable { case none, singular, plural }
  /// Mood and tense of a verb's form.
  package enum Mood: UInt8, Sendable, CaseIterable {
    case none, infinitive, presentParticiple, pastParticiple, present, imperfect, past, future, conditional
    case subjunctive, pastSubjunctive, imperative
  }

  package var tag: PartOfSpeech
  package var gender: Gender
  package var number: Number
  /// 1, 2, 3; 0 for none.
  package var person: UInt8
  package var mood: Mood
  /// The lemma is the form without its last `strip` bytes and with ending number `ending`.
  package var strip: UInt8
  package var ending: UInt16

  package init(
    tag: PartOfSpeech, gender: Gender = .none, number: Number = .none, person: UInt8 = 0, mood: Mood = .none,
    strip: UInt8 = 0, ending: UInt16 = 0
  ) {
    self.tag = tag
    self.gender = gender
    self.number = number
    self.person = person
    self.mood = mood
    self.strip = strip
    self.ending = ending
  }

  /// Ending 0–15, strip 16–23, tag 24–31, mood 32–35, person 36–39, number 40–43, gender 44–47.
  package init(packed: UInt64) {
    func bits(_ shift: UInt64, _ width: UInt64) -> UInt8 {
      UInt8(truncatingIfNeeded: packed &>> shift & ((1 &<< width) - 1))
    }
    ending = UInt16(truncatingIfNeeded: packed)
    strip = bits(16, 8)
    tag = PartOfSpeech(rawValue: bits(24, 8)) ?? .other
    mood = Mood(rawValue: bits(32, 4)) ?? .none
    person = bits(36, 4)
    number = Number(rawValue: bits(40, 4)) ?? .none
    gender = Gender(rawValue: bits(44, 4)) ?? .none
  }

  package var packed: UInt64 {
    UInt64(ending) | UInt64(strip) &<< 16 | UInt64(tag.rawValue) &<< 24 | UInt64(mood.rawValue) &<< 32
      | UInt64(person) &<< 36 | UInt64(number.rawValue) &<< 40 | UInt64(gender.rawValue) &<< 44
  }
}
