/// Finds the best sequence of labels by Viterbi's algorithm, eight labels at a time.
///
/// A score and the label before it are one 32-bit number: the score above, 31 minus the label in the lowest five bits. The
/// larger of two such numbers is the better way, and of two equally good ones that with the smaller label.
package struct LabelPaths: Sendable {
  package static let mostLabels = 32
  private static let labelBits: Int32 = 5
  /// So many places on, scores are counted from the best again, so that they fit into 27 bits.
  private static let stretch = 64

  private let labels: Int
  /// Labels with those that fill the last eight.
  private let width: Int
  /// By label before and label, shifted by the label's bits; row `labels` is the sequence's start.
  private let transitions: Column<Int32>

  /// Whether a transition is small enough, or forbidden.
  static func canHold(_ transition: Int32) -> Bool {
    transition == SequenceModel.forbidden || transition.magnitude <= Int32(Int16.max).magnitude
  }

  package init(_ transitions: Column<Int32>, labels: Int) {
    self.labels = labels
    width = (labels + 7) / 8 * 8
    var table: [Int32] = []
    for before in 0...labels {
      for label in 0..<width {
        table.append(label < labels ? transitions[before * labels + label] << Self.labelBits : 0)
      }
    }
    self.transitions = Column(keeping: table)
  }

  /// - Parameter scores: `stride` for each element, a multiple of eight that is not less than the labels.
  package func best(_ scores: [Int16], stride: Int) -> [UInt8] {
    let count = scores.count / stride
    guard count > 0 else { return [] }
    var result = [UInt8](repeating: 0, count: count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * width) { back in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: width * 2) { ways in
        scores.withUnsafeBufferPointer { scores in
          guard let back = back.baseAddress, let now = ways.baseAddress, let scores = scores.baseAddress else { return }
          for label in 0..<labels {
            now[label] = Int32(scores[label]) &+ transitions[labels * width + label] &>> Self.labelBits
          }
          for place in 1..<max(1, count) {
            if place % Self.stretch == 0 { rebase(now) }
            advance(now, scores + place * stride, back + place * width)
          }
          var label = (0..<labels).max { now[$0] < now[$1] } ?? 0
          for place in (0..<count).reversed() {
            result[place] = UInt8(truncatingIfNeeded: label)
            if place > 0 { label = min(Int(back[place * width + label]), labels - 1) }
          }
        }
      }
    }
    return result
  }

  /// From the scores of one place, in `now`, to those of the next.
  private func advance(
    _ now: UnsafeMutablePointer<Int32>, _ scores: UnsafePointer<Int16>, _ back: UnsafeMutablePointer<UInt8>
  ) {
    let ways = now + width
    for label in 0..<labels { ways[label] = now[label] &<< Self.labelBits | (31 &- Int32(truncatingIfNeeded: label)) }
    var block = 0
    while block < width {
      let row = UnsafeRawPointer(transitions.base + block)
      var best = SIMD8<Int32>(repeating: Int32.min / 2)
      for before in 0..<labels {
        let way =
          row.loadUnaligned(fromByteOffset: before &* width &* 4, as: SIMD8<Int32>.self)
          &+ SIMD8(repeating: ways[before])
        best.replace(with: way, where: way .> best)
      }
      let earned = UnsafeRawPointer(scores + block).loadUnaligned(as: SIMD8<Int16>.self)
      UnsafeMutableRawPointer(now + block).storeBytes(
        of: (best &>> Self.labelBits) &+ SIMD8<Int32>(truncatingIfNeeded: earned), as: SIMD8<Int32>.self)
      UnsafeMutableRawPointer(back + block).storeBytes(
        of: SIMD8<UInt8>(truncatingIfNeeded: 31 &- (best & 31)), as: SIMD8<UInt8>.self)
      block += 8
    }
  }

  private func rebase(_ now: UnsafeMutablePointer<Int32>) {
    var highest = Int32.min
    for label in 0..<labels { highest = max(highest, now[label]) }
    for label in 0..<labels { now[label] = max(now[label] &- highest, 4 * SequenceModel.forbidden) }
  }
}
