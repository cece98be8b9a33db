/// Spherical k-means: rows of length one, nearest centre by cosine. Starts from the first rows (the commonest words), so
/// that the result is the same in every run.
package enum KMeans {
  /// The cluster of each row.
  package static func clusters(_ values: [Float], dimensions: Int, count: Int, rounds: Int) -> [UInt16] {
    let rows = values.count / dimensions
    var centres = Array(values[0..<count * dimensions])
    var cluster = [UInt16](repeating: 0, count: rows)
    for _ in 0..<rounds {
      var changed = 0
      values.withUnsafeBufferPointer { values in
        centres.withUnsafeBufferPointer { centres in
          for row in 0..<rows {
            var best = -Float.infinity
            var nearest = 0
            for centre in 0..<count {
              let product = dot(values, row * dimensions, centres, centre * dimensions, dimensions)
              if product > best { (best, nearest) = (product, centre) }
            }
            if cluster[row] != UInt16(nearest) { changed += 1 }
            cluster[row] = UInt16(nearest)
          }
        }
      }
      var sums = [Float](repeating: 0, count: count * dimensions)
      for row in 0..<rows {
        let start = Int(cluster[row]) * dimensions
        for index in 0..<dimensions { sums[start + index] += values[row * dimensions + index] }
      }
      for centre in 0..<count {
        let range = centre * dimensions..<(centre + 1) * dimensions
        let length = sums[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
        // A centre that lost all its rows stays where it was.
        if length > 0 { for index in range { centres[index] = sums[index] / length } }
      }
      if changed == 0 { break }
    }
    return cluster
  }

  @inline(__always)
  private static func dot(
    _ a: UnsafeBufferPointer<Float>, _ aStart: Int, _ b: UnsafeBufferPointer<Float>, _ bStart: Int, _ count: Int
  ) -> Float {
    guard let aBase = a.baseAddress, let bBase = b.baseAddress else { return 0 }
    let x = UnsafeRawPointer(aBase + aStart)
    let y = UnsafeRawPointer(bBase + bStart)
    var sum = SIMD8<Float>.zero
    var more = SIMD8<Float>.zero
    var index = 0
    while index + 16 <= count {
      sum +=
        x.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
        * y.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self)
      more +=
        x.loadUnaligned(fromByteOffset: index * 4 + 32, as: SIMD8<Float>.self)
        * y.loadUnaligned(fromByteOffset: index * 4 + 32, as: SIMD8<Float>.self)
      index += 16
    }
    var total = (sum + more).sum()
    while index < count {
      total += a[aStart + index] * b[bStart + index]
      index += 1
    }
    return total
  }
}
