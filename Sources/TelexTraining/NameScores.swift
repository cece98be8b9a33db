import TelexLanguage
package import TelexModel

/// Precision and recall of names, exact in span and kind.
package struct NameScores: Sendable {
  private struct Item: Hashable {
    var span: Span
    var kind: Entity.Kind
  }

  private var right: [Entity.Kind: Int] = [:]
  private var gold: [Entity.Kind: Int] = [:]
  private var found: [Entity.Kind: Int] = [:]

  package init() {}

  package mutating func add(
    gold names: [(span: Span, kind: Entity.Kind)], found guesses: [(span: Span, kind: Entity.Kind)]
  ) {
    let wanted = Set(names.map { Item(span: $0.span, kind: $0.kind) })
    for name in names { gold[name.kind, default: 0] += 1 }
    for guess in guesses {
      found[guess.kind, default: 0] += 1
      if wanted.contains(Item(span: guess.span, kind: guess.kind)) { right[guess.kind, default: 0] += 1 }
    }
  }

  /// F1 of the kinds together.
  package func f1(_ kinds: [Entity.Kind]) -> Double {
    func sum(_ counts: [Entity.Kind: Int]) -> Int { kinds.reduce(0) { $0 + (counts[$1] ?? 0) } }
    return 2 * Double(sum(right)) / Double(max(1, sum(gold) + sum(found)))
  }

  package var description: String {
    func rounded(_ value: Double) -> String { String(Double(Int(value * 1000 + 0.5)) / 1000) }
    let each = NameLabel.kinds.map { "\($0.rawValue) \(rounded(f1([$0])))" }.joined(separator: ", ")
    return "F1 person+location+organization \(rounded(f1([.person, .location, .organization]))) (\(each))"
  }
}
