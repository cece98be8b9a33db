package import TelexText

/// Finds the dependency tree of a sentence: a small network reads the words and chooses the actions of `ParserState`.
///
/// The network: tables of a word's properties summed over a window of three; a convolution over five; a hidden layer over ten
/// places of the state; the best action, and for an arc the best relation. Linear in the sentence's length.
package struct Parser: Sendable {
  /// Relations of Universal Dependencies, by number.
  package let relations: [String]

  /// Number of "root", which only the root's own arc has.
  private let rootRelation: Int
  private let width: Int
  private let hidden: Int
  private let window: Int
  private let tables: [Table]
  private let words: KeyTable
  private let endings: KeyTable
  private let root: Table
  private let vectors: Table
  private let convolution: Column<Float>
  private let convolutionBias: Column<Float>
  private let places: Column<Float>
  private let absent: Column<Float>
  private let childRelations: Column<Float>
  private let distances: Column<Float>
  private let hiddenBias: Column<Float>
  private let actions: Column<Float>
  private let labels: Column<Float>

  /// Rows of eight-bit weights with their unit.
  private struct Table: Sendable {
    var values: Column<Int8>
    var unit: Float
  }

  /// - Throws: `ResourceError` where `parser.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("parser.bin", in: directory)
    let shape: Column<UInt32> = try file.section("shape")
    guard shape.count == 4, shape[0] % 16 == 0, shape[1] % 16 == 0, shape[2] % 2 == 1 else {
      throw ResourceError(path: file.path, message: "has tables that don't fit together")
    }
    let (width, hidden, window, count) = (Int(shape[0]), Int(shape[1]), Int(shape[2]), Int(shape[3]))
    let names: Column<UInt8> = try file.section("relations")
    relations = String(decoding: (0..<names.count).map { names[$0] }, as: UTF8.self).split(separator: "\n").map(
      String.init)
    func table(_ name: String) throws(ResourceError) -> Table {
      let unit: Column<Float> = try file.section(name + "-unit")
      let values: Column<Int8> = try file.section(name)
      guard unit.count == 1, values.count % (3 * width) == 0 else {
        throw ResourceError(path: file.path, message: "has a table \(name) of the wrong size")
      }
      return Table(values: values, unit: unit[0])
    }
    func matrix(_ name: String, _ size: Int) throws(ResourceError) -> Column<Float> {
      let values: Column<Float> = try file.section(name)
      guard values.count == size else {
        throw ResourceError(path: file.path, message: "has a table \(name) of the wrong size")
      }
      return values
    }
    guard relations.count == count, let rootRelation = relations.firstIndex(of: "root") else {
      throw ResourceError(path: file.path, message: "lacks relations")
    }
    self.rootRelation = rootRelation
    (self.width, self.hidden, self.window) = (width, hidden, window)
    words = KeyTable(keys: try file.section("words-keys"), rows: try file.section("words-rows"))
    endings = KeyTable(keys: try file.section("endings-keys"), rows: try file.section("endings-rows"))
    tables = [
      try table("words"), try table("endings"), try table("tags"), try table("sets"), try table("brown"),
      try table("shapes"),
    ]
    root = try table("root")
    vectors = try table("vectors")
    convolution = try matrix("convolution", window * width * width)
    convolutionBias = try matrix("convolution-bias", width)
    places = try matrix("places", width * ParserState.slots * hidden)
    absent = try matrix("absent", ParserState.slots * hidden)
    childRelations = try matrix("child-relations", 5 * count * hidden)
    distances = try matrix("distances", 6 * hidden)
    hiddenBias = try matrix("hidden-bias", hidden)
    actions = try matrix("actions", ParserState.Action.allCases.count * hidden)
    labels = try matrix("labels", count * hidden)
  }

  /// Longest sentence that is parsed in one piece; longer ones (lists, tables) are cut there.
  package static let longest = 400

  /// By word: its head's number (the number of words for the root) and its relation's.
  package func parse(_ inputs: [ParserInput]) -> (heads: [Int], relations: [Int]) {
    var heads: [Int] = []
    var found: [Int] = []
    var start = 0
    let parataxis = relations.firstIndex(of: "parataxis") ?? 0
    while start < inputs.count {
      let piece = Array(inputs[start..<min(start + Self.longest, inputs.count)])
      let state = run(piece)
      // Only the first piece has the sentence's root; those behind hang on it.
      let first = start == 0 ? inputs.count : (heads.firstIndex(of: inputs.count) ?? 0)
      heads += state.heads.map { $0 == piece.count ? first : $0 + start }
      found += state.relations.map { $0 == rootRelation && start > 0 ? parataxis : $0 }
      start += piece.count
    }
    return (heads, found)
  }

  private func run(_ inputs: [ParserInput]) -> ParserState {
    let encoded = encode(inputs)
    var state = ParserState(count: inputs.count)
    var placed = [Float](repeating: 0, count: encoded.count / width * ParserState.slots * hidden)
    var isPlaced = [Bool](repeating: false, count: encoded.count / width * ParserState.slots)
    let layer = UnsafeMutablePointer<Float>.allocate(capacity: hidden)
    let slots = UnsafeMutablePointer<Int>.allocate(capacity: ParserState.slots)
    defer {
      layer.deallocate()
      slots.deallocate()
    }
    encoded.withUnsafeBufferPointer { encoded in
      placed.withUnsafeMutableBufferPointer { placed in
        guard let words = encoded.baseAddress, let base = placed.baseAddress else { return }
        while state.isFinished == false {
          state.fill(slots)
          for slot in 0..<ParserState.slots where slots[slot] >= 0 {
            let cell = slots[slot] * ParserState.slots + slot
            if isPlaced[cell] { continue }
            isPlaced[cell] = true
            place(words + slots[slot] * width, slot, base + cell * hidden)
          }
          fill(layer, state, slots, base)
          let action = best(state, layer)
          var relation = rootRelation
          if action != .shift, action == .right || state.next < inputs.count { relation = bestRelation(layer) }
          state.take(action, relation: relation)
        }
      }
    }
    return state
  }

  /// What a word adds to the hidden layer in one place of the state.
  private func place(_ word: UnsafePointer<Float>, _ slot: Int, _ sum: UnsafeMutablePointer<Float>) {
    let outputs = ParserState.slots * hidden
    for inner in 0..<width where word[inner] != 0 {
      Row.add(places.base + inner * outputs + slot * hidden, factor: word[inner], to: sum, hidden)
    }
  }

  private func best(_ state: ParserState, _ layer: UnsafeMutablePointer<Float>) -> ParserState.Action {
    var best = ParserState.Action.shift
    var highest = -Float.infinity
    for action in ParserState.Action.allCases where state.allows(action) {
      let score = Row.dot(actions.base + action.rawValue * hidden, layer, hidden)
      if score > highest { (best, highest) = (action, score) }
    }
    return best
  }

  private func bestRelation(_ layer: UnsafeMutablePointer<Float>) -> Int {
    var best = 0
    var highest = -Float.infinity
    for label in 0..<relations.count where label != rootRelation {
      let score = Row.dot(labels.base + label * hidden, layer, hidden)
      if score > highest { (best, highest) = (label, score) }
    }
    return best
  }

  private func fill(
    _ layer: UnsafeMutablePointer<Float>, _ state: ParserState, _ slots: UnsafeMutablePointer<Int>,
    _ placed: UnsafePointer<Float>
  ) {
    layer.update(from: hiddenBias.base, count: hidden)
    for slot in 0..<ParserState.slots {
      let word = slots[slot]
      if word < 0 {
        Row.add(absent.base + slot * hidden, to: layer, hidden)
        continue
      }
      Row.add(placed + (word * ParserState.slots + slot) * hidden, to: layer, hidden)
      if slot >= 5 {
        Row.add(
          childRelations.base + ((slot - 5) * relations.count + state.relations[word]) * hidden, to: layer, hidden)
      }
    }
    Row.add(distances.base + state.distance * hidden, to: layer, hidden)
    for index in 0..<hidden where layer[index] < 0 { layer[index] = 0 }
  }

  /// What the network makes of each word in its window, and of the root.
  private func encode(_ inputs: [ParserInput]) -> [Float] {
    let count = inputs.count + 1
    let wide = 3 * width
    var sums = [Float](repeating: 0, count: count * wide)
    var first = [Float](repeating: 0, count: count * width)
    var second = [Float](repeating: 0, count: count * width)
    sums.withUnsafeMutableBufferPointer { sums in
      first.withUnsafeMutableBufferPointer { first in
        second.withUnsafeMutableBufferPointer { second in
          guard let sums = sums.baseAddress, let first = first.baseAddress, let second = second.baseAddress else {
            return
          }
          for (place, input) in inputs.enumerated() { look(input, sums + place * wide) }
          Row.add(root.values.base, unit: root.unit, to: sums + inputs.count * wide, wide)
          convolve(sums, first, second, count)
        }
      }
    }
    return second
  }

  private func look(_ input: ParserInput, _ sum: UnsafeMutablePointer<Float>) {
    let wide = 3 * width
    let brown = input.brown == 0 ? 0 : Int(input.brown) &>> max(0, 5 - input.brown.leadingZeroBitCount)
    let rows = (words[input.word], endings[input.ending], Int(input.tag.rawValue), input.set, brown, input.shape)
    func add(_ table: Table, _ row: Int) {
      guard (row + 1) * wide <= table.values.count else { return }
      Row.add(table.values.base + row * wide, unit: table.unit, to: sum, wide)
    }
    add(tables[0], rows.0)
    add(tables[1], rows.1)
    add(tables[2], rows.2)
    add(tables[3], rows.3)
    add(tables[4], rows.4)
    add(tables[5], rows.5)
    if input.vector > 0 { add(vectors, input.vector - 1) }
  }

  private func convolve(
    _ sums: UnsafeMutablePointer<Float>, _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>,
    _ count: Int
  ) {
    let wide = 3 * width
    for place in 0..<count {
      for offset in 0..<3 where place + offset >= 1 && place + offset <= count {
        Row.add(sums + (place + offset - 1) * wide + offset * width, to: first + place * width, width)
      }
      for index in 0..<width where first[place * width + index] < 0 { first[place * width + index] = 0 }
    }
    for place in 0..<count {
      let target = second + place * width
      target.update(from: convolutionBias.base, count: width)
      for offset in 0..<window {
        let from = place + offset - window / 2
        guard from >= 0, from < count else { continue }
        for inner in 0..<width where first[from * width + inner] != 0 {
          Row.add(
            convolution.base + (offset * width + inner) * width, factor: first[from * width + inner], to: target, width)
        }
      }
      for index in 0..<width { target[index] = max(0, target[index]) + first[place * width + index] }
    }
  }
}

