package import Foundation
package import TelexLanguage

/// Trains the parser's network: tables of words summed over a window of three, a convolution over five, and a classifier of
/// the parser's state over ten places (after Chen and Manning 2014, and Kiperwasser and Goldberg 2016, made small enough for one
/// core). It follows its own choices while it learns, corrected by `ArcOracle`.
package final class ParserTrainer {
  /// Sizes of the network.
  static let width = 80
  static let hidden = 80
  static let components = 96
  static let window = 5

  /// What a pair of a layer's numbers costs by its length, beside the loss: a group lasso (Yuan and Lin 2006) on what the layers
  /// say instead of on weights. It makes most pairs zero, and these needn't be multiplied (`FixedPoint.list`).
  static let pairCost: Float = 0.003

  private let relations: [String]
  private let components: [Float]
  private var words: [UInt64: Int] = [:]
  private var endings: [UInt64: Int] = [:]
  private var random = FixedRandom(seed: 3)

  private let wordTable, endingTable, tagTable, setTable, brownTable, shapeTable: Tensor
  private let projection, rootRow, convolution, convolutionBias: Tensor
  private let places, absent, childRelations, distances, hiddenBias: Tensor
  private let actions, labels: Tensor
  private var tensors: [Tensor] {
    [
      wordTable, endingTable, tagTable, setTable, brownTable, shapeTable, projection, rootRow, convolution,
      convolutionBias, places, absent, childRelations, distances, hiddenBias, actions, labels,
    ]
  }
  private var steps = 0

  package init(_ examples: [ParserExample], relations: [String], vocabulary: Vocabulary, vectors: WordVectors) {
    self.relations = relations
    components = PrincipalComponents.coordinates(vectors.values, dimensions: vectors.dimensions, count: Self.components)
      .map { $0 * 4 }
    func frequent(_ keys: [UInt64], _ minimum: Int) -> [UInt64: Int] {
      var counts: [UInt64: Int] = [:]
      for key in keys { counts[key, default: 0] += 1 }
      let kept = counts.filter { $0.value >= minimum }.keys.sorted()
      return Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0 + 1) })
    }
    words = frequent(examples.flatMap { $0.inputs.map(\.word) }, 3)
    endings = frequent(examples.flatMap { $0.inputs.map(\.ending) }, 3)
    let (width, hidden) = (Self.width, Self.hidden)
    var random = FixedRandom(seed: 5)
    func tensor(_ rows: Int, _ width: Int, _ scale: Float) -> Tensor {
      Tensor(rows: rows, width: width, scale: scale, random: &random)
    }
    wordTable = tensor(words.count + 1, 3 * width, 0.05)
    endingTable = tensor(endings.count + 1, 3 * width, 0.05)
    tagTable = tensor(PartOfSpeech.allCases.count, 3 * width, 0.1)
    setTable = tensor(vocabulary.setCount, 3 * width, 0.05)
    brownTable = tensor(1 << 11, 3 * width, 0.05)
    shapeTable = tensor(16, 3 * width, 0.05)
    projection = tensor(Self.components, 3 * width, 0.1)
    rootRow = tensor(1, 3 * width, 0.1)
    convolution = tensor(Self.window * width, width, 0.08)
    convolutionBias = tensor(1, width, 0)
    places = tensor(width, ParserState.slots * hidden, 0.08)
    absent = tensor(ParserState.slots, hidden, 0.05)
    childRelations = tensor(5 * relations.count, hidden, 0.05)
    distances = tensor(6, hidden, 0.05)
    hiddenBias = tensor(1, hidden, 0)
    actions = tensor(ParserState.Action.allCases.count, hidden, 0.1)
    labels = tensor(relations.count, hidden, 0.1)
  }

  /// - Parameter report: called behind each round with what to print.
  package func train(
    _ examples: [ParserExample], development: [ParserExample], rounds: Int, report: (String) -> Void
  ) {
    var order = Array(examples.indices)
    let total = rounds * examples.count
    var done = 0
    for round in 0..<rounds {
      order.shuffle(using: &random)
      var loss: Float = 0
      var batch = 0
      for index in order {
        loss += learn(examples[index], explore: round > 0)
        batch += 1
        done += 1
        if batch == 8 || done == total {
          batch = 0
          steps += 1
          let rate = 0.0015 * (1 - 0.95 * Float(done) / Float(total))
          for tensor in tensors { tensor.step(rate: rate, number: steps) }
          if done * 10 > total * 8, steps % 20 == 0 { for tensor in tensors { tensor.average() } }
        }
      }
      let last = round == rounds - 1
      if last { for tensor in tensors { tensor.useMean() } }
      if last || round % 3 == 2 {
        let (unlabelled, labelled) = scores(development)
        report("round \(round + 1): loss \(loss / Float(examples.count)), dev UAS \(unlabelled) LAS \(labelled)")
      }
    }
  }

  private func scores(_ examples: [ParserExample]) -> (Double, Double) {
    var (all, heads, both) = (0, 0, 0)
    for example in examples {
      let parse = run(example)
      for word in example.heads.indices {
        all += 1
        guard parse.heads[word] == example.heads[word] else { continue }
        heads += 1
        if universal(parse.relations[word]) == universal(example.relations[word]) { both += 1 }
      }
    }
    func percent(_ count: Int) -> Double { (Double(count) / Double(max(1, all)) * 10_000).rounded() / 100 }
    return (percent(heads), percent(both))
  }

  private func universal(_ relation: Int) -> Substring { relations[relation].prefix { $0 != ":" } }

  /// Writes the network as `Parser` reads it: the tables of words with their window already multiplied out, all in fixed point.
  ///
  /// - Throws: `TrainingError` where a sum could leave its bits.
  package func write(to url: URL) throws {
    var export = ParserExport()
    let (width, hidden, wide) = (Self.width, Self.hidden, 3 * Self.width)
    export.writer.add("shape", [UInt32(width), UInt32(hidden), UInt32(Self.window), UInt32(relations.count)])
    export.writer.add("relations", Array(relations.joined(separator: "\n").utf8))
    for (name, keys) in [("words", words), ("endings", endings)] {
      let lookup = KeyTable.columns(keys.sorted { $0.value < $1.value }.map(\.key))
      export.writer.add(name + "-keys", lookup.keys)
      export.writer.add(name + "-rows", lookup.rows)
    }
    var vectors = [Float](repeating: 0, count: components.count / Self.components * wide)
    var inputs = components
    var weights = projection.array
    withBases(&vectors, &inputs, &weights) {
      Matrix.multiply($0, $1, $2, n: components.count / Self.components, k: Self.components, m: wide)
    }
    try export.addTables(
      [
        wordTable.array, endingTable.array, tagTable.array, setTable.array, brownTable.array, shapeTable.array, vectors,
        rootRow.array,
      ], rowLength: wide)
    try export.addConvolution(convolution.array, bias: convolutionBias.array, width: width, window: Self.window)
    try export.addPlaces(places.array, width: width, hidden: hidden)
    for (name, tensor) in [
      ("absent", absent), ("child-relations", childRelations), ("distances", distances), ("hidden-bias", hiddenBias),
    ] { export.addHidden(name, tensor.array) }
    try export.addOutputs("actions", actions.array, hidden: hidden)
    try export.addOutputs("labels", labels.array, hidden: hidden)
    try export.writer.write(to: url)
  }

  // MARK: Forward

  /// What is computed of a sentence before its states, kept for the way back.
  private struct Encoding {
    var first: [Float]
    var windows: [Float]
    var second: [Float]
    var places: [Float]
    var firstMask: [Float]
    var secondMask: [Float]
  }

  private func rows(_ input: ParserInput, drop: Bool) -> [(Tensor, Int)] {
    [
      (wordTable, drop ? 0 : words[input.word] ?? 0), (endingTable, endings[input.ending] ?? 0),
      (tagTable, Int(input.tag.rawValue)), (setTable, input.set), (brownTable, Self.brownRow(input.brown)),
      (shapeTable, input.shape),
    ]
  }

  /// The first ten bits of a Brown cluster's path, with the leading one.
  private static func brownRow(_ path: UInt16) -> Int {
    path == 0 ? 0 : Int(path) >> max(0, 5 - path.leadingZeroBitCount)
  }

  private func mask(_ count: Int, _ drop: Float, _ training: Bool) -> [Float] {
    guard training else { return [Float](repeating: 1, count: count) }
    return (0..<count).map { _ in Float(random.next() >> 40) / Float(1 << 24) < drop ? 0 : 1 / (1 - drop) }
  }

  private func encode(_ inputs: [ParserInput], training: Bool, used: inout [[(Tensor, Int)]]) -> Encoding {
    let (width, wide, count) = (Self.width, 3 * Self.width, inputs.count + 1)
    var sums = [Float](repeating: 0, count: count * wide)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      for (place, input) in inputs.enumerated() {
        let tables = rows(input, drop: training && random.next() % 5 == 0)
        for (table, row) in tables { Matrix.add(base + place * wide, table.values + row * wide, 1, wide) }
        if input.vector > 0 {
          let start = (input.vector - 1) * Self.components
          for k in 0..<Self.components {
            Matrix.add(base + place * wide, projection.values + k * wide, components[start + k], wide)
          }
        }
        used.append(tables)
      }
      Matrix.add(base + inputs.count * wide, rootRow.values, 1, wide)
    }
    var first = [Float](repeating: 0, count: count * width)
    for place in 0..<count {
      for offset in 0..<3 where place + offset - 1 >= 0 && place + offset - 1 < count {
        let from = (place + offset - 1) * wide + offset * width
        for k in 0..<width { first[place * width + k] += sums[from + k] }
      }
    }
    let firstMask = mask(first.count, 0.25, training)
    for k in first.indices { first[k] = first[k] > 0 ? first[k] * firstMask[k] : 0 }
    var windows = [Float](repeating: 0, count: count * Self.window * width)
    for place in 0..<count {
      for offset in 0..<Self.window {
        let from = place + offset - Self.window / 2
        guard from >= 0, from < count else { continue }
        let target = (place * Self.window + offset) * width
        for k in 0..<width { windows[target + k] = first[from * width + k] }
      }
    }
    var second = [Float](repeating: 0, count: count * width)
    second.withUnsafeMutableBufferPointer { second in
      windows.withUnsafeMutableBufferPointer { windows in
        guard let target = second.baseAddress, let source = windows.baseAddress else { return }
        for place in 0..<count { Matrix.add(target + place * width, convolutionBias.values, 1, width) }
        Matrix.multiply(target, source, convolution.values, n: count, k: Self.window * width, m: width)
      }
    }
    let secondMask = mask(second.count, 0.25, training)
    for k in second.indices { second[k] = (second[k] > 0 ? second[k] : 0) * secondMask[k] + first[k] }
    var placed = [Float](repeating: 0, count: count * ParserState.slots * Self.hidden)
    placed.withUnsafeMutableBufferPointer { placed in
      second.withUnsafeMutableBufferPointer { second in
        guard let target = placed.baseAddress, let source = second.baseAddress else { return }
        Matrix.multiply(target, source, places.values, n: count, k: width, m: ParserState.slots * Self.hidden)
      }
    }
    return Encoding(
      first: first, windows: windows, second: second, places: placed, firstMask: firstMask, secondMask: secondMask)
  }

  /// Hidden layer of a state, before and behind the rectifier; and the rows of child relations that it used.
  private func hiddenLayer(
    _ state: ParserState, _ encoding: Encoding, _ slots: inout [Int], _ children: inout [Int]
  ) -> [Float] {
    let hidden = Self.hidden
    slots.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { state.fill(base) } }
    children.removeAll(keepingCapacity: true)
    var layer = Array(UnsafeBufferPointer(start: hiddenBias.values, count: hidden))
    layer.withUnsafeMutableBufferPointer { layer in
      guard let base = layer.baseAddress else { return }
      encoding.places.withUnsafeBufferPointer { placed in
        for (slot, word) in slots.enumerated() {
          if word < 0 {
            Matrix.add(base, absent.values + slot * hidden, 1, hidden)
          } else if let source = placed.baseAddress {
            Matrix.add(
              base, UnsafeMutablePointer(mutating: source + (word * ParserState.slots + slot) * hidden), 1, hidden)
          }
          if slot >= 5, word >= 0 {
            let row = (slot - 5) * relations.count + state.relations[word]
            children.append(row)
            Matrix.add(base, childRelations.values + row * hidden, 1, hidden)
          }
        }
      }
      Matrix.add(base, distances.values + state.distance * hidden, 1, hidden)
      for k in 0..<hidden where base[k] < 0 { base[k] = 0 }
    }
    return layer
  }

  private func logits(_ layer: inout [Float], _ table: Tensor) -> [Float] {
    layer.withUnsafeMutableBufferPointer { layer in
      guard let base = layer.baseAddress else { return [] }
      return (0..<table.rows).map { Matrix.dot(table.values + $0 * Self.hidden, base, Self.hidden) }
    }
  }

  private func run(_ example: ParserExample) -> ParserState {
    var used: [[(Tensor, Int)]] = []
    let encoding = encode(example.inputs, training: false, used: &used)
    var state = ParserState(count: example.inputs.count)
    var slots = [Int](repeating: -1, count: ParserState.slots)
    var children: [Int] = []
    while state.isFinished == false {
      var layer = hiddenLayer(state, encoding, &slots, &children)
      let scores = logits(&layer, actions)
      let allowed = ParserState.Action.allCases.filter(state.allows)
      guard let best = allowed.max(by: { scores[$0.rawValue] < scores[$1.rawValue] }) else { break }
      let labelScores = best == .shift ? [] : logits(&layer, labels)
      state.take(best, relation: labelScores.indices.max { labelScores[$0] < labelScores[$1] } ?? 0)
    }
    return state
  }

  // MARK: Backward

  /// Adds the sentence's gradient to the tensors'; returns its loss.
  private func learn(_ example: ParserExample, explore: Bool) -> Float {
    let (width, wide, hidden, count) = (Self.width, 3 * Self.width, Self.hidden, example.inputs.count + 1)
    var used: [[(Tensor, Int)]] = []
    let encoding = encode(example.inputs, training: true, used: &used)
    var back = [Float](repeating: 0, count: encoding.places.count)
    var loss: Float = 0
    var state = ParserState(count: example.inputs.count)
    var slots = [Int](repeating: -1, count: ParserState.slots)
    var children: [Int] = []
    for tensor in [actions, hiddenBias] { tensor.touchAll() }
    while state.isFinished == false {
      var layer = hiddenLayer(state, encoding, &slots, &children)
      let drop = mask(hidden, 0.2, true)
      for k in 0..<hidden { layer[k] *= drop[k] }
      let allowed = ParserState.Action.allCases.filter(state.allows)
      let costs = allowed.map { ArcOracle.cost($0, state, example.heads) }
      let least = costs.min() ?? 0
      let scores = logits(&layer, actions)
      let top = allowed.map { scores[$0.rawValue] }.max() ?? 0
      let shares = allowed.map { expf(scores[$0.rawValue] - top) }
      let total = shares.reduce(0, +)
      let right = zip(shares, costs).reduce(Float(0)) { $0 + ($1.1 == least ? $1.0 : 0) }
      loss -= logf(max(right / total, 1e-9))
      var slope = [Float](repeating: 0, count: hidden)
      for (place, action) in allowed.enumerated() {
        let wanted = costs[place] == least ? shares[place] / max(right, 1e-20) : 0
        accumulate(actions, action.rawValue, shares[place] / total - wanted, &layer, &slope)
      }
      let guess = allowed.indices.max { shares[$0] < shares[$1] } ?? 0
      let best = allowed.indices.filter { costs[$0] == least }.max { shares[$0] < shares[$1] } ?? 0
      let follow = explore && random.next() % 10 > 0 ? guess : best
      let action = allowed[follow]
      var relation = 0
      if action != .shift, let word = state.stack.last {
        let head = action == .left ? state.next : state.stack[state.stack.count - 2]
        let labelScores = logits(&layer, labels)
        relation = labelScores.indices.max { labelScores[$0] < labelScores[$1] } ?? 0
        if head == example.heads[word] {
          labels.touchAll()
          let highest = labelScores.max() ?? 0
          let parts = labelScores.map { expf($0 - highest) }
          let sum = parts.reduce(0, +)
          let gold = example.relations[word]
          loss -= logf(max(parts[gold] / sum, 1e-9))
          for label in parts.indices {
            accumulate(labels, label, parts[label] / sum - (label == gold ? 1 : 0), &layer, &slope)
          }
          if explore == false { relation = gold }
        }
      }
      for k in 0..<hidden { slope[k] = layer[k] > 0 ? slope[k] * drop[k] : 0 }
      spread(slope, state, slots, children, &back)
      state.take(action, relation: relation)
    }
    propagate(&back, encoding, example, used, width, wide, count)
    return loss
  }

  private func accumulate(_ table: Tensor, _ row: Int, _ slope: Float, _ layer: inout [Float], _ back: inout [Float]) {
    guard slope != 0 else { return }
    layer.withUnsafeMutableBufferPointer { layer in
      back.withUnsafeMutableBufferPointer { back in
        guard let layer = layer.baseAddress, let back = back.baseAddress else { return }
        Matrix.add(table.gradient + row * Self.hidden, layer, slope, Self.hidden)
        Matrix.add(back, table.values + row * Self.hidden, slope, Self.hidden)
      }
    }
  }

  private func spread(_ slope: [Float], _ state: ParserState, _ slots: [Int], _ children: [Int], _ back: inout [Float])
  {
    var slope = slope
    let hidden = Self.hidden
    slope.withUnsafeMutableBufferPointer { slope in
      back.withUnsafeMutableBufferPointer { back in
        guard let slope = slope.baseAddress, let back = back.baseAddress else { return }
        Matrix.add(hiddenBias.gradient, slope, 1, hidden)
        for (slot, word) in slots.enumerated() {
          if word < 0 {
            absent.touch(slot)
            Matrix.add(absent.gradient + slot * hidden, slope, 1, hidden)
          } else {
            Matrix.add(back + (word * ParserState.slots + slot) * hidden, slope, 1, hidden)
          }
        }
        for row in children {
          childRelations.touch(row)
          Matrix.add(childRelations.gradient + row * hidden, slope, 1, hidden)
        }
        distances.touch(state.distance)
        Matrix.add(distances.gradient + state.distance * hidden, slope, 1, hidden)
      }
    }
  }

  /// Takes the gradient of the places back through both layers to the tables.
  private func propagate(
    _ back: inout [Float], _ encoding: Encoding, _ example: ParserExample, _ used: [[(Tensor, Int)]], _ width: Int,
    _ wide: Int, _ count: Int
  ) {
    let outputs = ParserState.slots * Self.hidden
    var encoding = encoding
    for tensor in [places, convolution, convolutionBias, projection, rootRow] { tensor.touchAll() }
    var second = [Float](repeating: 0, count: count * width)
    withBases(&second, &encoding.second, &back) { slope, values, back in
      Matrix.multiplyLeftTransposed(places.gradient, values, back, n: count, k: width, m: outputs)
      Matrix.multiplyRightTransposed(slope, back, places.values, n: count, k: width, m: outputs)
    }
    addPairCost(of: encoding.second, to: &second)
    // The second layer's output is its rectified own part and the first layer's output.
    var first = second
    for k in second.indices {
      let own = encoding.second[k] - encoding.first[k]
      second[k] = own > 0 ? second[k] * encoding.secondMask[k] : 0
    }
    var windows = [Float](repeating: 0, count: encoding.windows.count)
    withBases(&windows, &encoding.windows, &second) { slope, values, back in
      for place in 0..<count { Matrix.add(convolutionBias.gradient, back + place * width, 1, width) }
      Matrix.multiplyLeftTransposed(convolution.gradient, values, back, n: count, k: Self.window * width, m: width)
      Matrix.multiplyRightTransposed(slope, back, convolution.values, n: count, k: Self.window * width, m: width)
    }
    for place in 0..<count {
      for offset in 0..<Self.window {
        let from = place + offset - Self.window / 2
        guard from >= 0, from < count else { continue }
        for k in 0..<width { first[from * width + k] += windows[(place * Self.window + offset) * width + k] }
      }
    }
    addPairCost(of: encoding.first, to: &first)
    for k in first.indices { first[k] = encoding.first[k] > 0 ? first[k] * encoding.firstMask[k] : 0 }
    var sums = [Float](repeating: 0, count: count * wide)
    for place in 0..<count {
      for offset in 0..<3 where place + offset - 1 >= 0 && place + offset - 1 < count {
        let target = (place + offset - 1) * wide + offset * width
        for k in 0..<width { sums[target + k] += first[place * width + k] }
      }
    }
    sums.withUnsafeMutableBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      for (place, tables) in used.enumerated() {
        for (table, row) in tables {
          table.touch(row)
          Matrix.add(table.gradient + row * wide, base + place * wide, 1, wide)
        }
        let vector = example.inputs[place].vector
        guard vector > 0 else { continue }
        for k in 0..<Self.components {
          Matrix.add(
            projection.gradient + k * wide, base + place * wide, components[(vector - 1) * Self.components + k], wide)
        }
      }
      Matrix.add(rootRow.gradient, base + example.inputs.count * wide, 1, wide)
    }
  }

  /// Adds the slope of `pairCost`.
  private func addPairCost(of layer: [Float], to slope: inout [Float]) {
    for k in stride(from: 0, to: layer.count, by: 2) {
      let length = (layer[k] * layer[k] + layer[k + 1] * layer[k + 1]).squareRoot()
      guard length > 1e-6 else { continue }
      slope[k] += Self.pairCost * layer[k] / length
      slope[k + 1] += Self.pairCost * layer[k + 1] / length
    }
  }

  private func withBases(
    _ a: inout [Float], _ b: inout [Float], _ c: inout [Float],
    _ body: (Matrix.Numbers, Matrix.Numbers, Matrix.Numbers) -> Void
  ) {
    a.withUnsafeMutableBufferPointer { a in
      b.withUnsafeMutableBufferPointer { b in
        c.withUnsafeMutableBufferPointer { c in
          if let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress { body(a, b, c) }
        }
      }
    }
  }
}
