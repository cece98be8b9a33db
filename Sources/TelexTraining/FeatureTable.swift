import TelexLanguage

/// Features of the training material by number, those left out that are too rare to learn anything of.
struct FeatureTable {
  private(set) var keys: [UInt64] = []
  /// How often each is seen.
  private(set) var counts: [Int32] = []
  /// By sequence and element.
  private(set) var coded: [[[Int32]]] = []

  init(_ sequences: [LabelledSequence], minimumCount: Int) {
    var seen: [UInt64: Int32] = [:]
    for key in sequences.lazy.flatMap(\.features).joined() { seen[key, default: 0] += 1 }
    var numbers: [UInt64: Int32] = [:]
    for sequence in sequences {
      coded.append(
        sequence.features.map { features in
          features.compactMap { key in
            guard let count = seen[key], count >= minimumCount else { return nil }
            if let number = numbers[key] { return number }
            let number = Int32(keys.count)
            numbers[key] = number
            keys.append(key)
            counts.append(count)
            return number
          }
        })
    }
  }
}

/// What training ends with, before it is packed: a row of weights for each feature, and one for each label before a label.
struct TrainedWeights {
  var keys: [UInt64]
  /// How often each feature is seen.
  var counts: [Int32]
  /// By feature and label.
  var weights: [Float]
  /// By label before and label; the last row is the sequence's start.
  var pairs: [Float]
  var isForbidden: [Bool]
  var labels: Int

  /// Eight bits a weight.
  ///
  /// - Parameters:
  ///   - mostRows: how many features are kept (never more than 65,535), those with the largest weights that are seen most.
  ///   - clips: whether the largest tenth of a thousandth is clipped, so that the rest keeps its precision. Where a few features that
  ///     are always there outweigh the rest, as weights that decay make them, that costs dearly.
  func packed(mostRows: Int = .max, clips: Bool = true) -> SequenceModel {
    var peaks = keys.indices.map { key in (0..<labels).reduce(Float(0)) { max($0, abs(weights[key * labels + $1])) } }
    let mostRows = min(mostRows, Int(UInt16.max))
    if mostRows < keys.count {
      let gains = keys.indices.map { peaks[$0] * Float(counts[$0]).squareRoot() }
      let ranked = keys.indices.sorted { (gains[$1], keys[$0]) < (gains[$0], keys[$1]) }
      for key in ranked.dropFirst(mostRows) { peaks[key] = 0 }
    }
    var sizes: [Float] = []
    for key in keys.indices where peaks[key] > 0 {
      for weight in weights[key * labels..<(key + 1) * labels] where weight != 0 { sizes.append(abs(weight)) }
    }
    sizes.sort()
    let last = clips ? min(sizes.count - 1, sizes.count * 9_999 / 10_000) : sizes.count - 1
    let largest = sizes.isEmpty ? 1 : sizes[last]
    let unit = largest / 127
    let stride = (labels + 15) / 16 * 16
    // The commonest first: what is often read lies together.
    let rows = keys.indices.filter { peaks[$0] >= unit / 2 }
      .sorted { (counts[$1], keys[$0]) < (counts[$0], keys[$1]) }
    let numbers = Dictionary(uniqueKeysWithValues: rows.map { (keys[$0], $0) })
    var builder = FeatureIndexBuilder(rows.map { keys[$0] })
    let index = builder.index()
    var table: [Int8] = []
    table.reserveCapacity(builder.features.count * stride)
    for key in builder.features.compactMap({ numbers[$0] }) {
      table += weights[key * labels..<(key + 1) * labels].map { Int8(max(-127, min(127, ($0 / unit).rounded()))) }
      table += [Int8](repeating: 0, count: stride - labels)
    }
    let transitions = zip(pairs, isForbidden).map { $1 ? SequenceModel.forbidden : Int32(($0 / unit).rounded()) }
    return SequenceModel(
      labels: labels, stride: stride, index: index, weights: Column(keeping: table),
      transitions: Column(keeping: transitions), unit: unit)
  }
}
