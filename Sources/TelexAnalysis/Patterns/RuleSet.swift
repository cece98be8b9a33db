import TelexText

/// A row of a rule file: a name for the result, a pattern, and what it means.
struct PatternRule: Sendable {
  let name: String
  let meaning: String
  /// Fixed fields of the meaning: `unit=D`, `n=-1`.
  let fields: [(name: String, value: String)]
}

/// The rules of a file, compiled into one trie over words and classes.
///
/// From one element the walk goes down every branch that fits; the trie is as deep as the longest pattern, so the work is
/// bounded for each element and linear in the text, whatever the text is.
struct RuleSet: Sendable {
  struct Match {
    let rule: Int
    /// First element of the match, and behind the last, context included.
    let range: Range<Int>
    /// Elements of the expression itself.
    let span: Range<Int>
    /// Elements caught, and the class they were caught by.
    let captures: [(name: String, element: Int, category: Int)]
  }

  private struct Leaf: Sendable {
    let rule: Int32
    let span: Range<Int>
    let captures: [(name: String, step: Int, category: Int)]
  }

  private struct Node: Sendable {
    var words: [(entry: Int32, node: Int32)] = []
    var categories: [(bit: UInt64, node: Int32)] = []
    var leaf: Int32 = -1
  }

  let rules: [PatternRule]
  private let nodes: [Node]
  private let leaves: [Leaf]
  /// Where the first element of a pattern leads: by entry of the vocabulary, by class.
  private let rootWords: [Int32]
  private let rootClasses: [Int32]
  private let rootMask: UInt64

  /// Compiles the rows `name, pattern, meaning field=value …` of a table.
  /// - Throws: `ResourceError` where a row has no such shape, or names a class that no word list has.
  init(_ table: ResourceTable, _ vocabulary: inout RuleVocabulary) throws(ResourceError) {
    var rules: [PatternRule] = []
    var nodes = [Node()]
    var leaves: [Leaf] = []
    for row in table.rows {
      guard row.fields.count == 3, let pattern = Pattern(row.fields[1]) else {
        throw table.error(row, "a name, a pattern and a meaning are due")
      }
      let words = row.fields[2].split(separator: " ").map(String.init)
      let rule = Int32(rules.count)
      let fields = words.dropFirst().map { word in
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
      }
      rules.append(PatternRule(name: row.fields[0], meaning: words.first ?? "none", fields: fields))
      for sequence in pattern.sequences {
        var node = 0
        var captures: [(name: String, step: Int, category: Int)] = []
        for (index, step) in sequence.steps.enumerated() {
          switch step.symbol {
          case .word(let word):
            let entry = vocabulary.literal(word)
            if let next = nodes[node].words.first(where: { $0.entry == entry }) {
              node = Int(next.node)
            } else {
              nodes[node].words.append((entry, Int32(nodes.count)))
              node = nodes.count
              nodes.append(Node())
            }
          case .category(let name):
            guard let category = vocabulary.classes[name] else { throw table.error(row, "no such class: \(name)") }
            let bit = UInt64(1) << UInt64(category)
            captures.append((step.capture ?? name, index, category))
            if let next = nodes[node].categories.first(where: { $0.bit == bit }) {
              node = Int(next.node)
            } else {
              nodes[node].categories.append((bit, Int32(nodes.count)))
              node = nodes.count
              nodes.append(Node())
            }
          }
        }
        if nodes[node].leaf < 0 {
          nodes[node].leaf = Int32(leaves.count)
          let span = (sequence.start ?? 0)..<max(sequence.start ?? 0, sequence.end ?? sequence.steps.count)
          leaves.append(Leaf(rule: rule, span: span, captures: captures))
        }
      }
    }
    var rootWords = [Int32](repeating: -1, count: vocabulary.entries.count)
    for word in nodes[0].words { rootWords[Int(word.entry)] = word.node }
    var rootClasses = [Int32](repeating: -1, count: 64)
    var rootMask: UInt64 = 0
    for category in nodes[0].categories {
      rootClasses[category.bit.trailingZeroBitCount] = category.node
      rootMask |= category.bit
    }
    self.rules = rules
    self.nodes = nodes
    self.leaves = leaves
    self.rootWords = rootWords
    self.rootClasses = rootClasses
    self.rootMask = rootMask
  }

  /// The matches of a text from left to right: at each element the longest, of two the first in the file; the search goes
  /// on behind the expression.
  func matches(in elements: [Element]) -> [Match] {
    var matches: [Match] = []
    var stack: [(node: Int32, depth: Int)] = []
    var start = 0
    while start < elements.count {
      let element = elements[start]
      let isRoot =
        element.classes & rootMask != 0
        || (element.entry >= 0 && Int(element.entry) < rootWords.count && rootWords[Int(element.entry)] >= 0)
      guard isRoot, let match = longest(at: start, elements, &stack) else {
        start += 1
        continue
      }
      let best = overtaken(match, elements, &stack)
      matches.append(best)
      start = max(start + 1, best.span.upperBound)
    }
    return matches
  }

  /// The match itself, or one that begins behind its context and reaches further: "du [3] au" gives way to "3 au 5 mai".
  private func overtaken(
    _ match: Match, _ elements: [Element], _ stack: inout [(node: Int32, depth: Int)]
  ) -> Match {
    var best = match
    var start = match.range.lowerBound + 1
    while start <= match.span.lowerBound, start < elements.count {
      if let other = longest(at: start, elements, &stack), other.range.upperBound > best.range.upperBound {
        best = other
      }
      start += 1
    }
    return best
  }

  /// The longest match that begins at an element.
  func longest(at start: Int, in elements: [Element]) -> Match? {
    guard elements.indices.contains(start) else { return nil }
    var stack: [(node: Int32, depth: Int)] = []
    return longest(at: start, elements, &stack)
  }

  private func longest(
    at start: Int, _ elements: [Element], _ stack: inout [(node: Int32, depth: Int)]
  ) -> Match? {
    var best: Int32 = -1
    var bestDepth = 0
    stack.removeAll(keepingCapacity: true)
    let element = elements[start]
    if element.entry >= 0, Int(element.entry) < rootWords.count, rootWords[Int(element.entry)] >= 0 {
      stack.append((rootWords[Int(element.entry)], 1))
    }
    var bits = element.classes & rootMask
    while bits != 0 {
      stack.append((rootClasses[bits.trailingZeroBitCount], 1))
      bits &= bits - 1
    }
    while let (index, depth) = stack.popLast() {
      let node = nodes[Int(index)]
      if node.leaf >= 0 {
        let isBetter =
          depth > bestDepth || (depth == bestDepth && leaves[Int(node.leaf)].rule < leaves[Int(best)].rule)
        if isBetter { (best, bestDepth) = (node.leaf, depth) }
      }
      let next = start + depth
      guard next < elements.count, !elements[next].flags.contains(.beginsParagraph) else { continue }
      let following = elements[next]
      if following.entry >= 0 {
        for word in node.words where word.entry == following.entry { stack.append((word.node, depth + 1)) }
      }
      if following.classes != 0 {
        for category in node.categories where category.bit & following.classes != 0 {
          stack.append((category.node, depth + 1))
        }
      }
    }
    guard best >= 0 else { return nil }
    let leaf = leaves[Int(best)]
    return Match(
      rule: Int(leaf.rule), range: start..<start + bestDepth,
      span: start + leaf.span.lowerBound..<start + leaf.span.upperBound,
      captures: leaf.captures.map { ($0.name, start + $0.step, $0.category) })
  }
}
