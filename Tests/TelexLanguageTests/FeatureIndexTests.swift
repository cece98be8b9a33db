import TelexLanguage
import TelexTraining
import Testing

@Suite struct FeatureIndexTests {
  private func features(_ count: Int, seed: UInt64) -> [UInt64] {
    var random = FixedRandom(seed: seed)
    return (0..<count).map { _ in random.next() }
  }

  private func found(_ wanted: [UInt64], in index: FeatureIndex) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: wanted.count + 1)
    let count = wanted.withUnsafeBufferPointer { wanted in
      numbers.withUnsafeMutableBufferPointer { numbers in
        guard let from = wanted.baseAddress, let to = numbers.baseAddress else { return 0 }
        return index.find(from, wanted.count, to)
      }
    }
    return Array(numbers[..<count])
  }

  @Test(arguments: [1, 600, 39_000])
  func eachFeatureIsFoundByItsNumber(count: Int) {
    var builder = FeatureIndexBuilder(features(count, seed: 1))
    let index = builder.index()
    #expect(builder.features.count > count - count / 1000 - 1)
    #expect(found(builder.features, in: index) == builder.features.indices.map(Int32.init))
  }

  @Test func whatIsNotThereIsHardlyEverFound() {
    var builder = FeatureIndexBuilder(features(39_000, seed: 1))
    let index = builder.index()
    #expect(found(features(100_000, seed: 2), in: index).count < 20)
  }

  /// The fingerprint is all that tells two features apart whose slots are near each other.
  @Test func ofTwoThatCannotBeToldApartTheFirstIsKept() {
    let one: UInt64 = 0x1234_0000_0000_0010
    let far = one + 0x8000_0000
    var builder = FeatureIndexBuilder([one, one + 3, far])
    let index = builder.index()
    #expect(builder.features == [one, far])
    #expect(found([one, far], in: index) == [0, 1])
  }

  /// What no builder makes: whatever is found, it is a feature that there is.
  @Test func twoAlikeWithinReachGiveNoNumberBeyondTheLast() {
    var slots = [UInt32](repeating: 0, count: 20)
    (slots[0], slots[1]) = (0x1234_0001, 0x1234_0002)
    let index = FeatureIndex(slots: Column(keeping: slots))
    #expect(found([0x1234_0000_0000_0000], in: index) == [2])
  }

  /// More features than slots within reach of one slot make the table larger, or are told apart no longer.
  @Test func manyFeaturesOfOneSlotAreAllFound() {
    let crowd = (0..<8).map { UInt64($0 + 1) << 48 | 5 }
    var builder = FeatureIndexBuilder(crowd)
    let index = builder.index()
    #expect(found(crowd, in: index) == crowd.indices.map(Int32.init))
  }
}
