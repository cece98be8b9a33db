import TelexModel
package import TelexText

/// Compounds of French, words of several tokens: "mise en examen", "au fur et à mesure", "à condition que" (DELA, Courtois and
/// Silberztein, "Dictionnaires électroniques du français", 1990).
///
/// Read by `telex parse` only; the service doesn't load it.
package struct Compounds: Sendable {
  /// A compound form in the dictionary.
  package struct Entry: Sendable, Equatable {
    package var lemma: [UInt8]
    /// Its readings, in the dictionary's order.
    package var readings: [Reading]
  }

  /// What one form can be.
  package struct Reading: Hashable, Sendable {
    package var tag: PartOfSpeech
    package var gender: LexicalAnalysis.Gender = .none
    package var number: LexicalAnalysis.Number = .none

    package init(
      tag: PartOfSpeech, gender: LexicalAnalysis.Gender = .none, number: LexicalAnalysis.Number = .none
    ) {
      (self.tag, self.gender, self.number) = (tag, gender, number)
    }

    /// Tag 0–7, number 8–11, gender 12–15.
    package init(packed: UInt16) {
      tag = PartOfSpeech(rawValue: UInt8(truncatingIfNeeded: packed)) ?? .other
      number = LexicalAnalysis.Number(rawValue: UInt8(packed >> 8 & 15)) ?? .none
      gender = LexicalAnalysis.Gender(rawValue: UInt8(packed >> 12)) ?? .none
    }

    package var packed: UInt16 {
      UInt16(tag.rawValue) | UInt16(number.rawValue) << 8 | UInt16(gender.rawValue) << 12
    }
  }

  /// A compound in a sentence.
  package struct Match: Sendable, Equatable {
    /// Indices of its tokens.
    package var tokens: Range<Int>
    package var entry: Entry
  }

  /// Forms as written in running text, with one space between words and \u{27} for \u{2019}.
  private let forms: WordAutomaton
  /// By form: its set of readings.
  private let sets: Column<UInt16>
  private let setStarts: Column<UInt32>
  private let readings: Column<UInt16>
  /// By form: the number of its lemma, itself a form.
  private let lemmas: Column<UInt32>

  /// - Throws: `ResourceError` where `compounds.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("compounds.bin", in: directory)
    forms = try WordAutomaton(from: file)
    sets = try file.section("sets")
    setStarts = try file.section("set-starts")
    readings = try file.section("readings")
    lemmas = try file.section("lemmas")
    let (sets, setStarts, lemmas) = (sets, setStarts, lemmas)
    guard lemmas.count == sets.count, (0..<sets.count).allSatisfy({ Int(sets[$0]) + 1 < setStarts.count }),
      (0..<lemmas.count).allSatisfy({ Int(lemmas[$0]) < lemmas.count }),
      (1..<max(1, setStarts.count)).allSatisfy({ setStarts[$0 - 1] <= setStarts[$0] }),
      setStarts.count > 0, Int(setStarts[setStarts.count - 1]) == readings.count
    else { throw ResourceError(path: file.path, message: "has tables that don't fit together") }
    file.release()
  }

  /// What the dictionary has of a form, spelled as in running text; nil for nothing.
  package func entry(of form: some Sequence<UInt8>) -> Entry? { forms.index(of: form).map(entry) }

  private func entry(at index: Int) -> Entry {
    let set = Int(sets[index])
    return Entry(
      lemma: forms.word(at: Int(lemmas[index])) ?? [],
      readings: (Int(setStarts[set])..<Int(setStarts[set + 1])).map { Reading(packed: readings[$0]) })
  }

  /// The compounds of a sentence: from its beginning, at each token the longest, none within another.
  ///
  /// They are what the words could be. That the sentence uses them so is for its tree to say (`isUsed`).
  private func matches(in tokens: [SurfaceToken], of text: SourceText) -> [Match] {
    var result: [Match] = []
    var index = 0
    while index < tokens.count {
      let match =
        match(in: tokens, at: index, of: text, small: false)
        ?? (index == 0 ? match(in: tokens, at: 0, of: text, small: true) : nil)
      if let match { result.append(match) }
      index = match?.tokens.upperBound ?? index + 1
    }
    return result
  }

  /// The compounds that a parsed sentence has: one word of each hangs on a word outside or is the root, no finite verb, and all
  /// others within or joined to it by "and" ("il en fait un drame" has no "en fait"). The last word of "à condition que" or
  /// "au terme de" belongs to what follows.
  package func matches(in sentence: ParsedSentence, of text: SourceText) -> [Match] {
    matches(in: sentence.tokens, of: text).filter { isUsed($0, in: sentence) }
  }

  private func isUsed(_ match: Match, in sentence: ParsedSentence) -> Bool {
    let governs = match.entry.readings.allSatisfy { $0.tag == .adposition || $0.tag == .subordinator }
    let last = match.tokens.upperBound - (governs ? 2 : 1)
    let words =
      sentence.words(ofToken: match.tokens.lowerBound).lowerBound..<sentence.words(ofToken: last).upperBound
    let outer = words.filter { word in sentence.words[word].head.map { words.contains($0) == false } ?? true }
    guard let head = outer.first else { return false }
    // What "and" joins is often hung on the word that the whole hangs on ("le pays à feu et à sang").
    let joined = outer.dropFirst().allSatisfy { word in
      sentence.words[word].relation == "conj" && sentence.words[word].head == sentence.words[head].head
    }
    return joined && sentence.words[head].features.contains("VerbForm=Fin") == false
  }

  private func match(in tokens: [SurfaceToken], at start: Int, of text: SourceText, small: Bool) -> Match? {
    var state = forms.start
    var found: Match?
    for index in start..<tokens.count {
      if index > start, tokens[index].spaceBefore, forms.step(&state, 0x20) == false { break }
      var bytes = Array(text.utf8[tokens[index].span.range])
      if small, index == start { bytes = folded(bytes, .lower) }
      guard Self.straight(bytes).allSatisfy({ forms.step(&state, $0) }) else { break }
      if state.isWord, index > start { found = Match(tokens: start..<index + 1, entry: entry(at: state.index)) }
    }
    return found
  }

  /// The bytes of a token with ' for ’, as the dictionary writes it.
  private static func straight(_ bytes: [UInt8]) -> [UInt8] {
    guard let place = bytes.firstIndex(of: 0xE2), bytes[place...].starts(with: [0xE2, 0x80, 0x99]) else { return bytes }
    return bytes[..<place] + [0x27] + bytes[(place + 3)...]
  }
}
