package import TelexLanguage

/// Fits `NameConfidence` to names of which it is known whether they are right: logistic regression, by gradient descent over all of
/// them at once.
package struct ConfidenceFit {
  private var rows: [(kind: Int, values: [Float], isRight: Bool)] = []

  package init() {}

  package mutating func add(_ name: NameSpan, isRight: Bool) {
    rows.append((NameLabel.kinds.firstIndex(of: name.kind) ?? 0, NameConfidence.values(name.clues), isRight))
  }

  package func fitted(rounds: Int = 800, rate: Float = 2) -> NameConfidence {
    let kinds = NameLabel.kinds.count
    var weights = [Float](repeating: 0, count: NameConfidence.count)
    for _ in 0..<rounds {
      // Few names of a kind shall not make it wholly sure.
      var gradient = weights.map { -$0 }
      for row in rows {
        var sum = weights[row.kind]
        for (index, value) in row.values.enumerated() { sum += weights[kinds + index] * value }
        let error = (row.isRight ? 1 : 0) - 1 / (1 + exponential(-sum))
        gradient[row.kind] += error
        for (index, value) in row.values.enumerated() { gradient[kinds + index] += error * value }
      }
      for index in weights.indices { weights[index] += rate * gradient[index] / Float(max(1, rows.count)) }
    }
    return NameConfidence(weights: Column(keeping: weights))
  }
}

/// By stretch of confidence: how many names there are, how sure the tagger was, and how many were right.
package struct ReliabilityTable {
  private static let bounds: [Double] = [0, 0.5, 0.7, 0.8, 0.9, 0.95]
  private var counts = [Int](repeating: 0, count: bounds.count)
  private var sums = [Double](repeating: 0, count: bounds.count)
  private var right = [Int](repeating: 0, count: bounds.count)

  package init() {}

  package mutating func add(_ confidence: Double, isRight: Bool) {
    let bin = Self.bounds.lastIndex { $0 <= confidence } ?? 0
    counts[bin] += 1
    sums[bin] += confidence
    if isRight { right[bin] += 1 }
  }

  /// A row of a table for each stretch that isn't empty.
  package var rows: [String] {
    counts.indices.filter { counts[$0] > 0 }.map { bin in
      let end = bin + 1 < Self.bounds.count ? Self.bounds[bin + 1] : 1
      let mean = (sums[bin] / Double(counts[bin]) * 100).rounded() / 100
      let share = (Double(right[bin]) / Double(counts[bin]) * 100).rounded() / 100
      return "| \(Self.bounds[bin])-\(end) | \(counts[bin]) | \(mean) | \(share) |"
    }
  }
}
