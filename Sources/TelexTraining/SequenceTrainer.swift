package import TelexLanguage

/// Numbers that look random and are the same in every run (SplitMix64, Steele et al. 2014).
package struct FixedRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mixed(state)
  }
}

/// A sequence to learn from: the features of each element, and its label.
package struct LabelledSequence: Sendable {
  package var features: [[UInt64]]
  package var labels: [UInt8]
  /// It is learned from in one round of so many: it weighs less so.
  package var pace = 1

  package init(features: [[UInt64]], labels: [UInt8]) {
    self.features = features
    self.labels = labels
  }
}

/// Trains a `SequenceModel`: averaged structured perceptron (Collins 2002) with a margin for wrong labels.
package struct SequenceTrainer {
  package var labels: Int
  package var rounds: Int
  /// A feature seen less often than this is left out.
  package var minimumCount: Int
  /// What a wrong label is given before decoding, so that the right one must win by as much.
  package var margin: Float
  /// How many features are kept, those that weigh most.
  package var mostRows: Int
  package var isAllowed: (_ before: Int?, _ label: Int) -> Bool

  package init(
    labels: Int, rounds: Int = 10, minimumCount: Int = 2, margin: Float = 1, mostRows: Int = .max,
    isAllowed: @escaping (_ before: Int?, _ label: Int) -> Bool = { _, _ in true }
  ) {
    self.labels = labels
    self.rounds = rounds
    self.minimumCount = minimumCount
    self.margin = margin
    self.mostRows = mostRows
    self.isAllowed = isAllowed
  }

  package func train(_ sequences: [LabelledSequence]) -> SequenceModel {
    let table = FeatureTable(sequences, minimumCount: minimumCount)
    let coded = table.coded
    var weights = AveragedWeights(count: table.keys.count * labels)
    var pairs = AveragedWeights(count: (labels + 1) * labels)
    let forbidden = forbiddenPairs()
    var order = Array(sequences.indices)
    var random = FixedRandom(seed: 1)
    var scratch = Lattice(labels: labels, pairs: forbidden)
    for _ in 0..<rounds {
      order.shuffle(using: &random)
      for index in order {
        weights.step()
        pairs.step()
        let gold = sequences[index].labels
        let guess = scratch.decode(coded[index], weights, pairs, gold: gold, margin: margin)
        for place in gold.indices {
          let before = place > 0 ? Int(gold[place - 1]) : labels
          let guessBefore = place > 0 ? Int(guess[place - 1]) : labels
          if before != guessBefore || gold[place] != guess[place] {
            pairs.add(1, at: before * labels + Int(gold[place]))
            pairs.add(-1, at: guessBefore * labels + Int(guess[place]))
          }
          guard gold[place] != guess[place] else { continue }
          for feature in coded[index][place] {
            weights.add(1, at: Int(feature) * labels + Int(gold[place]))
            weights.add(-1, at: Int(feature) * labels + Int(guess[place]))
          }
        }
      }
    }
    return TrainedWeights(
      keys: table.keys, counts: table.counts, weights: weights.averages(), pairs: pairs.averages(),
      isForbidden: forbidden, labels: labels
    ).packed(mostRows: mostRows)
  }

  private func forbiddenPairs() -> [Bool] {
    (0...labels).flatMap { before in
      (0..<labels).map { isAllowed(before == labels ? nil : before, $0) == false }
    }
  }
}

extension ModelWriter {
  package mutating func add(_ model: SequenceModel) {
    add("shape", [UInt32(model.labels), UInt32(model.stride)])
    add("unit", [model.unit])
    add("slots", model.index.slots)
    add("weights", model.weights)
    add("transitions", model.transitions)
  }
}

/// Weights with the sum over all steps so far, kept up lazily.
struct AveragedWeights {
  private(set) var values: [Float]
  private var sums: [Float]
  private var stamps: [Int32]
  private var now: Int32 = 0

  init(count: Int) {
    values = [Float](repeating: 0, count: count)
    sums = values
    stamps = [Int32](repeating: 0, count: count)
  }

  mutating func step() { now += 1 }

  @inline(__always)
  mutating func add(_ change: Float, at index: Int) {
    sums[index] += values[index] * Float(now - stamps[index])
    stamps[index] = now
    values[index] += change
  }

  func averages() -> [Float] {
    values.indices.map { (sums[$0] + values[$0] * Float(now - stamps[$0])) / Float(max(1, now)) }
  }
}

/// Viterbi's algorithm on weights that are being trained.
private struct Lattice {
  let labels: Int
  let forbidden: [Bool]
  private var scores: [Float] = []
  private var back: [UInt8] = []

  init(labels: Int, pairs: [Bool]) {
    self.labels = labels
    forbidden = pairs
  }

  mutating func decode(
    _ features: [[Int32]], _ weights: AveragedWeights, _ pairs: AveragedWeights, gold: [UInt8], margin: Float
  ) -> [UInt8] {
    let count = features.count
    guard count > 0 else { return [] }
    scores = [Float](repeating: 0, count: count * labels)
    back = [UInt8](repeating: 0, count: count * labels)
    weights.values.withUnsafeBufferPointer { weights in
      scores.withUnsafeMutableBufferPointer { scores in
        for place in 0..<count {
          for label in 0..<labels where label != Int(gold[place]) { scores[place * labels + label] = margin }
          for feature in features[place] {
            let row = Int(feature) * labels
            for label in 0..<labels { scores[place * labels + label] += weights[row + label] }
          }
        }
      }
    }
    for label in 0..<labels {
      scores[label] += forbidden[labels * labels + label] ? -1e6 : pairs.values[labels * labels + label]
    }
    for place in 1..<max(1, count) {
      for label in 0..<labels {
        var best = -Float.infinity
        var from = 0
        for before in 0..<labels where forbidden[before * labels + label] == false {
          let value = scores[(place - 1) * labels + before] + pairs.values[before * labels + label]
          if value > best { (best, from) = (value, before) }
        }
        scores[place * labels + label] += best
        back[place * labels + label] = UInt8(from)
      }
    }
    var label = 0
    for other in 1..<labels where scores[(count - 1) * labels + other] > scores[(count - 1) * labels + label] {
      label = other
    }
    var result = [UInt8](repeating: 0, count: count)
    for place in (0..<count).reversed() {
      result[place] = UInt8(label)
      label = Int(back[place * labels + label])
    }
    return result
  }
}
