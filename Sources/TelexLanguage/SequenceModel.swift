package import TelexText

/// A linear model that gives each element of a sequence a label: hashed features with a weight for each label, and a
/// weight for each pair of neighbouring labels; the best sequence is found by Viterbi's algorithm.
///
/// Weights are 8-bit integers and sums are exact, so every machine gives the same labels.
package struct SequenceModel: Sendable {
  /// Labels; rows are padded to `stride`.
  package let labels: Int
  package let stride: Int
  /// Upper halves of the features' hashes, 0 for a free slot; a power of two of them, probed linearly.
  package let keys: Column<UInt32>
  /// By slot: weight of each label.
  package let weights: Column<Int8>
  /// By label before and label; row `labels` is the sequence's start. `forbidden` where a pair can't be.
  package let transitions: Column<Int32>
  /// How much of the model's own unit one step of the weights is.
  package let unit: Float

  package static let forbidden: Int32 = -1_000_000

  package init(
    labels: Int, stride: Int, keys: Column<UInt32>, weights: Column<Int8>, transitions: Column<Int32>, unit: Float
  ) {
    self.labels = labels
    self.stride = stride
    self.keys = keys
    self.weights = weights
    self.transitions = transitions
    self.unit = unit
  }

  /// - Throws: `ResourceError` where the file is missing, damaged or of another version.
  package init(_ name: String, in directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile(name, in: directory)
    let shape: Column<UInt32> = try file.section("shape")
    let unit: Column<Float> = try file.section("unit")
    keys = try file.section("keys")
    weights = try file.section("weights")
    transitions = try file.section("transitions")
    guard shape.count == 2, unit.count == 1, shape[0] <= shape[1], shape[1] % 16 == 0, keys.count.nonzeroBitCount == 1,
      weights.count == keys.count * Int(shape[1]), transitions.count == Int((shape[0] + 1) * shape[0])
    else { throw ResourceError(path: file.path, message: "has tables that don't fit together") }
    labels = Int(shape[0])
    stride = Int(shape[1])
    self.unit = unit[0]
  }

  /// Adds the weights of a feature to the scores of the labels.
  @inline(__always)
  package func add(_ feature: UInt64, to scores: UnsafeMutablePointer<Int16>) {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: feature) & mask
    let key = UInt32(truncatingIfNeeded: feature &>> 32) | 1
    while true {
      let found = keys.base[slot]
      if found == key { break }
      if found == 0 { return }
      slot = (slot + 1) & mask
    }
    let row = UnsafeRawPointer(weights.base + slot * stride)
    let sums = UnsafeMutableRawPointer(scores)
    var lane = 0
    while lane < stride {
      let step = SIMD16<Int16>(truncatingIfNeeded: row.loadUnaligned(fromByteOffset: lane, as: SIMD16<Int8>.self))
      let sum = sums.loadUnaligned(fromByteOffset: lane * 2, as: SIMD16<Int16>.self) &+ step
      sums.storeBytes(of: sum, toByteOffset: lane * 2, as: SIMD16<Int16>.self)
      lane += 16
    }
  }

  /// The best sequence of labels.
  ///
  /// - Parameter scores: `stride` for each element.
  package func best(_ scores: [Int16]) -> [UInt8] {
    let count = scores.count / stride
    guard count > 0 else { return [] }
    var back = [UInt8](repeating: 0, count: count * labels)
    var now = (0..<labels).map { Int32(scores[$0]) + transitions[labels * labels + $0] }
    var next = now
    for place in 1..<max(1, count) {
      for label in 0..<labels {
        var best = Int32.min
        var from = 0
        for before in 0..<labels {
          let value = now[before] + transitions.base[before * labels + label]
          if value > best { (best, from) = (value, before) }
        }
        next[label] = best + Int32(scores[place * stride + label])
        back[place * labels + label] = UInt8(from)
      }
      swap(&now, &next)
    }
    var label = now.indices.max { now[$0] < now[$1] } ?? 0
    var result = [UInt8](repeating: 0, count: count)
    for place in stride(from: count - 1, through: 0, by: -1) {
      result[place] = UInt8(label)
      label = Int(back[place * labels + label])
    }
    return result
  }

  private func stride(from start: Int, through end: Int, by step: Int) -> StrideThrough<Int> {
    Swift.stride(from: start, through: end, by: step)
  }
}
