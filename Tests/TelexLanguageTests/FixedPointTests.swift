import TelexLanguage
import TelexTraining
import Testing

@Suite struct FixedPointTests {
  @Test func sumsAreThoseOfTheMatrix() {
    var random = FixedRandom(seed: 1)
    let (inputs, outputs) = (6, 32)
    let row = (0..<inputs).map { _ in Int16.random(in: -9000...9000, using: &random) }
    let weights = (0..<inputs * outputs).map { _ in Int16.random(in: -2000...2000, using: &random) }
    let expected = (0..<outputs).map { output in
      (0..<inputs).reduce(Int32(0)) { $0 + Int32(row[$1]) * Int32(weights[$1 * outputs + output]) }
    }
    let blocked = Column(keeping: FixedPoint.blocked(weights, inputs: inputs, outputs: outputs).aligned)
    let found = (0..<outputs / 16).flatMap { group -> [Int32] in
      let sums = row.withUnsafeBufferPointer { row in
        row.baseAddress.map { FixedPoint.sums($0, pairs: inputs / 2, pointer(blocked) + group * inputs * 16) }
      }
      guard let sums else { return [] }
      return [sums.0, sums.1, sums.2, sums.3].flatMap { sum in (0..<4).map { sum[$0] } }
    }
    #expect(found == expected)
  }

  @Test func numbersBelowZeroAreRectified() {
    let numbers = SIMD8<Int16>(-32768, -1, 0, 1, 7, 32767, -9, 300)
    #expect(FixedPoint.rectified(numbers) == SIMD8<Int16>(0, 0, 0, 1, 7, 32767, 0, 300))
  }

  private func pointer(_ column: Column<SIMD8<Int16>>) -> UnsafePointer<Int16> {
    UnsafeRawPointer(column.base).assumingMemoryBound(to: Int16.self)
  }

  @Test func aRowOfBytesIsAddedInItsOwnOrder() {
    let row = (0..<32).map { Int8($0 * 7 % 100 - 50) }
    var sums = [SIMD8<Int16>](repeating: SIMD8(repeating: 1000), count: 4)
    FixedPoint.paired(row).withUnsafeBufferPointer { row in
      guard let row = row.baseAddress else { return }
      for group in 0..<2 {
        var (first, second) = (sums[group * 2], sums[group * 2 + 1])
        FixedPoint.add(row + group * 16, scale: 3, to: &first, &second)
        (sums[group * 2], sums[group * 2 + 1]) = (first, second)
      }
    }
    #expect(sums.flatMap { sum in (0..<8).map { sum[$0] } } == row.map { 1000 + 3 * Int16($0) })
  }
}

extension [Int16] {
  /// The numbers by eight, as memory for them must be aligned.
  fileprivate var aligned: [SIMD8<Int16>] { stride(from: 0, to: count, by: 8).map { SIMD8(self[$0..<$0 + 8]) } }
}
