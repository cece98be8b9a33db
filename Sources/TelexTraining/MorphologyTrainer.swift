package import Foundation
package import TelexLanguage

/// Collects lemmas and features: of forms from a treebank, of endings from a treebank and a lexicon.
///
/// How a word with an ending makes its lemma is learned from the lexicon, word by word: in running text most words with an
/// ending are the few irregular ones that everybody uses ("serait"), while a word that nobody knows is regular
/// ("ubériserait"). Its features are those that running text shows, where it shows that change at all.
package struct MorphologyTrainer {
  private struct Reading: Hashable {
    var bundle: UInt16
    var strip: UInt8
    var ending: UInt16

    /// The same without features.
    var change: Reading { Reading(bundle: 0, strip: strip, ending: ending) }
  }

  private var bundles: [String: UInt16] = ["_": 0]
  private var bundleList = ["_"]
  private var endings: [[UInt8]: UInt16] = [[]: 0]
  private var endingList: [[UInt8]] = [[]]
  /// By form, and by ending: what the treebank has, how often.
  private var forms: [UInt64: [Reading: Int]] = [:]
  private var shown: [UInt64: [Reading: Int]] = [:]
  /// By ending: what the lexicon has, in how many words.
  private var listed: [UInt64: [Reading: Int]] = [:]
  /// By long ending: the ending of a letter less.
  private var shorter: [UInt64: UInt64] = [:]

  /// - Returns: lines that say what was made.
  package static func build(
    _ sentences: [TreebankSentence], _ lexicon: [Lefff.Line], _ vocabulary: Vocabulary, to url: URL
  ) throws -> [String] {
    var trainer = MorphologyTrainer()
    let featurizer = WordFeaturizer(vocabulary)
    for word in sentences.lazy.flatMap(\.words) {
      guard let tag = PartOfSpeech(code: word.tag), tag != .properNoun, tag != .punctuation, tag != .symbol else {
        continue
      }
      let features = Array(word.form.utf8).withUnsafeBufferPointer { featurizer.features($0) }
      trainer.add(word, features, folded(Array(word.form.utf8), .lower), tag)
    }
    for line in lexicon where Self.open.contains(line.analysis.tag) {
      trainer.add(line, folded(line.form, .lower))
    }
    return try trainer.write(to: url)
  }

  /// Parts of speech that get new words.
  private static let open: Set<PartOfSpeech> = [.noun, .adjective, .verb, .adverb]

  /// Letters of the longest ending that is kept for its own sake; a longer one is, where it changes otherwise than a shorter one.
  private static let longestShown = 4

  /// Words that the lexicon must have with an ending, so that it's a rule.
  private static let fewestWords = 3

  private mutating func add(
    _ word: TreebankSentence.Word, _ features: WordFeatures, _ lower: [UInt8], _ tag: PartOfSpeech
  ) {
    guard let reading = reading(lower, folded(Array(word.lemma.utf8), .form), word.features) else { return }
    forms[Morphology.key(features.lower, tag), default: [:]][reading, default: 0] += 1
    for key in endings(of: lower, reading, tag) { shown[key, default: [:]][reading, default: 0] += 1 }
  }

  private mutating func add(_ line: Lefff.Line, _ lower: [UInt8]) {
    guard let reading = reading(lower, folded(line.lemma, .form), line.analysis.universalFeatures) else { return }
    for key in endings(of: lower, reading, line.analysis.tag) {
      listed[key, default: [:]][reading, default: 0] += 1
    }
  }

  /// How a form becomes its lemma; nil where they have too little in common.
  private mutating func reading(_ lower: [UInt8], _ lemma: [UInt8], _ bundle: String) -> Reading? {
    var common = 0
    while common < min(lower.count, lemma.count) && lower[common] == lemma[common] { common += 1 }
    while common > 0 && common < lower.count && lower[common] & 0xC0 == 0x80 { common -= 1 }
    guard lower.count - common < 256 else { return nil }
    if bundles[bundle] == nil {
      bundles[bundle] = UInt16(bundleList.count)
      bundleList.append(bundle)
    }
    let tail = Array(lemma[common...])
    if endings[tail] == nil {
      endings[tail] = UInt16(endingList.count)
      endingList.append(tail)
    }
    return Reading(bundle: bundles[bundle] ?? 0, strip: UInt8(lower.count - common), ending: endings[tail] ?? 0)
  }

  /// The endings of a word that are shorter than the word and hold what changes in it.
  private mutating func endings(of lower: [UInt8], _ reading: Reading, _ tag: PartOfSpeech) -> [UInt64] {
    var keys: [UInt64] = []
    for size in 1...Morphology.longestEnding where Int(reading.strip) <= size * 2 {
      guard let key = Morphology.key(ending: size, of: lower, tag) else { break }
      if size > Self.longestShown { shorter[key] = keys.last }
      keys.append(key)
    }
    return keys
  }

  /// The commonest; of equally common ones the one that was met first.
  private static func best(_ readings: [Reading: Int]) -> Reading? {
    readings.max { a, b in
      a.value != b.value
        ? a.value < b.value : (a.key.bundle, a.key.strip, a.key.ending) > (b.key.bundle, b.key.strip, b.key.ending)
    }?.key
  }

  /// Whether a long ending tells more than the one of a letter less.
  private func isNeeded(_ key: UInt64, _ shorter: UInt64, _ guessed: [UInt64: Reading]) -> Bool {
    (listed[key]?.values.reduce(0, +) ?? 0) >= Self.fewestWords && guessed[key]?.change != guessed[shorter]?.change
  }

  private func readingOfEnding(_ key: UInt64) -> Reading? {
    let shown = shown[key] ?? [:]
    guard let listed = listed[key], listed.values.reduce(0, +) >= Self.fewestWords else { return Self.best(shown) }
    var changes: [Reading: Int] = [:]
    for (reading, count) in listed { changes[reading.change, default: 0] += count }
    let change = Self.best(changes)
    return Self.best(shown.filter { $0.key.change == change }) ?? Self.best(listed.filter { $0.key.change == change })
  }

  private func write(to url: URL) throws -> [String] {
    var keys: [UInt64] = []
    var entries: [UInt64] = []
    let known = forms.compactMapValues(Self.best)
    var guessed = Dictionary(
      uniqueKeysWithValues: Set(shown.keys).union(listed.keys).map { ($0, readingOfEnding($0)) }
    ).compactMapValues { $0 }
    let all = guessed
    for (key, other) in shorter where isNeeded(key, other, all) == false { guessed[key] = nil }
    for (key, reading) in known.merging(guessed, uniquingKeysWith: { form, _ in form }).sorted(by: { $0.key < $1.key })
    {
      guard keys.count < 65_535 else { throw TrainingError("more than 65,535 forms and endings") }
      keys.append(key)
      entries.append(UInt64(reading.bundle) | UInt64(reading.strip) << 16 | UInt64(reading.ending) << 24)
    }
    let table = KeyTable.columns(keys)
    var starts: [UInt32] = [0]
    for ending in endingList { starts.append(starts[starts.count - 1] + UInt32(ending.count)) }
    var writer = ModelWriter()
    writer.add("bundles", Array(bundleList.joined(separator: "\n").utf8))
    writer.add("keys", table.keys)
    writer.add("rows", table.rows)
    writer.add("entries", entries)
    writer.add("ending-starts", starts)
    writer.add("endings", endingList.flatMap { $0 })
    try writer.write(to: url)
    return ["morphology: \(keys.count) forms and endings, \(bundleList.count) bundles of features"]
  }
}
