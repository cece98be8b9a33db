package import TelexLanguage

/// Makes the table that finds features by their hashes.
package struct FeatureIndexBuilder {
  /// By number of a feature; those left out have none.
  package private(set) var features: [UInt64]
  private var homes: [Int] = []
  private var owners: [Int] = []

  /// - Parameter features: the first are kept where two can't be told apart.
  package init(_ features: [UInt64]) { self.features = features }

  /// The table; `features` then are those that are in it, in their order.
  package mutating func index() -> FeatureIndex {
    var size = 16 + features.count * 4 / 3
    while true {
      guard place(size) else {
        size += size / 16
        continue
      }
      let twins = twins()
      if twins.isEmpty { break }
      features = features.enumerated().filter { twins.contains($0.offset) == false }.map(\.element)
    }
    return FeatureIndex(
      slots: Column(
        keeping: owners.map { $0 < 0 ? 0 : FeatureIndex.fingerprint(features[$0]) << 16 | UInt32($0 & 0xFFFF) }))
  }

  /// Puts each feature near its own slot, moving others on where that is full. False where the table is too small.
  private mutating func place(_ size: Int) -> Bool {
    let reach = FeatureIndex.reach
    homes = features.map { FeatureIndex.home($0, of: size) }
    owners = [Int](repeating: -1, count: size + reach - 1)
    for feature in features.indices {
      guard var free = (homes[feature]..<owners.count).first(where: { owners[$0] < 0 }) else { return false }
      while free - homes[feature] >= reach {
        guard let moved = (free - reach + 1..<free).first(where: { homes[owners[$0]] + reach > free }) else {
          return false
        }
        owners[free] = owners[moved]
        owners[moved] = -1
        free = moved
      }
      owners[free] = feature
    }
    return true
  }

  /// Features that a search for another one could find: the later of two that are alike within reach.
  private func twins() -> Set<Int> {
    var result: Set<Int> = []
    let taken = owners.indices.filter { owners[$0] >= 0 }
    for (place, slot) in taken.enumerated() {
      for other in taken[(place + 1)...] {
        guard other - slot < FeatureIndex.reach else { break }
        let (one, two) = (owners[slot], owners[other])
        if FeatureIndex.fingerprint(features[one]) == FeatureIndex.fingerprint(features[two]) {
          result.insert(max(one, two))
        }
      }
    }
    return result
  }
}
