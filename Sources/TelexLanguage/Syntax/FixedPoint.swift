/// Sums and products of 16-bit fixed-point rows, written so that the compiler makes of them the instruction that multiplies
/// eight numbers and adds them by twos (pmaddwd on x86, smull and smlal2 on ARM).
package enum FixedPoint {
  /// What a number of the layers before the last counts: a word's sums, and what the convolution makes of them.
  package static let activationScale: Float = 2048
  /// What a weight of the convolution and of the places counts.
  package static let weightBits: Int32 = 11
  /// What a number of the hidden layer counts.
  package static let hiddenScale: Float = 512
  /// What a weight of the last layer counts.
  package static let outputScale: Float = 1024
  /// Most that one place adds to the hidden layer: ten of them, and what stands beside them, fit into 16 bits.
  package static let largestPart: Int16 = 3000
  /// From products to the hidden layer.
  static let hiddenShift: Int32 = 11 + 11 - 9

  /// The products of eight pairs, added by twos.
  @inline(__always)
  package static func products(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD4<Int32> {
    let products = SIMD8<Int32>(truncatingIfNeeded: a) &* SIMD8<Int32>(truncatingIfNeeded: b)
    return products.evenHalf &+ products.oddHalf
  }

  /// A pair of inputs that aren't both zero.
  package struct InputPair: Sendable {
    /// The first input in the lower half.
    var inputs: Int32
    /// Where its weights lie among those of sixteen outputs, in bytes.
    var weights: Int32
  }

  /// Lists the pairs of a row that aren't both zero, behind a rectifier two of three, and returns how many there are.
  ///
  /// - Parameter list: room for all pairs.
  package static func list(
    _ inputs: UnsafePointer<Int16>, pairs: Int, into list: UnsafeMutablePointer<InputPair>
  ) -> Int {
    let inputs = UnsafeRawPointer(inputs)
    var count = 0
    for pair in 0..<pairs {
      let both = inputs.loadUnaligned(fromByteOffset: pair &* 4, as: Int32.self)
      list[count] = InputPair(inputs: both, weights: Int32(truncatingIfNeeded: pair &* 64))
      // No branch: which are zero is as good as random.
      count &+= both == 0 ? 0 : 1
    }
    return count
  }

  /// Adds to the sums of all outputs the products of a row's pairs with their weights.
  ///
  /// - Parameters:
  ///   - weights: in the order of `blocked`.
  ///   - pairs: how many of them the weights are for.
  ///   - outputs: a multiple of sixteen.
  ///   - sums: four outputs each.
  package static func multiply(
    _ list: UnsafePointer<InputPair>, _ count: Int, by weights: UnsafePointer<Int16>, pairs: Int, outputs: Int,
    addingTo sums: UnsafeMutablePointer<SIMD4<Int32>>
  ) {
    var weights = UnsafeRawPointer(weights)
    var sums = sums
    var left = outputs / 16
    // Several blocks of sixteen at a time, so that the list is gone through less often; the processor has registers for three.
    while left > 0 {
      let blocks = left >= 5 || left == 3 ? 3 : min(left, 2)
      let (second, third) = (weights + pairs &* 64, weights + pairs &* 128)
      switch blocks {
      case 3: multiplyThrice(list, count, weights, second, third, sums)
      case 2: multiplyTwice(list, count, weights, second, sums)
      default: multiplyOnce(list, count, weights, sums)
      }
      weights += pairs &* 64 &* blocks
      sums += 4 &* blocks
      left &-= blocks
    }
  }

  /// Functions of their own: in the midst of another one the compiler leaves half of the products to calls.
  @inline(never)
  private static func multiplyThrice(
    _ list: UnsafePointer<InputPair>, _ count: Int, _ weights: UnsafeRawPointer, _ others: UnsafeRawPointer,
    _ last: UnsafeRawPointer, _ sums: UnsafeMutablePointer<SIMD4<Int32>>
  ) {
    var first = (sums[0], sums[1], sums[2], sums[3])
    var second = (sums[4], sums[5], sums[6], sums[7])
    var third = (sums[8], sums[9], sums[10], sums[11])
    for index in 0..<count {
      let pair = list[index]
      add(pair, weights, to: &first)
      add(pair, others, to: &second)
      add(pair, last, to: &third)
    }
    (sums[0], sums[1], sums[2], sums[3]) = first
    (sums[4], sums[5], sums[6], sums[7]) = second
    (sums[8], sums[9], sums[10], sums[11]) = third
  }

  @inline(never)
  private static func multiplyTwice(
    _ list: UnsafePointer<InputPair>, _ count: Int, _ weights: UnsafeRawPointer, _ others: UnsafeRawPointer,
    _ sums: UnsafeMutablePointer<SIMD4<Int32>>
  ) {
    var first = (sums[0], sums[1], sums[2], sums[3])
    var second = (sums[4], sums[5], sums[6], sums[7])
    for index in 0..<count {
      let pair = list[index]
      add(pair, weights, to: &first)
      add(pair, others, to: &second)
    }
    (sums[0], sums[1], sums[2], sums[3]) = first
    (sums[4], sums[5], sums[6], sums[7]) = second
  }

  @inline(never)
  private static func multiplyOnce(
    _ list: UnsafePointer<InputPair>, _ count: Int, _ weights: UnsafeRawPointer,
    _ sums: UnsafeMutablePointer<SIMD4<Int32>>
  ) {
    var four = (sums[0], sums[1], sums[2], sums[3])
    for index in 0..<count { add(list[index], weights, to: &four) }
    (sums[0], sums[1], sums[2], sums[3]) = four
  }

  private typealias Sums = (SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>)

  /// Adds the products of one pair with the pairs of sixteen outputs.
  @inline(__always)
  private static func add(_ pair: InputPair, _ weights: UnsafeRawPointer, to sums: inout Sums) {
    let rows = (weights + Int(pair.weights)).assumingMemoryBound(to: SIMD8<Int16>.self)
    let both = unsafeBitCast(SIMD4<Int32>(repeating: pair.inputs), to: SIMD8<Int16>.self)
    sums.0 &+= products(both, rows[0])
    sums.1 &+= products(both, rows[1])
    sums.2 &+= products(both, rows[2])
    sums.3 &+= products(both, rows[3])
  }

  /// The order of weights that `multiply` reads: by sixteen outputs, then pair of inputs, then output, the pair's two together.
  ///
  /// - Parameter weights: by input, then output; both numbers even, the outputs' a multiple of sixteen.
  package static func blocked(_ weights: [Int16], inputs: Int, outputs: Int) -> [Int16] {
    var result: [Int16] = []
    result.reserveCapacity(weights.count)
    for group in stride(from: 0, to: outputs, by: 16) {
      for input in stride(from: 0, to: inputs, by: 2) {
        for output in group..<group + 16 {
          result.append(weights[input * outputs + output])
          result.append(weights[(input + 1) * outputs + output])
        }
      }
    }
    return result
  }

  /// The numbers that are above zero, and zero for the others.
  @inline(__always)
  package static func rectified(_ numbers: SIMD8<Int16>) -> SIMD8<Int16> { numbers & ~(numbers &>> 15) }

  /// Eight numbers in 16 bits, those beyond as the least or the largest (packssdw on x86, sqxtn on ARM).
  @inline(__always)
  package static func narrowed(_ low: SIMD4<Int32>, _ high: SIMD4<Int32>) -> SIMD8<Int16> {
    let (least, largest) = (SIMD8(repeating: Int32(Int16.min)), SIMD8(repeating: Int32(Int16.max)))
    var wide = SIMD8<Int32>(lowHalf: low, highHalf: high)
    wide.replace(with: least, where: wide .< least)
    wide.replace(with: largest, where: wide .> largest)
    return SIMD8<Int16>(truncatingIfNeeded: wide)
  }

  /// The smaller and the larger of two by two. The library's own `pointwiseMin` and `clamped` are called, not made part of the code
  /// around them.
  @inline(__always)
  package static func smaller(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD8<Int16> {
    a.replacing(with: b, where: b .< a)
  }

  @inline(__always)
  package static func larger(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD8<Int16> {
    a.replacing(with: b, where: b .> a)
  }

  /// Adds sixteen 8-bit numbers, each `scale` times, to sums.
  ///
  /// - Parameter row: the first and second eight in turn (`paired`).
  @inline(__always)
  package static func add(
    _ row: UnsafePointer<Int8>, scale: Int16, to first: inout SIMD8<Int16>, _ second: inout SIMD8<Int16>
  ) {
    let pairs = UnsafeRawPointer(row).loadUnaligned(as: SIMD8<Int16>.self)
    let scales = SIMD8<Int16>(repeating: scale)
    first &+= ((pairs &<< 8) &>> 8) &* scales
    second &+= (pairs &>> 8) &* scales
  }

  /// The order of a row that `add` reads.
  package static func paired(_ row: [Int8]) -> [Int8] {
    stride(from: 0, to: row.count, by: 16).flatMap { start in
      (0..<8).flatMap { [row[start + $0], row[start + 8 + $0]] }
    }
  }

  /// The sum of the products of two rows, whose length is a multiple of sixteen.
  @inline(__always)
  package static func dot(_ a: UnsafePointer<SIMD8<Int16>>, _ b: UnsafePointer<SIMD8<Int16>>, _ count: Int) -> Int32 {
    var first = SIMD4<Int32>.zero
    var second = SIMD4<Int32>.zero
    // Two sums, so that one addition needn't wait for the other.
    for index in 0..<count / 16 {
      first &+= products(a[index &* 2], b[index &* 2])
      second &+= products(a[index &* 2 &+ 1], b[index &* 2 &+ 1])
    }
    return (first &+ second).wrappedSum()
  }
}
