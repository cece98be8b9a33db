import Foundation

/// A table of parameters with its gradient and the moments of Adam (Kingma and Ba 2015). Rows that no gradient touched
/// since the last step stay as they are.
final class Tensor {
  let rows: Int
  let width: Int
  let values: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  private let first: UnsafeMutablePointer<Float>
  private let second: UnsafeMutablePointer<Float>
  /// Running mean of the values over the steps of the last rounds.
  private let mean: UnsafeMutablePointer<Float>
  private var touched: [Int] = []
  private var isTouched: [Bool]
  private var averaged: Float = 0

  init(rows: Int, width: Int, scale: Float, random: inout FixedRandom) {
    self.rows = rows
    self.width = width
    func zeros() -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutablePointer<Float>.allocate(capacity: rows * width)
      memory.initialize(repeating: 0, count: rows * width)
      return memory
    }
    values = zeros()
    gradient = zeros()
    first = zeros()
    second = zeros()
    mean = zeros()
    isTouched = [Bool](repeating: false, count: rows)
    for index in 0..<rows * width {
      let uniform = Float(random.next() >> 40) / Float(1 << 24)
      values[index] = (uniform * 2 - 1) * scale
    }
  }

  deinit { for memory in [values, gradient, first, second, mean] { memory.deallocate() } }

  func touch(_ row: Int) {
    if isTouched[row] { return }
    isTouched[row] = true
    touched.append(row)
  }

  func touchAll() { for row in 0..<rows { touch(row) } }

  /// One step against the gradient, which is set to zero.
  func step(rate: Float, number: Int) {
    let (decay1, decay2): (Float, Float) = (0.9, 0.999)
    let corrected = rate * (1 - powf(decay2, Float(number))).squareRoot() / (1 - powf(decay1, Float(number)))
    for row in touched {
      isTouched[row] = false
      let start = row * width
      for index in start..<start + width {
        let slope = gradient[index]
        first[index] = decay1 * first[index] + (1 - decay1) * slope
        second[index] = decay2 * second[index] + (1 - decay2) * slope * slope
        values[index] -= corrected * first[index] / (second[index].squareRoot() + 1e-8)
        gradient[index] = 0
      }
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Adds the present values to the mean.
  func average() {
    averaged += 1
    for index in 0..<rows * width { mean[index] += (values[index] - mean[index]) / averaged }
  }

  func useMean() {
    guard averaged > 0 else { return }
    for index in 0..<rows * width { values[index] = mean[index] }
  }

  var array: [Float] { Array(UnsafeBufferPointer(start: values, count: rows * width)) }
}

/// Products of matrices in row-major order, added to what is there.
enum Matrix {
  typealias Numbers = UnsafeMutablePointer<Float>

  /// c (n × m) += a (n × k) · b (k × m)
  static func multiply(_ c: Numbers, _ a: Numbers, _ b: Numbers, n: Int, k: Int, m: Int) {
    for row in 0..<n {
      for inner in 0..<k where a[row * k + inner] != 0 { add(c + row * m, b + inner * m, a[row * k + inner], m) }
    }
  }

  /// c (k × m) += aᵀ (n × k) · d (n × m)
  static func multiplyLeftTransposed(_ c: Numbers, _ a: Numbers, _ d: Numbers, n: Int, k: Int, m: Int) {
    for row in 0..<n {
      for inner in 0..<k where a[row * k + inner] != 0 { add(c + inner * m, d + row * m, a[row * k + inner], m) }
    }
  }

  /// c (n × k) += d (n × m) · bᵀ (k × m)
  static func multiplyRightTransposed(_ c: Numbers, _ d: Numbers, _ b: Numbers, n: Int, k: Int, m: Int) {
    for row in 0..<n {
      for inner in 0..<k { c[row * k + inner] += dot(d + row * m, b + inner * m, m) }
    }
  }

  /// y += factor · x
  @inline(__always)
  static func add(_ y: Numbers, _ x: Numbers, _ factor: Float, _ count: Int) {
    let target = UnsafeMutableRawPointer(y)
    let source = UnsafeRawPointer(x)
    let factors = SIMD8<Float>(repeating: factor)
    var index = 0
    while index + 8 <= count {
      let sum =
        target.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
        + factors * source.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
      target.storeBytes(of: sum, toByteOffset: index * 4, as: SIMD8<Float>.self)
      index += 8
    }
    while index < count {
      y[index] += factor * x[index]
      index += 1
    }
  }

  @inline(__always)
  static func dot(_ x: Numbers, _ y: Numbers, _ count: Int) -> Float {
    let left = UnsafeRawPointer(x)
    let right = UnsafeRawPointer(y)
    var sum = SIMD8<Float>.zero
    var index = 0
    while index + 8 <= count {
      sum +=
        left.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
        * right.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
      index += 8
    }
    var total = sum.sum()
    while index < count {
      total += x[index] * y[index]
      index += 1
    }
    return total
  }
}
