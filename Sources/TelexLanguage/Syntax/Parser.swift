package import TelexText

/// Finds the dependency tree of a sentence: a small network (`ParserNetwork`) reads the words and chooses the actions of
/// `ParserState`: the best action, and for an arc the best relation. Linear in the sentence's length.
package struct Parser: Sendable {
  /// Relations of Universal Dependencies, by number.
  package let relations: [String]

  /// Number of "root", which only the root's own arc has; and of "parataxis".
  private let rootRelation: Int
  private let parataxis: Int
  private let network: ParserNetwork

  /// - Throws: `ResourceError` where `parser.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("parser.bin", in: directory)
    let names: Column<UInt8> = try file.section("relations")
    relations = String(decoding: (0..<names.count).map { names[$0] }, as: UTF8.self).split(separator: "\n").map(
      String.init)
    guard let rootRelation = relations.firstIndex(of: "root") else {
      throw ResourceError(path: file.path, message: "lacks relations")
    }
    self.rootRelation = rootRelation
    parataxis = relations.firstIndex(of: "parataxis") ?? 0
    network = try ParserNetwork(file, relations: relations.count, root: rootRelation)
  }

  /// Longest sentence that is parsed in one piece; longer ones (lists, tables) are cut there.
  package static let longest = 400

  /// By word: its head's number (the number of words for the root) and its relation's.
  package func parse(_ inputs: [ParserInput]) -> (heads: [Int], relations: [Int]) {
    if inputs.count <= Self.longest {
      let state = run(inputs[...])
      return (state.heads, state.relations)
    }
    var heads: [Int] = []
    var found: [Int] = []
    // Only the first piece has the sentence's root; those behind hang on it.
    var root = inputs.count
    for start in stride(from: 0, to: inputs.count, by: Self.longest) {
      let piece = inputs[start..<min(start + Self.longest, inputs.count)]
      let state = run(piece)
      heads += state.heads.map { $0 == piece.count ? root : $0 + start }
      found += state.relations.map { $0 == rootRelation && start > 0 ? parataxis : $0 }
      if start == 0 { root = heads.firstIndex(of: inputs.count) ?? 0 }
    }
    return (heads, found)
  }

  private func run(_ inputs: ArraySlice<ParserInput>) -> ParserState {
    let scratch = ParserNetwork.Scratch(network, words: inputs.count)
    network.encode(inputs, scratch)
    var state = ParserState(count: inputs.count)
    while state.isFinished == false {
      if let action = state.forced {
        state.take(action, relation: rootRelation)
        continue
      }
      state.fill(scratch.slots)
      for slot in 0..<ParserState.slots where scratch.slots[slot] >= 0 {
        let cell = scratch.slots[slot] * ParserState.slots + slot
        if scratch.isPlaced[cell] { continue }
        scratch.isPlaced[cell] = true
        network.place(scratch.slots[slot], slot, scratch)
      }
      network.fill(state, scratch)
      let action = best(state, scratch.layer)
      state.take(action, relation: action == .shift ? rootRelation : network.bestRelation(scratch))
    }
    return state
  }

  @inline(__always)
  private func best(_ state: borrowing ParserState, _ layer: UnsafePointer<Int16>) -> ParserState.Action {
    var best = ParserState.Action.shift
    var highest = Int32.min
    for action in ParserState.Action.allCases where state.allows(action) {
      let score = network.score(action, layer)
      if score > highest { (best, highest) = (action, score) }
    }
    return best
  }
}
