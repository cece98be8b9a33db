package import TelexLanguage

/// Trains a `SequenceModel` as a conditional random field (Lafferty et al. 2001): stochastic gradients with AdaGrad's steps
/// (Duchi et al. 2011) and weights that decay towards zero (L2).
///
/// Slower than the perceptron of `SequenceTrainer`, but better where much of what stands in a text was never seen in training.
package struct ConditionalTrainer {
  package var labels: Int
  package var rounds: Int
  package var minimumCount = 2
  /// Size of the first steps.
  package var rate: Float = 0.05
  package var decay: Float = 5
  /// How many features are kept at the end.
  package var mostRows = 39_000
  package var isAllowed: (_ before: Int?, _ label: Int) -> Bool

  package init(labels: Int, rounds: Int, isAllowed: @escaping (_ before: Int?, _ label: Int) -> Bool) {
    self.labels = labels
    self.rounds = rounds
    self.isAllowed = isAllowed
  }

  package func train(_ sequences: [LabelledSequence]) -> SequenceModel {
    let table = FeatureTable(sequences, minimumCount: minimumCount)
    let forbidden = (0...labels).flatMap { before in
      (0..<labels).map { isAllowed(before == labels ? nil : before, $0) == false }
    }
    // A name can't be open at the end.
    let closes = (0..<labels).map { isAllowed($0, 0) }
    let field = ConditionalField(
      features: table.keys.count, labels: labels, isForbidden: forbidden, closes: closes, rate: rate,
      decay: decay / Float(max(1, sequences.count)))
    var order = Array(sequences.indices)
    var random = FixedRandom(seed: 1)
    for _ in 0..<rounds {
      order.shuffle(using: &random)
      for index in order { field.learn(table.coded[index], sequences[index].labels) }
    }
    return TrainedWeights(
      keys: table.keys, counts: table.counts, weights: field.weightsByLabel(), pairs: field.pairs,
      isForbidden: forbidden, labels: labels
    ).packed(mostRows: mostRows, clips: false)
  }
}

/// Weights of a conditional random field while it learns.
private final class ConditionalField {
  private let count: Int
  private let labels: Int
  /// Labels rounded up to whole vectors.
  private let width: Int
  private let before: [[Int]]
  private let starts: [Int]
  private let closes: [Bool]
  private let rate: Float
  private let decay: Float
  private let weights: UnsafeMutableBufferPointer<SIMD8<Float>>
  private let squares: UnsafeMutableBufferPointer<SIMD8<Float>>
  /// By feature: the step it was last looked at.
  private let stamps: UnsafeMutableBufferPointer<Int32>
  private var step: Int32 = 0
  private(set) var pairs: [Float]
  private var pairSquares: [Float]

  private static let least: Float = 1e-4

  init(features: Int, labels: Int, isForbidden: [Bool], closes: [Bool], rate: Float, decay: Float) {
    self.labels = labels
    self.closes = closes
    self.rate = rate
    self.decay = decay
    width = (labels + 7) / 8
    before = (0..<labels).map { label in (0..<labels).filter { isForbidden[$0 * labels + label] == false } }
    starts = (0..<labels).filter { isForbidden[labels * labels + $0] == false }
    weights = .allocate(capacity: max(1, features * width))
    weights.initialize(repeating: .zero)
    squares = .allocate(capacity: max(1, features * width))
    squares.initialize(repeating: .zero)
    stamps = .allocate(capacity: max(1, features))
    stamps.initialize(repeating: 0)
    count = features
    pairs = [Float](repeating: 0, count: (labels + 1) * labels)
    pairSquares = pairs
  }

  deinit {
    weights.deallocate()
    squares.deallocate()
    stamps.deallocate()
  }

  func weightsByLabel() -> [Float] {
    (0..<count).flatMap { feature in
      (0..<labels).map { weights[feature * width + $0 / 8][$0 % 8] }
    }
  }

