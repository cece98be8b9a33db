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
  private let paths: LabelPaths

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
    paths = LabelPaths(transitions, labels: labels)
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
    let transitions = transitions
    guard labels <= LabelPaths.mostLabels, (0..<transitions.count).allSatisfy({ LabelPaths.canHold(transitions[$0]) })
    else { throw ResourceError(path: file.path, message: "has labels or transitions beyond what is read") }
    paths = LabelPaths(transitions, labels: labels)
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
  ///
  /// All are looked up before any row is read, without a branch that depends on whether the model knows one: which it does is
  /// as good as random to the processor.
  private func add(_ features: UnsafePointer<UInt64>, _ count: Int, to scores: UnsafeMutablePointer<Int16>) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.batch + 1) { hits in
      guard let hits = hits.baseAddress else { return }
      let found = look(features, count, hits)
      let sums = UnsafeMutableRawPointer(scores)
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

  /// Writes the slots of those features that the model knows; returns how many.
  private func look(_ features: UnsafePointer<UInt64>, _ count: Int, _ hits: UnsafeMutablePointer<Int32>) -> Int {
    let mask = keys.count - 1
    let table = UnsafeRawPointer(keys.base)
    // Memory is slower than all that follows, and can be asked for many slots at a time if nothing else is between.
    var touched: UInt32 = 0
    for index in 0..<count { touched ^= keys.base[Int(truncatingIfNeeded: features[index]) & mask] }
    hits[0] = Int32(bitPattern: touched)
    var found = 0
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: features[index]) & mask
      let key = UInt32(truncatingIfNeeded: features[index] &>> 32) | 1
      if slot <= mask - 3 {
        let four = table.loadUnaligned(fromByteOffset: slot &* 4, as: SIMD4<UInt32>.self)
        let places = SIMD4<Int32>(1, 2, 3, 4).replacing(with: 0, where: four .!= SIMD4(repeating: key)).wrappedSum()
        hits[found] = Int32(truncatingIfNeeded: slot) &+ places &- 1
        // One for the places 1 to 4.
        found &+= Int(truncatingIfNeeded: (places &+ 3) &>> 2)
        if any((four .== SIMD4(repeating: key)) .| (four .== SIMD4(repeating: 0))) { continue }
        slot += 4
      }
      while true {
        slot &= mask
        let other = keys.base[slot]
        if other == key {
          hits[found] = Int32(truncatingIfNeeded: slot)
          found += 1
        }
        if other == key || other == 0 { break }
        slot += 1
      }
    }
    return found
  }

  /// The best sequence of labels.
  ///
  /// - Parameter scores: `stride` for each element.
  package func best(_ scores: [Int16]) -> [UInt8] { paths.best(scores, stride: stride) }
}
