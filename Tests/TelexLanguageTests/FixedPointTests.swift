import TelexLanguage
import TelexTraining
import Testing

@Suite struct FixedPointTests {
  @Test(arguments: [16, 32, 48, 64, 80, 112]) func productsAreThoseOfTheMatrix(outputs: Int) throws {
    var random = FixedRandom(seed: 1)
    let inputs = 12
    // Zeros alone, in the first and second place of a pair, and in both.
    let row = (0..<inputs).map { [1, 2, 6, 7, 10].contains($0) ? 0 : Int16.random(in: -9000...9000, using: &random) }
    let weights = (0..<inputs * outputs).map { _ in Int16.random(in: -2000...2000, using: &random) }
    let expected = (0..<outputs).map { output in
      (0..<inputs).reduce(Int32(output)) { $0 + Int32(row[$1]) * Int32(weights[$1 * outputs + output]) }
    }
    let blocked = Column(keeping: FixedPoint.blocked(weights, inputs: inputs, outputs: outputs).aligned)
    let list = UnsafeMutablePointer<FixedPoint.InputPair>.allocate(capacity: inputs / 2)
    let sums = UnsafeMutablePointer<SIMD4<Int32>>.allocate(capacity: outputs / 4)
    defer {
      list.deallocate()
      sums.deallocate()
    }
    for four in 0..<outputs / 4 { sums[four] = SIMD4(0, 1, 2, 3) &+ Int32(four * 4) }
    let count = try row.withUnsafeBufferPointer {
      FixedPoint.list(try #require($0.baseAddress), pairs: inputs / 2, into: list)
    }
    #expect(count == 5)
    FixedPoint.multiply(list, count, by: pointer(blocked), pairs: inputs / 2, outputs: outputs, addingTo: sums)
    #expect((0..<outputs).map { sums[$0 / 4][$0 % 4] } == expected)
  }

  @Test func numbersBelowZeroAreRectified() {
    let numbers = SIMD8<Int16>(-32768, -1, 0, 1, 7, 32767, -9, 300)
    #expect(FixedPoint.rectified(numbers) == SIMD8<Int16>(0, 0, 0, 1, 7, 32767, 0, 300))
  }

  @Test func numbersBeyondSixteenBitsAreTheOutermost() {
    let narrowed = FixedPoint.narrowed(SIMD4(-40_000, -32_768, -1, 0), SIMD4(1, 32_767, 32_768, Int32.max))
    #expect(narrowed == SIMD8<Int16>(-32_768, -32_768, -1, 0, 1, 32_767, 32_767, 32_767))
  }

  @Test func ofTwoRowsTheSmallerAndTheLargerAreTakenPlaceByPlace() {
    let one = SIMD8<Int16>(-32_768, -1, 0, 1, 7, 32_767, -9, 300)
    let other = SIMD8<Int16>(32_767, -2, 0, 2, 7, -32_768, -8, 299)
    #expect(FixedPoint.smaller(one, other) == SIMD8<Int16>(-32_768, -2, 0, 1, 7, -32_768, -9, 299))
    #expect(FixedPoint.larger(one, other) == SIMD8<Int16>(32_767, -1, 0, 2, 7, 32_767, -8, 300))
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
