import TelexText

/// A row of a rule file: a name for the result, a pattern, and what it means.
struct PatternRule: Sendable {
  let name: String
  let meaning: String
  /// Fixed fields of the meaning: `unit=D`, `n=-1`.
  let fields: [(name: String, value: String)]

  /// - Parameter row: with three fields, `name, pattern, meaning field=value …`.
  init(_ row: ResourceTable.Row) {
    let words = row.fields[2].split(separator: " ").map(String.init)
    name = row.fields[0]
    meaning = words.first ?? "none"
    fields = words.dropFirst().map { word in
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
    }
  }
}

/// The rules of a file, compiled into one trie over words and classes.
///
/// From one element the walk goes down every branch that fits; the trie is as deep as the longest pattern, so the work is
/// bounded for each element and linear in the text, whatever the text is. Nodes and branches lie in flat arrays, and a
/// match is plain numbers: the walk allocates nothing.
struct RuleSet: Sendable {
  struct Match {
    let rule: Int
    /// First element of the match, and behind the last, context included.
    let range: Range<Int>
    /// Elements of the expression itself.
    let span: Range<Int>
    fileprivate let leaf: Int
  }

  /// An element caught, the name it was caught under (index into `names`), and the class it was caught by.
  struct Capture {
    let name: Int
    let element: Int
    let category: Int
  }

  private struct Leaf: Sendable {
    let rule: Int32
    let span: Range<Int>
    let captures: Range<Int>
  }

  /// Half-open ranges of its branches, and the leaf that ends here, or -1.
  private struct Node: Sendable {
    var firstWord: Int32 = 0
    var endWord: Int32 = 0
    var firstClass: Int32 = 0
    var endClass: Int32 = 0
    var leaf: Int32 = -1
    /// Bits of all its classes.
    var mask: UInt64 = 0
    /// Of each word it has the bit that the last six bits of its entry number: most words that it hasn't are told by it.
    var bloom: UInt64 = 0
  }

  private struct WordBranch: Sendable {
    let entry: Int32
    let node: Int32
  }

  private struct ClassBranch: Sendable {
    let bit: UInt64
    let node: Int32
  }

  private struct Step {
    let node: Int32
    let depth: Int32
  }

  let rules: [PatternRule]
  /// Names of captures.
  let names: [String]
  private let nodes: [Node]
  private let wordBranches: [WordBranch]
  private let classBranches: [ClassBranch]
  private let leaves: [Leaf]
  private let captures: [Capture]
  /// Where the first element of a pattern leads: by entry of the vocabulary, by class.
  private let rootWords: [Int32]
  private let rootClasses: [Int32]
  private let rootMask: UInt64
  /// How many steps a walk can have before it.
  private let longestStack: Int

  /// Compiles the rows `name, pattern, meaning field=value …` of a table.
  /// - Throws: `ResourceError` where a row has no such shape, or names a class that no word list has.
  init(_ table: ResourceTable, _ vocabulary: inout RuleVocabulary) throws(ResourceError) {
    var rules: [PatternRule] = []
    var names = Interned()
    var trie = [Growing()]
    var leaves: [Leaf] = []
    var captures: [Capture] = []
    var longestPattern = 0
    for row in table.rows {
      guard row.fields.count == 3, let pattern = Pattern(row.fields[1]) else {
        throw table.error(row, "a name, a pattern and a meaning are due")
      }
      let rule = Int32(rules.count)
      rules.append(PatternRule(row))
      for sequence in pattern.sequences {
        var node = 0
        let firstCapture = captures.count
        longestPattern = max(longestPattern, sequence.steps.count)
        for (index, step) in sequence.steps.enumerated() {
          switch step.symbol {
          case .word(let word): node = Growing.descend(&trie, from: node, word: vocabulary.literal(word))
          case .category(let name):
            guard let category = vocabulary.classes[name] else { throw table.error(row, "no such class: \(name)") }
            captures.append(Capture(name: names.index(of: step.capture ?? name), element: index, category: category))
            node = Growing.descend(&trie, from: node, bit: 1 << UInt64(category))
          }
        }
        guard trie[node].leaf < 0 else {
          captures.removeSubrange(firstCapture...)
          continue
        }
        trie[node].leaf = Int32(leaves.count)
        let span = (sequence.start ?? 0)..<max(sequence.start ?? 0, sequence.end ?? sequence.steps.count)
        leaves.append(Leaf(rule: rule, span: span, captures: firstCapture..<captures.count))
      }
    }
    var rootWords = [Int32](repeating: -1, count: vocabulary.entries.count)
    for word in trie[0].words { rootWords[Int(word.entry)] = word.node }
    var rootClasses = [Int32](repeating: -1, count: 64)
    for category in trie[0].classes { rootClasses[category.bit.trailingZeroBitCount] = category.node }
    self.rules = rules
    self.names = names.names
    self.leaves = leaves
    self.captures = captures
    self.rootWords = rootWords
    self.rootClasses = rootClasses
    rootMask = trie[0].classes.reduce(0) { $0 | $1.bit }
    (nodes, wordBranches, classBranches) = Growing.flat(trie)
    // Each element taken off the stack puts one word's branch and some classes' on it, one level further down.
    let branches = 1 + (trie.map(\.classes.count).max() ?? 0)
    longestStack = branches * (2 + longestPattern)
  }

