import TelexText

/// The parser's network: tables of a word's properties summed over a window of three; a convolution over five; what each word
/// adds to a hidden layer in each place of the parser's state; scores of actions and relations from that layer.
///
/// All numbers are 16 or 8 bits of fixed point, so every machine finds the same trees.
package struct ParserNetwork: Sendable {
  let width: Int
  let hidden: Int
  let window: Int
  let relationCount: Int
  private let tables: WordTables
  private let convolution: Column<Int16>
  private let convolutionBias: Column<Int32>
  private let places: Column<Int16>
  private let absent: Column<Int16>
  private let childRelations: Column<Int16>
  private let distances: Column<Int16>
  private let hiddenBias: Column<Int16>
  private let actions: Column<Int16>
  /// Blocked, with relations that there aren't to fill the last sixteen.
  private let labels: Column<Int16>
  /// Scores of relations that are computed.
  var relationOutputs: Int { labels.count / hidden }
  /// Number of the relation that the root's own arc has.
  private let root: Int

  /// - Throws: `ResourceError` where tables are missing or don't fit together.
  init(_ file: ModelFile, relations: Int, root: Int) throws(ResourceError) {
    let shape: Column<UInt32> = try file.section("shape")
    guard shape.count == 4, shape[0] > 0, shape[0] % 16 == 0, shape[1] > 0, shape[1] % 16 == 0, shape[2] % 2 == 1,
      shape[0] <= 1024, shape[1] <= 1024, shape[2] <= 15, Int(shape[3]) == relations
    else { throw ResourceError(path: file.path, message: "has tables that don't fit together") }
    let (width, hidden, window) = (Int(shape[0]), Int(shape[1]), Int(shape[2]))
    func column<Element>(_ name: String, _ size: Int) throws(ResourceError) -> Column<Element> {
      let values: Column<Element> = try file.section(name)
      guard values.count == size else {
        throw ResourceError(path: file.path, message: "has a table \(name) of the wrong size")
      }
      return values
    }
    tables = try WordTables(file, rowLength: 3 * width)
    (self.width, self.hidden, self.window, relationCount) = (width, hidden, window, relations)
    convolution = try column("convolution", window * width * width)
    convolutionBias = try column("convolution-bias", width)
    places = try column("places", width * ParserState.slots * hidden)
    absent = try column("absent", ParserState.slots * hidden)
    childRelations = try column("child-relations", 5 * relations * hidden)
    distances = try column("distances", 6 * hidden)
    hiddenBias = try column("hidden-bias", hidden)
    actions = try column("actions", ParserState.Action.allCases.count * hidden)
    labels = Self.blocked(try column("labels", relations * hidden), hidden: hidden)
    self.root = root
  }

  /// Rows of weights in the order that `FixedPoint.multiply` reads.
  private static func blocked(_ rows: Column<Int16>, hidden: Int) -> Column<Int16> {
    let count = rows.count / hidden
    let outputs = (count + 15) / 16 * 16
    var weights = [Int16](repeating: 0, count: hidden * outputs)
    for row in 0..<count {
      for input in 0..<hidden { weights[input * outputs + row] = rows[row * hidden + input] }
    }
    return Column(keeping: FixedPoint.blocked(weights, inputs: hidden, outputs: outputs))
  }

  typealias Row = UnsafeMutablePointer<SIMD8<Int16>>

  // MARK: Words

  /// Lists, in `scratch.words`, what the network makes of each word in its window, and of the root behind the last: of
  /// `width` numbers the pairs that aren't zero.
  func encode(_ inputs: ArraySlice<ParserInput>, _ scratch: Scratch) {
    let count = inputs.count + 1
    let wide = 3 * width
    tables.sum(inputs, into: Self.row(scratch.sums))
    scratch.first.initialize(repeating: 0, count: count * width)
    for place in 0..<count {
      let sum = Self.row(scratch.first + place * width)
      for offset in 0..<3 where place + offset >= 1 && place + offset <= count {
        let part = Self.row(scratch.sums + (place + offset - 1) * wide + offset * width)
        for index in 0..<width / 8 { sum[index] &+= part[index] }
      }
      for index in 0..<width / 8 { sum[index] = FixedPoint.rectified(sum[index]) }
      scratch.inputs.list(scratch.first + place * width, at: place)
    }
    for place in 0..<count {
      convolve(place, count, scratch)
      scratch.words.list(scratch.layer, at: place)
    }
  }

  private static func row(_ numbers: UnsafeMutablePointer<Int16>) -> Row {
    UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: SIMD8<Int16>.self)
  }

  /// Writes into `scratch.layer` what the convolution makes of the word in a place, and the word's own row added to it.
  private func convolve(_ place: Int, _ count: Int, _ scratch: Scratch) {
    let pairs = width / 2
    scratch.products.update(repeating: .zero, count: width / 4)
    for offset in 0..<window {
      let neighbour = place + offset - window / 2
      guard neighbour >= 0, neighbour < count else { continue }
      FixedPoint.multiply(
        scratch.inputs[neighbour], scratch.inputs.count(neighbour), by: convolution.base + offset * pairs * 32,
        pairs: window * pairs, outputs: width, addingTo: scratch.products)
    }
    let bias = UnsafeRawPointer(convolutionBias.base).assumingMemoryBound(to: SIMD4<Int32>.self)
    let source = Self.row(scratch.first + place * width)
    let target = Self.row(scratch.layer)
    for index in 0..<width / 8 {
      let (low, high) = (index &* 2, index &* 2 &+ 1)
      let made = FixedPoint.rectified(
        FixedPoint.narrowed(
          (scratch.products[low] &+ bias[low]) &>> FixedPoint.weightBits,
          (scratch.products[high] &+ bias[high]) &>> FixedPoint.weightBits))
      // Neither is negative, so this is the sum, or the largest number where it would be more.
      target[index] = made &+ FixedPoint.smaller(source[index], SIMD8(repeating: Int16.max) &- made)
    }
  }

  // MARK: States

  /// Writes, into its cell of `scratch.placed`, what a word adds to the hidden layer in one place of the state: `hidden` numbers.
  func place(_ word: Int, _ slot: Int, _ scratch: Scratch) {
    scratch.products.update(repeating: .zero, count: hidden / 4)
    FixedPoint.multiply(
      scratch.words[word], scratch.words.count(word), by: places.base + slot * width * hidden, pairs: width / 2,
      outputs: hidden, addingTo: scratch.products)
    let result = scratch.placed + (word * ParserState.slots + slot) * hidden
    let target = Self.row(result)
    let highest = SIMD8(repeating: FixedPoint.largestPart)
    for index in 0..<hidden / 8 {
      let made = FixedPoint.narrowed(
        scratch.products[index &* 2] &>> FixedPoint.hiddenShift,
        scratch.products[index &* 2 &+ 1] &>> FixedPoint.hiddenShift)
      target[index] = FixedPoint.larger(FixedPoint.smaller(made, highest), 0 &- highest)
    }
  }

  /// Writes the hidden layer of a state into `scratch.layer`.
  ///
  /// - Parameter scratch: its `slots` are filled, and what their words add is placed.
  @inline(__always)
  func fill(_ state: borrowing ParserState, _ scratch: Scratch) {
    let parts = scratch.parts
    var count = 0
    func add(_ numbers: UnsafePointer<Int16>) {
      parts[count] = UnsafeRawPointer(numbers).assumingMemoryBound(to: SIMD8<Int16>.self)
      count &+= 1
    }
    add(distances.base + state.distance * hidden)
    for slot in 0..<ParserState.slots {
      let word = scratch.slots[slot]
      let cell = word * ParserState.slots + slot
      add(word < 0 ? absent.base + slot * hidden : UnsafePointer(scratch.placed) + cell * hidden)
      if slot >= 5, word >= 0 {
        add(childRelations.base + ((slot - 5) * relationCount + state.relations[word]) * hidden)
      }
    }
    let bias = UnsafeRawPointer(hiddenBias.base).assumingMemoryBound(to: SIMD8<Int16>.self)
    Self.sum(UnsafePointer(parts), count, bias, width: hidden / 8, Self.row(scratch.layer))
  }

  /// Rectified sums of rows of eight numbers.
  private static func sum(
    _ parts: UnsafePointer<UnsafePointer<SIMD8<Int16>>>, _ count: Int, _ bias: UnsafePointer<SIMD8<Int16>>, width: Int,
    _ layer: Row
  ) {
    var index = 0
    while index &+ 4 <= width {
      var sums = (bias[index], bias[index &+ 1], bias[index &+ 2], bias[index &+ 3])
      for part in 0..<count {
        let part = parts[part] + index
        sums.0 &+= part[0]
        sums.1 &+= part[1]
        sums.2 &+= part[2]
        sums.3 &+= part[3]
      }
      layer[index] = FixedPoint.rectified(sums.0)
      layer[index &+ 1] = FixedPoint.rectified(sums.1)
      layer[index &+ 2] = FixedPoint.rectified(sums.2)
      layer[index &+ 3] = FixedPoint.rectified(sums.3)
      index &+= 4
    }
    while index < width {
      var sum = bias[index]
      for part in 0..<count { sum &+= parts[part][index] }
      layer[index] = FixedPoint.rectified(sum)
      index &+= 1
    }
  }

  func score(_ action: ParserState.Action, _ layer: UnsafePointer<Int16>) -> Int32 {
    FixedPoint.dot(
      UnsafeRawPointer(actions.base + action.rawValue * hidden).assumingMemoryBound(to: SIMD8<Int16>.self),
      UnsafeRawPointer(layer).assumingMemoryBound(to: SIMD8<Int16>.self), hidden)
  }

  /// The relation of the highest score, of equal ones the first.
  func bestRelation(_ scratch: Scratch) -> Int {
    let pairs = hidden / 2
    let outputs = relationOutputs
    scratch.products.update(repeating: .zero, count: outputs / 4)
    let count = FixedPoint.list(scratch.layer, pairs: pairs, into: scratch.layerPairs)
    FixedPoint.multiply(
      scratch.layerPairs, count, by: labels.base, pairs: pairs, outputs: outputs, addingTo: scratch.products)
    let scores = UnsafeRawPointer(scratch.products).assumingMemoryBound(to: Int32.self)
    var best = 0
    var highest = Int32.min
    for relation in 0..<relationCount where scores[relation] > highest && relation != root {
      (best, highest) = (relation, scores[relation])
    }
    return best
  }
}
