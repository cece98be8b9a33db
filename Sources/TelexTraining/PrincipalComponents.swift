/// The directions in which vectors differ most, by subspace iteration on their matrix of second moments.
enum PrincipalComponents {
  /// The vectors' coordinates in the first `count` directions, row-major.
  static func coordinates(_ values: [Float], dimensions: Int, count: Int) -> [Float] {
    let rows = values.count / dimensions
    var moments = [Double](repeating: 0, count: dimensions * dimensions)
    for row in 0..<rows {
      for i in 0..<dimensions {
        let value = Double(values[row * dimensions + i])
        for j in 0..<dimensions { moments[i * dimensions + j] += value * Double(values[row * dimensions + j]) }
      }
    }
    var random = FixedRandom(seed: 7)
    var basis = (0..<count).map { _ in (0..<dimensions).map { _ in Double(random.next() >> 40) / Double(1 << 24) - 0.5 }
    }
    for _ in 0..<25 {
      basis = basis.map { vector in
        (0..<dimensions).map { i in (0..<dimensions).reduce(0) { $0 + moments[i * dimensions + $1] * vector[$1] } }
      }
      orthonormalize(&basis)
    }
    var result: [Float] = []
    result.reserveCapacity(rows * count)
    for row in 0..<rows {
      for vector in basis {
        var sum = 0.0
        for i in 0..<dimensions { sum += Double(values[row * dimensions + i]) * vector[i] }
        result.append(Float(sum))
      }
    }
    return result
  }

  private static func orthonormalize(_ basis: inout [[Double]]) {
    for place in basis.indices {
      for before in 0..<place {
        let overlap = zip(basis[place], basis[before]).reduce(0) { $0 + $1.0 * $1.1 }
        for i in basis[place].indices { basis[place][i] -= overlap * basis[before][i] }
      }
      let length = basis[place].reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for i in basis[place].indices { basis[place][i] /= length } }
    }
  }
}