  /// A node of the trie while rules are added.
  private struct Growing {
    var words: [WordBranch] = []
    var classes: [ClassBranch] = []
    var leaf: Int32 = -1

    static func descend(_ trie: inout [Growing], from node: Int, word entry: Int32) -> Int {
      if let next = trie[node].words.first(where: { $0.entry == entry }) { return Int(next.node) }
      trie[node].words.append(WordBranch(entry: entry, node: Int32(trie.count)))
      trie.append(Growing())
      return trie.count - 1
    }

    static func descend(_ trie: inout [Growing], from node: Int, bit: UInt64) -> Int {
      if let next = trie[node].classes.first(where: { $0.bit == bit }) { return Int(next.node) }
      trie[node].classes.append(ClassBranch(bit: bit, node: Int32(trie.count)))
      trie.append(Growing())
      return trie.count - 1
    }

    static func flat(_ trie: [Growing]) -> ([Node], [WordBranch], [ClassBranch]) {
      var (words, classes): ([WordBranch], [ClassBranch]) = ([], [])
      let nodes = trie.map { growing in
        var node = Node(leaf: growing.leaf)
        node.firstWord = Int32(words.count)
        words += growing.words
        node.endWord = Int32(words.count)
        node.firstClass = Int32(classes.count)
        classes += growing.classes
        node.endClass = Int32(classes.count)
        node.bloom = growing.words.reduce(0) { $0 | 1 << UInt64($1.entry & 63) }
        node.mask = growing.classes.reduce(0) { $0 | $1.bit }
        return node
      }
      return (nodes, words, classes)
    }
  }

  /// Names, each with a number.
  private struct Interned {
    var names: [String] = []

    mutating func index(of name: String) -> Int {
      if let index = names.firstIndex(of: name) { return index }
      names.append(name)
      return names.count - 1
    }
  }

  /// What a match caught, from left to right.
  func captures(of match: Match) -> some Sequence<Capture> {
    captures[leaves[match.leaf].captures].lazy.map {
      Capture(name: $0.name, element: match.range.lowerBound + $0.element, category: $0.category)
    }
  }

  /// The matches of a text from left to right: at each element the longest, of two the first in the file; the search goes
  /// on behind the expression.
  func matches(in elements: [Element]) -> [Match] {
    elements.withUnsafeBufferPointer { elements in
      withWalk { walk in
        var matches: [Match] = []
        var start = 0
        while start < elements.count {
          guard let match = walk.longest(at: start, elements) else {
            start += 1
            continue
          }
          let best = walk.overtaken(match, elements)
          matches.append(best)
          start = max(start + 1, best.span.upperBound)
        }
        return matches
      }
    }
  }

  /// The longest match that begins at an element.
  func longest(at start: Int, in elements: [Element]) -> Match? {
    guard elements.indices.contains(start), begins(elements[start]) else { return nil }
    return elements.withUnsafeBufferPointer { elements in withWalk { $0.longest(at: start, elements) } }
  }

  /// Whether a pattern can begin with an element.
  private func begins(_ element: Element) -> Bool {
    element.classes & rootMask != 0
      || element.entry >= 0 && Int(element.entry) < rootWords.count && rootWords[Int(element.entry)] >= 0
  }

