import TelexLanguage
import TelexTraining
import Testing

@Suite struct LabelPathsTests {
  /// The best sequence found by trying all of them, of equally good ones the first.
  private func best(_ scores: [Int16], stride: Int, _ transitions: [Int32], labels: Int) -> [UInt8] {
    let count = scores.count / stride
    var ways: [(labels: [UInt8], score: Int)] = [([], 0)]
    for place in 0..<count {
      ways = ways.flatMap { way in
        (0..<labels).map { label in
          let before = way.labels.last.map(Int.init) ?? labels
          return (
            way.labels + [UInt8(label)],
            way.score + Int(transitions[before * labels + label]) + Int(scores[place * stride + label])
          )
        }
      }
    }
    return ways.reduce((labels: [], score: Int.min)) { $1.score > $0.score ? $1 : $0 }.labels
  }

  @Test(arguments: [2, 3, 9])
  func theBestOfAllSequencesIsFound(labels: Int) {
    var random = FixedRandom(seed: UInt64(labels))
    for _ in 0..<20 {
      let transitions = (0..<(labels + 1) * labels).map { _ in
        Int.random(in: 0..<6, using: &random) == 0
          ? SequenceModel.forbidden : Int32.random(in: -90...90, using: &random)
      }
      let scores = (0..<4 * 16).map { _ in Int16.random(in: -200...200, using: &random) }
      let found = LabelPaths(Column(keeping: transitions), labels: labels).best(scores, stride: 16)
      #expect(found == best(scores, stride: 16, transitions, labels: labels), "\(transitions) \(scores)")
    }
  }

  /// However long the sequence, sums stay within their bits.
  @Test func aLongSequenceEndsAsItBegan() {
    let transitions: [Int32] = [0, 0, 0, 0, 0, 0]
    let scores = (0..<50_000).flatMap { [Int16($0 % 3 == 0 ? 30_000 : -30_000), 0] + [Int16](repeating: 0, count: 14) }
    let found = LabelPaths(Column(keeping: transitions), labels: 2).best(scores, stride: 16)
    #expect(found == (0..<50_000).map { $0 % 3 == 0 ? 0 : 1 })
  }

  @Test func nothingHasNoLabels() {
    #expect(LabelPaths(Column(keeping: [0, 0, 0, 0, 0, 0]), labels: 2).best([], stride: 16).isEmpty)
  }
}
