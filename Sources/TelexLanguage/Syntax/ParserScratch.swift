extension ParserNetwork {
  /// Memory for the layers of one sentence, aligned as rows of eight need it.
  final class Scratch {
    /// By word, the root behind the last: sums of its properties' rows, 3 · `width` numbers.
    let sums: UnsafeMutablePointer<Int16>
    /// By word: the convolution's input, `width` numbers.
    let first: UnsafeMutablePointer<Int16>
    /// By word and place: what the word adds there, where `isPlaced`.
    let placed: UnsafeMutablePointer<Int16>
    let isPlaced: UnsafeMutablePointer<Bool>
    /// One layer: the convolution's output, or the hidden layer of a state.
    let layer: UnsafeMutablePointer<Int16>
    let layerPairs: UnsafeMutablePointer<FixedPoint.InputPair>
    /// Sums of products, four outputs each.
    let products: UnsafeMutablePointer<SIMD4<Int32>>
    /// By word: what isn't zero of the convolution's input.
    let inputs: Lists
    /// By word: what isn't zero of its output.
    let words: Lists
    /// The words in the places of a state.
    let slots: UnsafeMutablePointer<Int>
    /// What is added up for a hidden layer.
    let parts: UnsafeMutablePointer<UnsafePointer<SIMD8<Int16>>>
    private let memory: UnsafeMutableRawPointer

    /// - Parameter words: of the sentence.
    init(_ network: ParserNetwork, words: Int) {
      let count = words + 1
      let (width, hidden) = (network.width, network.hidden)
      let places = count * ParserState.slots
      let widest = max(width, hidden, network.relationOutputs)
      let sizes = [
        count * 3 * width * 2, count * width * 2, places * hidden * 2, widest * 2, widest * 4, widest * 4,
        count * width * 4, count * width * 4, count * 4, count * 4, places, ParserState.slots * 8,
        ParserState.slots * 16,
      ].map { ($0 + 63) / 64 * 64 }
      let memory = UnsafeMutableRawPointer.allocate(byteCount: sizes.reduce(0, +), alignment: 64)
      var offset = 0
      var index = 0
      func next<Element>(_ type: Element.Type) -> UnsafeMutablePointer<Element> {
        defer {
          offset += sizes[index]
          index += 1
        }
        return (memory + offset).bindMemory(to: type, capacity: sizes[index] / MemoryLayout<Element>.stride)
      }
      self.memory = memory
      sums = next(Int16.self)
      first = next(Int16.self)
      placed = next(Int16.self)
      layer = next(Int16.self)
      layerPairs = next(FixedPoint.InputPair.self)
      products = next(SIMD4<Int32>.self)
      let lists = (next(FixedPoint.InputPair.self), next(FixedPoint.InputPair.self))
      inputs = Lists(pairs: width / 2, lists: lists.0, counts: next(Int32.self))
      self.words = Lists(pairs: width / 2, lists: lists.1, counts: next(Int32.self))
      isPlaced = next(Bool.self)
      slots = next(Int.self)
      parts = next(UnsafePointer<SIMD8<Int16>>.self)
      isPlaced.initialize(repeating: false, count: places)
    }

    deinit { memory.deallocate() }
  }

  /// By word: the pairs of its row that aren't both zero.
  struct Lists {
    /// Of a whole row.
    let pairs: Int
    let lists: UnsafeMutablePointer<FixedPoint.InputPair>
    let counts: UnsafeMutablePointer<Int32>

    subscript(_ word: Int) -> UnsafeMutablePointer<FixedPoint.InputPair> { lists + word * pairs }

    func count(_ word: Int) -> Int { Int(counts[word]) }

    func list(_ row: UnsafePointer<Int16>, at word: Int) {
      counts[word] = Int32(FixedPoint.list(row, pairs: pairs, into: self[word]))
    }
  }
}