  /// One step towards the right labels of a sequence.
  func learn(_ features: [[Int32]], _ gold: [UInt8]) {
    guard gold.isEmpty == false else { return }
    step += 1
    for feature in features.joined() { fade(Int(feature)) }
    let potentials = potentials(features)
    let (shares, pairShares) = expectations(potentials, gold)
    for (place, row) in shares.enumerated() {
      var gradient = [SIMD8<Float>](repeating: .zero, count: width)
      var matters = false
      for label in 0..<labels {
        let value = (label == Int(gold[place]) ? 1 : 0) - row[label]
        guard abs(value) > 1e-3 else { continue }
        gradient[label / 8][label % 8] = value
        matters = true
      }
      guard matters else { continue }
      for feature in features[place] {
        for part in 0..<width {
          let slot = Int(feature) * width + part
          squares[slot] += gradient[part] * gradient[part]
          let size = (squares[slot] + Self.least).squareRoot()
          weights[slot] += gradient[part] * rate / size
        }
      }
    }
    for (pair, gradient) in pairShares.enumerated() where abs(gradient) > 1e-3 {
      pairSquares[pair] += gradient * gradient
      pairs[pair] += rate * gradient / (pairSquares[pair] + Self.least).squareRoot()
    }
  }

  /// Lets weights decay for the steps since they were last looked at.
  private func fade(_ feature: Int) {
    let steps = step - stamps[feature]
    guard steps > 0 else { return }
    stamps[feature] = step
    let loss = Float(steps) * decay * rate
    for slot in feature * width..<(feature + 1) * width {
      let size = (squares[slot] + Self.least).squareRoot()
      weights[slot] *= size / (size + loss)
    }
  }

  /// By element and label: how much its features speak for the label, 1 for the label they speak most for.
  private func potentials(_ features: [[Int32]]) -> [[Double]] {
    features.map { features in
      var sums = [SIMD8<Float>](repeating: .zero, count: width)
      for feature in features {
        for part in 0..<width { sums[part] += weights[Int(feature) * width + part] }
      }
      let scores = (0..<labels).map { sums[$0 / 8][$0 % 8] }
      let highest = scores.max() ?? 0
      return scores.map { Double(exponential(max(-40, $0 - highest))) }
    }
  }

  /// By element, the probability of each label (forward and backward sums, each scaled); and the gradient of each pair.
  ///
  /// In double precision: what one side has all but ruled out grows large on the other.
  private func expectations(_ potentials: [[Double]], _ gold: [UInt8]) -> (shares: [[Float]], pairs: [Float]) {
    let count = potentials.count
    let factors = pairs.map { Double(exponential($0)) }
    var forward = [[Double]](repeating: [Double](repeating: 0, count: labels), count: count)
    var scales = [Double](repeating: 0, count: count)
    for label in starts { forward[0][label] = factors[labels * labels + label] * potentials[0][label] }
    for place in 0..<count {
      if place > 0 {
        for label in 0..<labels {
          var sum = 0.0
          for other in before[label] { sum += forward[place - 1][other] * factors[other * labels + label] }
          forward[place][label] = sum * potentials[place][label]
        }
      }
      if place == count - 1 { for label in 0..<labels where closes[label] == false { forward[place][label] = 0 } }
      scales[place] = 1 / max(1e-100, forward[place].reduce(0, +))
      for label in 0..<labels { forward[place][label] *= scales[place] }
    }
    var gradients = [Double](repeating: 0, count: pairs.count)
    var backward = [Double](repeating: 1, count: labels)
    var shares: [[Float]] = Array(repeating: [], count: count)
    for place in (0..<count).reversed() {
      let both = (0..<labels).map { forward[place][$0] * backward[$0] }
      let sum = max(1e-100, both.reduce(0, +))
      shares[place] = both.map { Float($0 / sum) }
      guard place > 0 else { break }
      var next = [Double](repeating: 0, count: labels)
      for label in 0..<labels {
        let ahead = backward[label] * potentials[place][label] * scales[place]
        guard ahead > 0 else { continue }
        for other in before[label] {
          let step = factors[other * labels + label] * ahead
          next[other] += step
          gradients[other * labels + label] -= forward[place - 1][other] * step
        }
      }
      backward = next.map { min($0, 1e100) }
      gradients[Int(gold[place - 1]) * labels + Int(gold[place])] += 1
    }
    for label in starts { gradients[labels * labels + label] -= Double(shares[0][label]) }
    gradients[labels * labels + Int(gold[0])] += 1
    return (shares, gradients.map(Float.init))
  }
}
