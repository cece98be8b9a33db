import TelexLanguage

/// What each action costs in arcs of the right tree that can't be built any more behind it: the dynamic oracle of the
/// arc-hybrid system (Goldberg and Nivre, "Training Deterministic Parsers with Non-Deterministic Oracles", 2013).
enum ArcOracle {
  /// - Parameter heads: the right head of each word, the sentence's length for the root.
  static func cost(_ action: ParserState.Action, _ state: ParserState, _ heads: [Int]) -> Int {
    let top = state.stack.last ?? -1
    switch action {
    case .shift:
      let word = state.next
      var cost = state.stack.dropLast().contains(heads[word]) ? 1 : 0
      for other in state.stack where heads[other] == word { cost += 1 }
      return cost
    case .left:
      let below = state.stack.count > 1 ? state.stack[state.stack.count - 2] : -1
      let lost = heads[top] == below || heads[top] > state.next
      return (lost ? 1 : 0) + dependentsAhead(of: top, state, heads)
    case .right:
      return (heads[top] >= state.next ? 1 : 0) + dependentsAhead(of: top, state, heads)
    }
  }

  private static func dependentsAhead(of word: Int, _ state: ParserState, _ heads: [Int]) -> Int {
    var count = 0
    for other in state.next..<max(state.next, state.count) where heads[other] == word { count += 1 }
    return count
  }
}
