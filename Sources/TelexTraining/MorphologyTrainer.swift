package import Foundation
package import TelexLanguage

/// Collects lemmas and features of forms and endings from a treebank.
package struct MorphologyTrainer {
  private struct Reading: Hashable {
    var bundle: UInt16
    var strip: UInt8
    var ending: UInt16
  }

  private var bundles: [String: UInt16] = ["_": 0]
  private var bundleList = ["_"]
  private var endings: [[UInt8]: UInt16] = [[]: 0]
  private var endingList: [[UInt8]] = [[]]
  private var counts: [UInt64: [Reading: Int]] = [:]

  /// - Returns: lines that say what was made.
  package static func build(_ sentences: [TreebankSentence], _ vocabulary: Vocabulary, to url: URL) throws -> [String] {
    var trainer = MorphologyTrainer()
    var featurizer = WordFeaturizer(vocabulary)
    for word in sentences.lazy.flatMap(\.words) {
      guard let tag = PartOfSpeech(code: word.tag), tag != .properNoun, tag != .punctuation, tag != .symbol else {
        continue
      }
      let features = Array(word.form.utf8).withUnsafeBufferPointer { featurizer.features($0) }
      trainer.add(word, features, folded(Array(word.form.utf8), .lower), tag)
    }
    return try trainer.write(to: url)
  }

  private mutating func add(
    _ word: TreebankSentence.Word, _ features: WordFeatures, _ lower: [UInt8], _ tag: PartOfSpeech
  ) {
    let lemma = folded(Array(word.lemma.utf8), .form)
    var common = 0
    while common < min(lower.count, lemma.count) && lower[common] == lemma[common] { common += 1 }
    while common > 0 && common < lower.count && lower[common] & 0xC0 == 0x80 { common -= 1 }
    guard lower.count - common < 256 else { return }
    if bundles[word.features] == nil {
      bundles[word.features] = UInt16(bundleList.count)
      bundleList.append(word.features)
    }
    let tail = Array(lemma[common...])
    if endings[tail] == nil {
      endings[tail] = UInt16(endingList.count)
      endingList.append(tail)
    }
    let reading = Reading(
      bundle: bundles[word.features] ?? 0, strip: UInt8(lower.count - common), ending: endings[tail] ?? 0)
    counts[Morphology.key(features.lower, tag), default: [:]][reading, default: 0] += 1
    for size in 1...4 where features.length > size && lower.count - common <= size * 2 {
      counts[Morphology.key(ending: features.endings[size - 1], size, tag), default: [:]][reading, default: 0] += 1
    }
  }

  private func write(to url: URL) throws -> [String] {
    var keys: [UInt64] = []
    var entries: [UInt64] = []
    for (key, readings) in counts.sorted(by: { $0.key < $1.key }) {
      let best = readings.max { a, b in
        a.value != b.value
          ? a.value < b.value : (a.key.bundle, a.key.strip, a.key.ending) > (b.key.bundle, b.key.strip, b.key.ending)
      }
      guard let reading = best?.key, keys.count < 65_535 else { continue }
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
