import TelexLanguage

/// Turns the trained network into the fixed point that `ParserNetwork` computes in, and makes sure that no sum leaves its bits.
struct ParserExport {
  var writer = ModelWriter()

  /// The largest number of a word's sum over its window, in units of the activations.
  private var largestSum: Float = 0

  /// The tables of words' properties in eight bits; their units are multiples of one unit, so that rows add up exactly.
  mutating func addTables(_ tables: [[Float]], rowLength: Int) throws {
    var scales: [Int16] = []
    var bounds = [Float](repeating: 0, count: rowLength)
    for (name, values) in zip(WordTables.names, tables) {
      let sizes = values.map(abs).sorted()
      let unit = max(sizes[sizes.count * 9_999 / 10_000], 1e-6) / 127
      let scale = max(1, (unit * FixedPoint.activationScale).rounded(.up))
      scales.append(Int16(scale))
      let rounded = values.map { Int8(max(-127, min(127, ($0 * FixedPoint.activationScale / scale).rounded()))) }
      var rows: [Int8] = []
      rows.reserveCapacity(rounded.count)
      var largest = [Float](repeating: 0, count: rowLength)
      for start in stride(from: 0, to: rounded.count, by: rowLength) {
        let row = Array(rounded[start..<start + rowLength])
        for (place, value) in row.enumerated() { largest[place] = max(largest[place], abs(Float(value)) * scale) }
        rows += FixedPoint.paired(row)
      }
      for place in bounds.indices { bounds[place] += largest[place] }
      writer.add(name, rows)
    }
    writer.add("scales", scales)
    let width = rowLength / 3
    largestSum = (0..<width).map { bounds[$0] + bounds[$0 + width] + bounds[$0 + 2 * width] }.max() ?? 0
    try check(largestSum, Float(Int16.max), "a word's window")
  }

  mutating func addConvolution(_ weights: [Float], bias: [Float], width: Int, window: Int) throws {
    let scale = Float(1 << FixedPoint.weightBits)
    let numbers = weights.map { Int16(($0 * scale).rounded()) }
    writer.add("convolution", FixedPoint.blocked(numbers, inputs: window * width, outputs: width))
    // Half a unit more, as the shift rounds down.
    writer.add(
      "convolution-bias",
      bias.map { Int32(($0 * scale * FixedPoint.activationScale).rounded()) + 1 << (FixedPoint.weightBits - 1) })
    try check(columnSum(numbers, width) * largestSum, Float(Int32.max), "the convolution")
  }

  mutating func addPlaces(_ weights: [Float], width: Int, hidden: Int) throws {
    let scale = Float(1 << FixedPoint.weightBits)
    let slots = ParserState.slots
    var numbers: [Int16] = []
    for slot in 0..<slots {
      let part = (0..<width).flatMap { input in
        (0..<hidden).map { Int16((weights[(input * slots + slot) * hidden + $0] * scale).rounded()) }
      }
      try check(columnSum(part, hidden) * Float(Int16.max), Float(Int32.max), "place \(slot)")
      numbers += FixedPoint.blocked(part, inputs: width, outputs: hidden)
    }
    writer.add("places", numbers)
  }

  /// What is added to the hidden layer as it is.
  mutating func addHidden(_ name: String, _ values: [Float]) {
    writer.add(name, values.map { Int16(($0 * FixedPoint.hiddenScale).rounded()) })
  }

  mutating func addOutputs(_ name: String, _ values: [Float], hidden: Int) throws {
    let numbers = values.map { Int16(($0 * FixedPoint.outputScale).rounded()) }
    for start in stride(from: 0, to: numbers.count, by: hidden) {
      let sum = numbers[start..<start + hidden].reduce(0) { $0 + abs(Float($1)) }
      try check(sum * Float(Int16.max), Float(Int32.max), name)
    }
    writer.add(name, numbers)
  }

  private func columnSum(_ numbers: [Int16], _ outputs: Int) -> Float {
    var sums = [Float](repeating: 0, count: outputs)
    for (index, number) in numbers.enumerated() { sums[index % outputs] += abs(Float(number)) }
    return sums.max() ?? 0
  }

  private func check(_ largest: Float, _ limit: Float, _ what: String) throws {
    guard largest < limit else { throw TrainingError("\(what) could reach \(largest), more than \(limit)") }
  }
}
