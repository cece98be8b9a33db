/// Counts of durations in buckets that grow by an eighth, from a microsecond to some days: constant memory, and
/// percentiles right to within 12.5 %.
package struct LatencyHistogram: Sendable, Equatable {
  private static let bucketsPerDoubling = 8
  private static let doublings = 40

  private var buckets = [UInt64](repeating: 0, count: bucketsPerDoubling * doublings)
  package private(set) var count: UInt64 = 0
  package private(set) var sum = Duration.zero

  package init() {}

  package mutating func record(_ latency: Duration) {
    let microseconds = UInt64(max(0, latency.wholeNanoseconds) / 1_000)
    buckets[Self.bucket(of: microseconds)] += 1
    count += 1
    sum += max(latency, .zero)
  }

  /// The duration that `fraction` (0…1) of all records do not exceed, rounded up to its bucket's end; nil while empty.
  package func percentile(_ fraction: Double) -> Duration? {
    guard count > 0 else { return nil }
    let rank = max(1, UInt64((Double(count) * fraction).rounded(.up)))
    var seen: UInt64 = 0
    for (index, bucket) in buckets.enumerated() {
      seen += bucket
      if seen >= rank { return .microseconds(Self.upperBound(of: index)) }
    }
    return .microseconds(Self.upperBound(of: buckets.count - 1))
  }

  /// Buckets below 8 hold one value each; above, each power of two is cut into eight.
  private static func bucket(of microseconds: UInt64) -> Int {
    guard microseconds >= UInt64(bucketsPerDoubling) else { return Int(microseconds) }
    let exponent = 63 - microseconds.leadingZeroBitCount
    let eighth = Int((microseconds >> UInt64(exponent - 3)) & 7)
    return min((exponent - 2) * bucketsPerDoubling + eighth, bucketsPerDoubling * doublings - 1)
  }

  private static func upperBound(of bucket: Int) -> Int64 {
    guard bucket >= bucketsPerDoubling else { return Int64(bucket) }
    let exponent = bucket / bucketsPerDoubling + 2
    let eighth = Int64(bucket % bucketsPerDoubling)
    return ((8 + eighth + 1) << Int64(exponent - 3)) - 1
  }
}
