package import TelexText

/// A linear model that gives each element of a sequence a label: hashed features with a weight for each label, and a
/// weight for each pair of neighbouring labels; the best sequence is found by Viterbi's algorithm.
///
/// Weights are 8-bit integers and sums are exact, so every machine gives the same labels.
package struct SequenceModel: Sendable {
  /// Labels; rows are padded to `stride`.
  package let labels: Int
  package let stride: Int
  /// The features, by the number of their row.
  package let index: FeatureIndex
  /// By row: weight of each label.
  package let weights: Column<Int8>
  /// By label before and label; row `labels` is the sequence's start. `forbidden` where a pair can't be.
  package let transitions: Column<Int32>
  /// How much of the model's own unit one step of the weights is.
  package let unit: Float
  private let paths: LabelPaths

  package static let forbidden: Int32 = -1_000_000

  package init(
    labels: Int, stride: Int, index: FeatureIndex, weights: Column<Int8>, transitions: Column<Int32>, unit: Float
  ) {
    self.labels = labels
    self.stride = stride
    self.index = index
    self.weights = weights
    self.transitions = transitions
    self.unit = unit
    paths = LabelPaths(transitions, labels: labels)
  }

  /// - Throws: `ResourceError` where the file is missing, damaged or of another version.
  package init(_ name: String, in directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile(name, in: directory)
    let shape: Column<UInt32> = try file.section("shape")
    let unit: Column<Float> = try file.section("unit")
    index = FeatureIndex(slots: try file.section("slots"))
    weights = try file.section("weights")
    transitions = try file.section("transitions")
    guard shape.count == 2, unit.count == 1, shape[0] > 0, shape[0] <= shape[1], shape[1] % 16 == 0,
      shape[1] <= LabelPaths.mostLabels, weights.count % Int(shape[1]) == 0,
      index.isSound(rows: weights.count / Int(shape[1])), transitions.count == Int((shape[0] + 1) * shape[0])
    else { throw ResourceError(path: file.path, message: "has tables that don't fit together") }
    labels = Int(shape[0])
    stride = Int(shape[1])
    self.unit = unit[0]
    let transitions = transitions
    guard labels <= LabelPaths.mostLabels, (0..<transitions.count).allSatisfy({ LabelPaths.canHold(transitions[$0]) })
    else { throw ResourceError(path: file.path, message: "has labels or transitions beyond what is read") }
    paths = LabelPaths(transitions, labels: labels)
    file.release()
  }

  /// Features of one element that are looked up at once.
  private static let batch = 128

  /// The scores of all labels for each of `count` elements, `stride` for each element.
  ///
  /// - Parameter features: calls its second argument with each feature of the element with that index.
  @inline(__always)
  package func scores(_ count: Int, _ features: (_ index: Int, _ body: (UInt64) -> Void) -> Void) -> [Int16] {
    var scores = [Int16](repeating: 0, count: count * stride)
    scores.withUnsafeMutableBufferPointer { scores in
      guard let base = scores.baseAddress else { return }
      score(count, into: base, features)
    }
    return scores
  }

  /// The same, added to scores that stand somewhere.
  @inline(__always)
  package func score(
    _ count: Int, into scores: UnsafeMutablePointer<Int16>,
    _ features: (_ index: Int, _ body: (UInt64) -> Void) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.batch) { keys in
      guard let keys = keys.baseAddress else { return }
      for index in 0..<count {
        var filled = 0
        features(index) { key in
          if filled == Self.batch {
            add(keys, filled, to: scores + index * stride)
            filled = 0
          }
          keys[filled] = key
          filled &+= 1
        }
        add(keys, filled, to: scores + index * stride)
      }
    }
  }

  /// Adds the weights of some features, at most `batch`, to the scores of the labels.
  private func add(_ features: UnsafePointer<UInt64>, _ count: Int, to scores: UnsafeMutablePointer<Int16>) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.batch + 1) { hits in
      guard let hits = hits.baseAddress else { return }
      let found = index.find(features, count, hits)
      let sums = UnsafeMutableRawPointer(scores)
      // As in `find`, memory is asked for all rows before one is needed.
      var touched: Int8 = 0
      for hit in 0..<found { touched ^= weights.base[Int(hits[hit]) &* stride] }
      hits[found] = Int32(touched)
      var lane = 0
      while lane < stride {
        // Sixteen weights of eight bits are read as eight numbers of sixteen bits: the odd weights are their upper halves.
        let rows = UnsafeRawPointer(weights.base) + lane
        var even = SIMD8<Int16>.zero
        var odd = SIMD8<Int16>.zero
        for hit in 0..<found {
          let pair = rows.loadUnaligned(fromByteOffset: Int(hits[hit]) &* stride, as: SIMD8<Int16>.self)
          even &+= (pair &<< 8) &>> 8
          odd &+= pair &>> 8
        }
        var sum = sums.loadUnaligned(fromByteOffset: lane * 2, as: SIMD16<Int16>.self)
        sum.evenHalf &+= even
        sum.oddHalf &+= odd
        sums.storeBytes(of: sum, toByteOffset: lane * 2, as: SIMD16<Int16>.self)
        lane += 16
      }
    }
  }

  /// The best sequence of labels.
  ///
  /// - Parameter scores: `stride` for each element.
  package func best(_ scores: [Int16]) -> [UInt8] { paths.best(scores, stride: stride) }
}
