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

  /// Rows of weights in the order that `FixedPoint.sums` reads.
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

  /// What the network makes of each word in its window, and of the root behind the last: `width` numbers each.
  ///
  /// - Parameters:
  ///   - result: room for `inputs.count + 1` rows.
  ///   - scratch: room for as many rows of 3 · `width`, and for `window - 1` more rows of `width` than words and root.
  func encode(_ inputs: ArraySlice<ParserInput>, _ result: UnsafeMutablePointer<Int16>, _ scratch: Scratch) {
    let count = inputs.count + 1
    let wide = 3 * width
    tables.sum(inputs, into: Self.row(scratch.sums))
    // Empty rows before and behind, so that every window is whole.
    scratch.first.initialize(repeating: 0, count: (count + window - 1) * width)
    let first = scratch.first + window / 2 * width
    for place in 0..<count {
      let sum = Self.row(first + place * width)
      for offset in 0..<3 where place + offset >= 1 && place + offset <= count {
        let part = Self.row(scratch.sums + (place + offset - 1) * wide + offset * width)
        for index in 0..<width / 8 { sum[index] &+= part[index] }
      }
      for index in 0..<width / 8 { sum[index] = FixedPoint.rectified(sum[index]) }
    }
    for place in 0..<count { convolve(scratch.first + place * width, first + place * width, result + place * width) }
  }

  private static func row(_ numbers: UnsafeMutablePointer<Int16>) -> Row {
    UnsafeMutableRawPointer(numbers).assumingMemoryBound(to: SIMD8<Int16>.self)
  }

  /// - Parameters:
  ///   - inputs: the rows of the window.
  ///   - own: the row in the middle of it.
  private func convolve(
    _ inputs: UnsafePointer<Int16>, _ own: UnsafePointer<Int16>, _ result: UnsafeMutablePointer<Int16>
  ) {
    let pairs = window * width / 2
    for group in 0..<width / 16 {
      let sums = FixedPoint.sums(inputs, pairs: pairs, convolution.base + group * pairs * 32)
      let bias = UnsafeRawPointer(convolutionBias.base + group * 16).assumingMemoryBound(to: SIMD4<Int32>.self)
      let target = UnsafeMutableRawPointer(result + group * 16).assumingMemoryBound(to: SIMD4<Int16>.self)
      let source = UnsafeRawPointer(own + group * 16).assumingMemoryBound(to: SIMD4<Int16>.self)
      func finish(_ sum: SIMD4<Int32>, _ index: Int) {
        let made = ((sum &+ bias[index]) &>> FixedPoint.weightBits).clamped(
          lowerBound: .zero, upperBound: SIMD4(repeating: Int32(Int16.max)))
        let both = made &+ SIMD4<Int32>(truncatingIfNeeded: source[index])
        target[index] = SIMD4<Int16>(
          truncatingIfNeeded: both.clamped(lowerBound: .zero, upperBound: SIMD4(repeating: Int32(Int16.max))))
      }
      finish(sums.0, 0)
      finish(sums.1, 1)
      finish(sums.2, 2)
      finish(sums.3, 3)
    }
  }

  // MARK: States

  /// What a word adds to the hidden layer in one place of the state: `hidden` numbers.
  func place(_ word: UnsafePointer<Int16>, _ slot: Int, _ result: UnsafeMutablePointer<Int16>) {
    let pairs = width / 2
    let weights = places.base + slot * width * hidden
    let lowest = SIMD4<Int32>(repeating: -FixedPoint.largestPart)
    let highest = SIMD4<Int32>(repeating: FixedPoint.largestPart)
    for group in 0..<hidden / 16 {
      let sums = FixedPoint.sums(word, pairs: pairs, weights + group * pairs * 32)
      let target = UnsafeMutableRawPointer(result + group * 16).assumingMemoryBound(to: SIMD4<Int16>.self)
      func finish(_ sum: SIMD4<Int32>, _ index: Int) {
        target[index] = SIMD4<Int16>(
          truncatingIfNeeded: (sum &>> FixedPoint.hiddenShift).clamped(lowerBound: lowest, upperBound: highest))
      }
      finish(sums.0, 0)
      finish(sums.1, 1)
      finish(sums.2, 2)
      finish(sums.3, 3)
    }
  }

  /// The hidden layer of a state.
  ///
  /// - Parameters:
  ///   - slots: the words in the state's places, -1 for none.
  ///   - placed: by word and place, what `place` made of it.
  func fill(
    _ layer: UnsafeMutablePointer<Int16>, _ state: ParserState, _ slots: UnsafeMutablePointer<Int>,
    _ placed: UnsafePointer<Int16>
  ) {
    typealias Part = UnsafePointer<SIMD8<Int16>>
    withUnsafeTemporaryAllocation(of: Part.self, capacity: ParserState.slots * 2) { parts in
      guard let parts = parts.baseAddress else { return }
      var count = 0
      func add(_ numbers: UnsafePointer<Int16>) {
        parts[count] = UnsafeRawPointer(numbers).assumingMemoryBound(to: SIMD8<Int16>.self)
        count &+= 1
      }
      add(distances.base + state.distance * hidden)
      for slot in 0..<ParserState.slots {
        let word = slots[slot]
        add(word < 0 ? absent.base + slot * hidden : placed + (word * ParserState.slots + slot) * hidden)
        if slot >= 5, word >= 0 {
          add(childRelations.base + ((slot - 5) * relationCount + state.relations[word]) * hidden)
        }
      }
      let bias = UnsafeRawPointer(hiddenBias.base).assumingMemoryBound(to: SIMD8<Int16>.self)
      let layer = Self.row(layer)
      let width = hidden / 8
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
  }

  func score(_ action: ParserState.Action, _ layer: UnsafePointer<Int16>) -> Int32 {
    FixedPoint.dot(
      UnsafeRawPointer(actions.base + action.rawValue * hidden).assumingMemoryBound(to: SIMD8<Int16>.self),
      UnsafeRawPointer(layer).assumingMemoryBound(to: SIMD8<Int16>.self), hidden)
  }

  /// The relation of the highest score, of equal ones the first.
  func bestRelation(_ layer: UnsafePointer<Int16>) -> Int {
    let groups = labels.count / (hidden * 16)
    return withUnsafeTemporaryAllocation(of: SIMD4<Int32>.self, capacity: groups * 4) { scores in
      guard let sums = scores.baseAddress else { return 0 }
      let pairs = hidden / 2
      for group in 0..<groups {
        (sums[group * 4], sums[group * 4 + 1], sums[group * 4 + 2], sums[group * 4 + 3]) = FixedPoint.sums(
          layer, pairs: pairs, labels.base + group * pairs * 32)
      }
      let scores = UnsafeRawPointer(sums).assumingMemoryBound(to: Int32.self)
      var best = 0
      var highest = Int32.min
      for relation in 0..<relationCount where scores[relation] > highest && relation != root {
        (best, highest) = (relation, scores[relation])
      }
      return best
    }
  }

  /// Memory for the layers of one sentence, aligned as rows of eight need it.
  final class Scratch {
    let sums: UnsafeMutablePointer<Int16>
    let first: UnsafeMutablePointer<Int16>
    let second: UnsafeMutablePointer<Int16>
    /// By word and place: what the word adds there, where `isPlaced`.
    let placed: UnsafeMutablePointer<Int16>
    let isPlaced: UnsafeMutablePointer<Bool>
    let layer: UnsafeMutablePointer<Int16>
    private let memory: UnsafeMutableRawPointer

    /// - Parameter words: of the sentence.
    init(_ network: ParserNetwork, words: Int) {
      let count = words + 1
      let sizes = [
        count * 3 * network.width, (count + network.window - 1) * network.width, count * network.width,
        count * ParserState.slots * network.hidden, network.hidden,
      ]
      let places = count * ParserState.slots
      let memory = UnsafeMutableRawPointer.allocate(byteCount: sizes.reduce(0, +) * 2 + places, alignment: 64)
      var offset = 0
      func next(_ size: Int) -> UnsafeMutablePointer<Int16> {
        defer { offset += size * 2 }
        return (memory + offset).bindMemory(to: Int16.self, capacity: size)
      }
      self.memory = memory
      sums = next(sizes[0])
      first = next(sizes[1])
      second = next(sizes[2])
      placed = next(sizes[3])
      layer = next(sizes[4])
      isPlaced = (memory + offset).bindMemory(to: Bool.self, capacity: places)
      isPlaced.initialize(repeating: false, count: places)
    }

    deinit { memory.deallocate() }
  }
}
