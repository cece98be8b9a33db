package import TelexText

/// A minimal deterministic automaton over byte strings that numbers its words in byte order.
///
/// Built by `AutomatonBuilder` (Daciuk et al., "Incremental Construction of Minimal Acyclic Finite-State Automata",
/// 2000) with the counts of a minimal perfect hash (Lucchesi and Kowaltowski, 1993): a word's number is the sum of the
/// `skip`s on its way, and tables beside the automaton are indexed by it.
package struct WordAutomaton: Sendable {
  /// One edge in 32 bits: label (8), last of its state (1), leads to the end of a word (1), first edge of the target (22).
  let edges: Column<UInt32>
  /// Words that come before those behind the edge, counted from its state; `isFar` where 16 bits can't say it.
  private let skips: Column<UInt16>
  /// The skips that 16 bits can't say, few and near the beginning: number of the edge, skip; by number.
  private let farSkips: Column<UInt32>
  /// By byte: the edge that a word beginning with it takes, 0 for none, and that edge's skip. The first state has so many
  /// edges that looking through them would be half of the way.
  private let roots: Column<UInt32>
  private let rootSkips: Column<UInt32>

  /// In `skips`: look into `farSkips`.
  package static let isFar = UInt16.max

  /// - Throws: `ResourceError` where the file has no automaton.
  package init(from file: ModelFile) throws(ResourceError) {
    self.init(
      edges: try file.section("edges"), skips: try file.section("skips"), farSkips: try file.section("far-skips"))
  }

  package init(edges: Column<UInt32>, skips: Column<UInt16>, farSkips: Column<UInt32>) {
    self.edges = edges
    self.skips = skips
    self.farSkips = farSkips
    var roots = [UInt32](repeating: 0, count: 256)
    var rootSkips = roots
    var edge = 1
    while edge < edges.count {
      let byte = Int(edges[edge] & 0xFF)
      roots[byte] = UInt32(edge)
      rootSkips[byte] = UInt32(Self.skip(of: edge, skips, farSkips))
      if edges[edge] & 0x100 != 0 { break }
      edge += 1
    }
    self.roots = Column(keeping: roots)
    self.rootSkips = Column(keeping: rootSkips)
  }

  @inline(__always)
  private static func skip(of edge: Int, _ skips: Column<UInt16>, _ farSkips: Column<UInt32>) -> Int {
    let skip = skips.base[edge]
    return skip == isFar ? farSkip(of: edge, farSkips) : Int(skip)
  }

  @inline(never)
  private static func farSkip(of edge: Int, _ farSkips: Column<UInt32>) -> Int {
    var (low, high) = (0, farSkips.count / 2)
    while low < high {
      let middle = (low + high) / 2
      if Int(farSkips[2 * middle]) < edge { low = middle + 1 } else { high = middle }
    }
    return 2 * low + 1 < farSkips.count ? Int(farSkips[2 * low + 1]) : 0
  }

  /// A place in the automaton on the way through a word.
  package struct State: Sendable {
    /// First edge; 0 where there is none (edge 0 is never a target).
    @usableFromInline var first: UInt32
    /// Words before the ones that begin like this.
    package fileprivate(set) var index: Int
    /// Whether what was read so far is a word.
    package fileprivate(set) var isWord: Bool
  }

  /// Before the first byte.
  package var start: State { State(first: edges.count > 1 ? 1 : 0, index: 0, isWord: false) }

  /// Reads one byte. False where no word goes on like this.
  @inline(__always)
  package func step(_ state: inout State, _ byte: UInt8) -> Bool {
    var edge = Int(state.first)
    if edge == 1 { edge = Int(roots.base[Int(byte)]) }
    guard edge != 0 else { return false }
    while true {
      let value = edges.base[edge]
      if UInt8(truncatingIfNeeded: value) == byte {
        state.index += Self.skip(of: edge, skips, farSkips)
        state.isWord = value & 0x200 != 0
        state.first = value &>> 10
        return true
      }
      if value & 0x100 != 0 { return false }
      edge += 1
    }
  }

  /// The number of a word, nil where it isn't one of them.
  package func index(of word: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let initial = word.first else { return nil }
    var edge = Int(roots.base[Int(initial)])
    if edge == 0 { return nil }
    var value = edges.base[edge]
    var index = Int(rootSkips.base[Int(initial)])
    for place in 1..<word.count {
      edge = Int(value &>> 10)
      if edge == 0 { return nil }
      value = edges.base[edge]
      while UInt8(truncatingIfNeeded: value) != word[place] {
        if value & 0x100 != 0 { return nil }
        edge &+= 1
        value = edges.base[edge]
      }
      index &+= Self.skip(of: edge, skips, farSkips)
    }
    return value & 0x200 != 0 ? index : nil
  }

  package func index(of word: some Sequence<UInt8>) -> Int? {
    if let index = word.withContiguousStorageIfAvailable({ index(of: $0) }) { return index }
    return Array(word).withUnsafeBufferPointer { index(of: $0) }
  }

  /// The word with a number, nil where there is none: the way whose skips add up to it.
  package func word(at index: Int) -> [UInt8]? {
    guard index >= 0, edges.count > 1 else { return nil }
    var result: [UInt8] = []
    var left = index
    var edge = 1
    while edge != 0 {
      // Of a state's edges, the last that doesn't skip too many words.
      var next = edge
      while edges[next] & 0x100 == 0, Self.skip(of: next + 1, skips, farSkips) <= left { next += 1 }
      left -= Self.skip(of: next, skips, farSkips)
      result.append(UInt8(truncatingIfNeeded: edges[next]))
      if left == 0, edges[next] & 0x200 != 0 { return result }
      edge = Int(edges[next] >> 10)
    }
    return nil
  }
}
