import TelexLanguage

/// Which labels can stand behind each other, and what a conditional random field (Lafferty et al. 2001) expects of them.
struct LabelChain {
  let labels: Int
  /// By label before and label; the last row is the sequence's start.
  let isForbidden: [Bool]
  private let before: [[Int]]
  private let starts: [Int]
  /// By label: whether a sequence can end with it. A name can't be open at the end.
  private let closes: [Bool]

  init(labels: Int, isAllowed: (_ before: Int?, _ label: Int) -> Bool) {
    self.labels = labels
    isForbidden = (0...labels).flatMap { before in
      (0..<labels).map { isAllowed(before == labels ? nil : before, $0) == false }
    }
    before = (0..<labels).map { label in (0..<labels).filter { isAllowed($0, label) } }
    starts = (0..<labels).filter { isAllowed(nil, $0) }
    closes = (0..<labels).map { isAllowed($0, 0) }
  }

  /// Of an element's scores: how much speaks for each label, 1 for the label that most speaks for.
  static func potentials(_ scores: [Float]) -> [Double] {
    let highest = scores.max() ?? 0
    return scores.map { Double(exponential(max(-40, $0 - highest))) }
  }

  /// By element, the probability of each label (forward and backward sums, each scaled); and the gradient of each pair.
  ///
  /// In double precision: what one side has all but ruled out grows large on the other.
  func expectations(
    _ potentials: [[Double]], _ pairs: [Float], _ gold: [UInt8]
  ) -> (shares: [[Float]], pairs: [Float]) {
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
    var backward = closes.map { $0 ? 1.0 : 0.0 }
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
