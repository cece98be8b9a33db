import TelexLanguage
import TelexTraining
import Testing

@Suite struct LabelPathsTests {
  private func score(_ way: [UInt8], _ scores: [Int16], _ transitions: [Int32], labels: Int) -> Int {
    way.indices.reduce(0) { sum, place in
      let before = place > 0 ? Int(way[place - 1]) : labels
      return sum + Int(transitions[before * labels + Int(way[place])]) + Int(scores[place * 16 + Int(way[place])])
    }
  }

  /// All sequences of four labels.
  private func ways(_ labels: Int) -> [[UInt8]] {
    (0..<4).reduce([[]]) { ways, _ in ways.flatMap { way in (0..<labels).map { way + [UInt8($0)] } } }
  }

  @Test(arguments: [2, 3, 6])
  func theBestOfAllSequencesIsFound(labels: Int) {
    var random = FixedRandom(seed: UInt64(labels))
    for _ in 0..<20 {
      let transitions = (0..<(labels + 1) * labels).map { _ in
        Int.random(in: 0..<6, using: &random) == 0
          ? SequenceModel.forbidden : Int32.random(in: -90...90, using: &random)
      }
      let scores = (0..<4 * 16).map { _ in Int16.random(in: -200...200, using: &random) }
      let found = LabelPaths(Column(keeping: transitions), labels: labels).best(scores, stride: 16)
      let best = ways(labels).map { score($0, scores, transitions, labels: labels) }.max()
      #expect(score(found, scores, transitions, labels: labels) == best, "\(transitions) \(scores)")
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
