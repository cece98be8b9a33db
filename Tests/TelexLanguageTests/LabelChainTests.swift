import Foundation
import Testing

@testable import TelexTraining

/// What a conditional random field expects, against every sequence of labels there is.
@Suite struct LabelChainTests {
  /// Label 2 stands behind 1 only, and nothing ends with 1.
  private let chain = LabelChain(labels: 3) { before, label in (before == 1) == (label == 2) }
  private let potentials = [[1, 0.4, 0.1], [0.3, 1, 0.7], [0.2, 0.5, 1], [1, 0.9, 0.8]]
  private let pairs: [Float] = [0.3, -0.2, 0, 0, 0, 0.8, -0.5, 0.1, 0, 0.2, 0.4, 0]

  private func sequences(_ length: Int) -> [[Int]] {
    guard length > 0 else { return [[]] }
    return sequences(length - 1).flatMap { start in (0..<3).map { start + [$0] } }
  }

  private func weight(_ labels: [Int]) -> Double {
    var sum = 1.0
    for (place, label) in labels.enumerated() {
      let before = place == 0 ? 3 : labels[place - 1]
      guard chain.isForbidden[before * 3 + label] == false else { return 0 }
      sum *= potentials[place][label] * exp(Double(pairs[before * 3 + label]))
    }
    return labels.last == 1 ? 0 : sum
  }

  @Test func sharesAreThoseOfAllSequences() {
    let all = sequences(4).map { ($0, weight($0)) }
    let total = all.reduce(0) { $0 + $1.1 }
    let shares = chain.expectations(potentials, pairs, [0, 1, 2, 0]).shares
    for place in 0..<4 {
      for label in 0..<3 {
        let expected = all.reduce(0) { $0 + ($1.0[place] == label ? $1.1 : 0) } / total
        #expect(abs(Double(shares[place][label]) - expected) < 1e-4, "place \(place), label \(label)")
      }
    }
  }

  @Test func gradientsOfPairsAreWhatIsThereLessWhatIsExpected() {
    let gold = [0, 1, 2, 0]
    let all = sequences(4).map { ($0, weight($0)) }
    let total = all.reduce(0) { $0 + $1.1 }
    let gradients = chain.expectations(potentials, pairs, gold.map(UInt8.init)).pairs
    func count(_ labels: [Int], _ before: Int, _ label: Int) -> Double {
      Double(labels.indices.filter { labels[$0] == label && ($0 == 0 ? 3 : labels[$0 - 1]) == before }.count)
    }
    for before in 0...3 {
      for label in 0..<3 where chain.isForbidden[before * 3 + label] == false {
        let expected = all.reduce(0) { $0 + count($1.0, before, label) * $1.1 } / total
        let gradient = Double(gradients[before * 3 + label])
        #expect(abs(gradient - (count(gold, before, label) - expected)) < 1e-4, "\(before) before \(label)")
      }
    }
  }
}