/// Sums over rows whose length is a multiple of 16.
private enum Row {
  @inline(__always)
  static func add(_ row: UnsafePointer<Float>, to sum: UnsafeMutablePointer<Float>, _ count: Int) {
    let source = UnsafeRawPointer(row)
    let target = UnsafeMutableRawPointer(sum)
    var byte = 0
    while byte < count * 4 {
      let value =
        target.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
        + source.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
      target.storeBytes(of: value, toByteOffset: byte, as: SIMD8<Float>.self)
      byte += 32
    }
  }

  @inline(__always)
  static func add(
    _ row: UnsafePointer<Float>, factor: Float, to sum: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let source = UnsafeRawPointer(row)
    let target = UnsafeMutableRawPointer(sum)
    let factors = SIMD8<Float>(repeating: factor)
    var byte = 0
    while byte < count * 4 {
      let value =
        target.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
        + factors * source.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
      target.storeBytes(of: value, toByteOffset: byte, as: SIMD8<Float>.self)
      byte += 32
    }
  }

  @inline(__always)
  static func add(_ row: UnsafePointer<Int8>, unit: Float, to sum: UnsafeMutablePointer<Float>, _ count: Int) {
    let source = UnsafeRawPointer(row)
    let target = UnsafeMutableRawPointer(sum)
    let units = SIMD8<Float>(repeating: unit)
    var index = 0
    while index < count {
      let step = SIMD8<Float>(source.loadUnaligned(fromByteOffset: index, as: SIMD8<Int8>.self))
      let value = target.loadUnaligned(fromByteOffset: index * 4, as: SIMD8<Float>.self) + units * step
      target.storeBytes(of: value, toByteOffset: index * 4, as: SIMD8<Float>.self)
      index += 8
    }
  }

  @inline(__always)
  static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    let left = UnsafeRawPointer(a)
    let right = UnsafeRawPointer(b)
    var sum = SIMD8<Float>.zero
    var byte = 0
    while byte < count * 4 {
      sum +=
        left.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
        * right.loadUnaligned(fromByteOffset: byte, as: SIMD8<Float>.self)
      byte += 32
    }
    return sum.sum()
  }
}
