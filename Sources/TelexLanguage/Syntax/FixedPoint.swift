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
  package static let largestPart: Int32 = 3000
  /// From products to the hidden layer.
  static let hiddenShift: Int32 = 11 + 11 - 9

  /// The products of eight pairs, added by twos.
  @inline(__always)
  package static func products(_ a: SIMD8<Int16>, _ b: SIMD8<Int16>) -> SIMD4<Int32> {
    let products = SIMD8<Int32>(truncatingIfNeeded: a) &* SIMD8<Int32>(truncatingIfNeeded: b)
    return products.evenHalf &+ products.oddHalf
  }

  package typealias Sums = (SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>, SIMD4<Int32>)

  /// Sixteen sums of products: `pairs` pairs of inputs with weights that lie in the order they are needed in (`blocked`).
  ///
  /// A function of its own: in the midst of another one the compiler leaves half of the products to calls.
  @inline(never)
  package static func sums(
    _ inputs: UnsafePointer<Int16>, pairs: Int, _ weights: UnsafePointer<Int16>
  ) -> Sums {
    var sums: Sums = (.zero, .zero, .zero, .zero)
    let inputs = UnsafeRawPointer(inputs)
    let rows = UnsafeRawPointer(weights).assumingMemoryBound(to: SIMD8<Int16>.self)
    var pair = 0
    while pair &+ 4 <= pairs {
      let four = inputs.loadUnaligned(fromByteOffset: pair &* 4, as: SIMD4<Int32>.self)
      add(four[0], rows + pair &* 4, to: &sums)
      add(four[1], rows + (pair &* 4 &+ 4), to: &sums)
      add(four[2], rows + (pair &* 4 &+ 8), to: &sums)
      add(four[3], rows + (pair &* 4 &+ 12), to: &sums)
      pair &+= 4
    }
    while pair < pairs {
      add(inputs.loadUnaligned(fromByteOffset: pair &* 4, as: Int32.self), rows + pair &* 4, to: &sums)
      pair &+= 1
    }
    return sums
  }

  /// Adds the products of one pair with the pairs of sixteen outputs.
  @inline(__always)
  private static func add(_ pair: Int32, _ rows: UnsafePointer<SIMD8<Int16>>, to sums: inout Sums) {
    let both = unsafeBitCast(SIMD4<Int32>(repeating: pair), to: SIMD8<Int16>.self)
    sums.0 &+= products(both, rows[0])
    sums.1 &+= products(both, rows[1])
    sums.2 &+= products(both, rows[2])
    sums.3 &+= products(both, rows[3])
  }

  /// The order of weights that `sums` reads: by sixteen outputs, then pair of inputs, then output, the pair's two together.
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
