import TelexText

/// One pattern of a rule, as the data writes it, taken apart into plain sequences.
///
/// A pattern is a row of words; `@class` stands for any word of a class, `name:@class` gives what it catches another name;
/// `( … | … )` are alternatives and `?` behind a word or group makes it optional. `[` and `]` mark what of it is the
/// expression; the rest is context. No repetition: a pattern has a longest form, so matching is bounded.
struct Pattern {
  struct Step: Equatable {
    enum Symbol: Hashable {
      case word(String)
      case category(String)
    }
    var symbol: Symbol
    /// Name under which what it catches is handed on.
    var capture: String?
  }

  struct Sequence {
    var steps: [Step] = []
    /// Half-open range of steps that are the expression; all where no marks are set.
    var start: Int?
    var end: Int?
  }

  private(set) var sequences: [Sequence] = []

  /// - Returns: nil where brackets don't fit or the pattern has more than 20,000 forms.
  init?(_ text: String) {
    var parser = Parser(words: Parser.words(of: text))
    guard let node = parser.alternatives(), parser.isAtEnd else { return nil }
    sequences = Self.expand(node, from: [Sequence()])
    guard sequences.count <= 20_000, sequences.allSatisfy({ !$0.steps.isEmpty }) else { return nil }
  }

  private indirect enum Node {
    case step(Step)
    case open, close
    case row([Node])
    case either([Node])
    case optional(Node)
  }

  private static func expand(_ node: Node, from begun: [Sequence]) -> [Sequence] {
    guard begun.count <= 20_000 else { return begun }
    switch node {
    case .step(let step):
      return begun.map {
        var sequence = $0
        sequence.steps.append(step)
        return sequence
      }
    case .open:
      return begun.map {
        var sequence = $0
        sequence.start = sequence.steps.count
        return sequence
      }
    case .close:
      return begun.map {
        var sequence = $0
        sequence.end = sequence.steps.count
        return sequence
      }
    case .row(let nodes): return nodes.reduce(begun) { expand($1, from: $0) }
    case .either(let nodes): return nodes.flatMap { expand($0, from: begun) }
    case .optional(let node): return begun + expand(node, from: begun)
    }
  }

  private struct Parser {
    let words: [String]
    var index = 0

    init(words: [String]) { self.words = words }

    /// Brackets, bars and question marks stand for themselves even without spaces around.
    static func words(of text: String) -> [String] {
      var words: [String] = []
      var word = ""
      for character in text {
        if "()|[]? ".contains(character) {
          if !word.isEmpty { words.append(word) }
          word = ""
          if character != " " { words.append(String(character)) }
        } else {
          word.append(character)
          // The tokenizer cuts an elision from its word.
          if character == "'", word != "aujourd'" {
            words.append(word)
            word = ""
          }
        }
      }
      if !word.isEmpty { words.append(word) }
      return words
    }

    var isAtEnd: Bool { index == words.count }

    mutating func alternatives() -> Node? {
      var rows: [Node] = []
      repeat {
        guard let row = row() else { return nil }
        rows.append(row)
      } while take("|")
      return rows.count == 1 ? rows[0] : .either(rows)
    }

    private mutating func row() -> Node? {
      var nodes: [Node] = []
      while index < words.count, words[index] != "|", words[index] != ")" {
        guard var node = item() else { return nil }
        if take("?") { node = .optional(node) }
        nodes.append(node)
      }
      return nodes.isEmpty ? nil : .row(nodes)
    }

    private mutating func item() -> Node? {
      let word = words[index]
      index += 1
      switch word {
      case "(":
        guard let node = alternatives(), take(")") else { return nil }
        return node
      case "[": return .open
      case "]": return .close
      case "?": return nil
      default:
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return .step(Step(symbol: .word(word), capture: nil)) }
        let name = parts[0].isEmpty ? String(parts[1]) : String(parts[0].dropLast())
        return .step(Step(symbol: .category(String(parts[1])), capture: name))
      }
    }

    private mutating func take(_ word: String) -> Bool {
      guard index < words.count, words[index] == word else { return false }
      index += 1
      return true
    }
  }
}
