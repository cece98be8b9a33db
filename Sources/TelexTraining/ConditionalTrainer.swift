import TelexLanguage

/// Trains a `SequenceModel` as a conditional random field (Lafferty et al. 2001): stochastic gradients with AdaGrad's steps
/// (Duchi et al. 2011) and weights that decay towards zero (L2).
///
/// Slower than the perceptron of `SequenceTrainer`, but better where much of what stands in a text was never seen in training.
struct ConditionalTrainer {
  var chain: LabelChain
  var rounds: Int
  var minimumCount = 2
  /// Size of the first steps.
  var rate: Float = 0.05
  var decay: Float = 5
  /// How many features are kept at the end.
  var mostRows = 39_000
  /// What labels that `isHesitant` holds for lose at the end, as a logarithm: they have to be that much likelier than others.
  var hesitation: Float = 0
  var isHesitant: (_ label: Int) -> Bool = { _ in false }

  init(chain: LabelChain, rounds: Int) {
    self.chain = chain
    self.rounds = rounds
  }

  func train(_ sequences: [LabelledSequence]) -> SequenceModel {
    let table = FeatureTable(sequences, minimumCount: minimumCount)
    let field = ConditionalField(
      features: table.keys.count, chain: chain, rate: rate, decay: decay / Float(max(1, sequences.count)))
    var order = Array(sequences.indices)
    var random = FixedRandom(seed: 1)
    for round in 0..<rounds {
      order.shuffle(using: &random)
      for index in order where (round + index) % sequences[index].pace == 0 {
        field.learn(table.coded[index], sequences[index].labels)
      }
    }
    var pairs = field.pairs
    for pair in pairs.indices where isHesitant(pair % chain.labels) { pairs[pair] -= hesitation }
    return TrainedWeights(
      keys: table.keys, counts: table.counts, weights: field.weightsByLabel(), pairs: pairs,
      isForbidden: chain.isForbidden, labels: chain.labels
    ).packed(mostRows: mostRows, clips: false)
  }
}

/// Weights of a conditional random field while it learns.
private final class ConditionalField {
  private let count: Int
  private let labels: Int
  /// Labels rounded up to whole vectors.
  private let width: Int
  private let chain: LabelChain
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

  init(features: Int, chain: LabelChain, rate: Float, decay: Float) {
    self.chain = chain
    labels = chain.labels
    self.rate = rate
    self.decay = decay
    width = (labels + 7) / 8
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
    let (shares, pairShares) = chain.expectations(potentials, pairs, gold)
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

  private func potentials(_ features: [[Int32]]) -> [[Double]] {
    features.map { features in
      var sums = [SIMD8<Float>](repeating: .zero, count: width)
      for feature in features {
        for part in 0..<width { sums[part] += weights[Int(feature) * width + part] }
      }
      return LabelChain.potentials((0..<labels).map { sums[$0 / 8][$0 % 8] })
    }
  }
}
