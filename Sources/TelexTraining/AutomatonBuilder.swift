import TelexLanguage

/// The tables of a `WordAutomaton`, as its file holds them.
package struct AutomatonTables: Equatable {
  package var edges: [UInt32]
  package var skips: [UInt16]
  package var farSkips: [UInt32]
}

/// Builds a `WordAutomaton` from words in byte order (Daciuk et al. 2000, the algorithm for sorted data).
package struct AutomatonBuilder {
  private struct Node: Hashable {
    var isWord = false
    var labels: [UInt8] = []
    var targets: [Int] = []
  }

  private var nodes: [Node] = []
  private var register: [Node: Int] = [:]
  /// Nodes on the way through the last word, not yet made unique.
  private var path: [Node] = [Node()]
  private var last: [UInt8] = []

  package init() {}

  /// Numbers the words by their place in byte order.
  ///
  /// - Parameter words: in byte order, each once, none empty.
  package static func tables(of words: [[UInt8]]) -> AutomatonTables {
    var builder = AutomatonBuilder()
    for word in words { builder.add(word) }
    return builder.finish()
  }

  private mutating func add(_ word: [UInt8]) {
    precondition(word.isEmpty == false && (last.isEmpty || last.lexicographicallyPrecedes(word)), "words out of order")
    var common = 0
    while common < last.count && common < word.count && last[common] == word[common] { common += 1 }
    freeze(downTo: common)
    for byte in word[common...] {
      path[path.count - 1].labels.append(byte)
      path[path.count - 1].targets.append(-1)
      path.append(Node())
    }
    path[path.count - 1].isWord = true
    last = word
  }

  private mutating func freeze(downTo depth: Int) {
    while path.count > depth + 1 {
      let node = path.removeLast()
      let number: Int
      if let known = register[node] {
        number = known
      } else {
        number = nodes.count
        nodes.append(node)
        register[node] = number
      }
      path[path.count - 1].targets[path[path.count - 1].targets.count - 1] = number
    }
  }

  private mutating func finish() -> AutomatonTables {
    freeze(downTo: 0)
    let root = nodes.count
    nodes.append(path[0])
    // A node is numbered after those it leads to, so one pass counts the words behind each.
    var words = [Int](repeating: 0, count: nodes.count)
    for (number, node) in nodes.enumerated() {
      words[number] = (node.isWord ? 1 : 0) + node.targets.reduce(0) { $0 + words[$1] }
    }
    // Edge 0 is the place that leads nowhere; the root's edges come first, then each node's.
    var first = [Int](repeating: 0, count: nodes.count)
    var next = 1
    for number in [root] + Array(0..<root) where nodes[number].labels.isEmpty == false {
      first[number] = next
      next += nodes[number].labels.count
    }
    precondition(next < 1 << 22, "too many edges for 22 bits")
    var edges = [UInt32](repeating: 0, count: next)
    var skips = [UInt32](repeating: 0, count: next)
    for (number, node) in nodes.enumerated() {
      var before = node.isWord ? 1 : 0
      for (place, target) in node.targets.enumerated() {
        let isLast: UInt32 = place == node.targets.count - 1 ? 0x100 : 0
        let isWord: UInt32 = nodes[target].isWord ? 0x200 : 0
        edges[first[number] + place] = UInt32(node.labels[place]) | isLast | isWord | UInt32(first[target]) << 10
        skips[first[number] + place] = UInt32(before)
        before += words[target]
      }
    }
    let far = skips.indices.filter { skips[$0] >= UInt32(WordAutomaton.isFar) }
    return AutomatonTables(
      edges: edges, skips: skips.map { UInt16(exactly: $0) ?? WordAutomaton.isFar },
      farSkips: far.flatMap { [UInt32($0), skips[$0]] })
  }
}