  private func withWalk<Result>(_ body: (inout Walk) -> Result) -> Result {
    nodes.withUnsafeBufferPointer { nodes in
      wordBranches.withUnsafeBufferPointer { words in
        classBranches.withUnsafeBufferPointer { classes in
          leaves.withUnsafeBufferPointer { leaves in
            rootWords.withUnsafeBufferPointer { rootWords in
              rootClasses.withUnsafeBufferPointer { rootClasses in
                withUnsafeTemporaryAllocation(of: Step.self, capacity: longestStack) { stack in
                  var walk = Walk(
                    nodes: nodes, words: words, classes: classes, leaves: leaves, rootWords: rootWords,
                    rootClasses: rootClasses, rootMask: rootMask, stack: stack)
                  return body(&walk)
                }
              }
            }
          }
        }
      }
    }
  }

  /// The trie while a text is walked. Lives no longer than the arrays it looks at.
  private struct Walk {
    let nodes: UnsafeBufferPointer<Node>
    let words: UnsafeBufferPointer<WordBranch>
    let classes: UnsafeBufferPointer<ClassBranch>
    let leaves: UnsafeBufferPointer<Leaf>
    let rootWords: UnsafeBufferPointer<Int32>
    let rootClasses: UnsafeBufferPointer<Int32>
    let rootMask: UInt64
    let stack: UnsafeMutableBufferPointer<Step>
    private var count = 0

    init(
      nodes: UnsafeBufferPointer<Node>, words: UnsafeBufferPointer<WordBranch>,
      classes: UnsafeBufferPointer<ClassBranch>, leaves: UnsafeBufferPointer<Leaf>,
      rootWords: UnsafeBufferPointer<Int32>, rootClasses: UnsafeBufferPointer<Int32>, rootMask: UInt64,
      stack: UnsafeMutableBufferPointer<Step>
    ) {
      self.nodes = nodes
      self.words = words
      self.classes = classes
      self.leaves = leaves
      self.rootWords = rootWords
      self.rootClasses = rootClasses
      self.rootMask = rootMask
      self.stack = stack
    }

    @inline(__always)
    private mutating func push(_ node: Int32, _ depth: Int32) {
      stack[count] = Step(node: node, depth: depth)
      count += 1
    }

    /// The match itself, or one that begins behind its context and reaches further: "du [3] au" gives way to "3 au 5 mai".
    mutating func overtaken(_ match: Match, _ elements: UnsafeBufferPointer<Element>) -> Match {
      var best = match
      var start = match.range.lowerBound + 1
      while start <= match.span.lowerBound, start < elements.count {
        if let other = longest(at: start, elements), other.range.upperBound > best.range.upperBound { best = other }
        start += 1
      }
      return best
    }

    mutating func longest(at start: Int, _ elements: UnsafeBufferPointer<Element>) -> Match? {
      let element = elements[start]
      if element.entry >= 0, Int(element.entry) < rootWords.count, rootWords[Int(element.entry)] >= 0 {
        push(rootWords[Int(element.entry)], 1)
      }
      var bits = element.classes & rootMask
      while bits != 0 {
        push(rootClasses[bits.trailingZeroBitCount], 1)
        bits &= bits - 1
      }
      var best: Int32 = -1
      var bestDepth: Int32 = 0
      while count > 0 {
        count -= 1
        let step = stack[count]
        let node = nodes[Int(step.node)]
        if node.leaf >= 0 {
          let isBetter =
            step.depth > bestDepth
            || step.depth == bestDepth && leaves[Int(node.leaf)].rule < leaves[Int(best)].rule
          if isBetter { (best, bestDepth) = (node.leaf, step.depth) }
        }
        let next = start + Int(step.depth)
        guard next < elements.count else { continue }
        let following = elements[next]
        guard !following.flags.contains(.beginsParagraph) else { continue }
        if following.entry >= 0, node.bloom & 1 << UInt64(following.entry & 63) != 0 {
          for index in Int(node.firstWord)..<Int(node.endWord) where words[index].entry == following.entry {
            push(words[index].node, step.depth + 1)
          }
        }
        guard following.classes & node.mask != 0 else { continue }
        for index in Int(node.firstClass)..<Int(node.endClass) where classes[index].bit & following.classes != 0 {
          push(classes[index].node, step.depth + 1)
        }
      }
      guard best >= 0 else { return nil }
      let leaf = leaves[Int(best)]
      return Match(
        rule: Int(leaf.rule), range: start..<start + Int(bestDepth),
        span: start + leaf.span.lowerBound..<start + leaf.span.upperBound, leaf: Int(best))
    }
  }
}
