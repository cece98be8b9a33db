/// What speaks for a name that was found, besides its kind.
package struct NameClues: Sendable {
  /// How far its labels are ahead of the next ones where they are least, in the model's own unit.
  package var margin: Float = 0
  /// Whether the sentence says it by itself; else it is one because the rest of the document has it.
  package var isOwn = false
  /// Whether the lists know it as what it was taken for, and whether as something else only.
  package var isListed = false
  package var isListedOtherwise = false
  /// How often the document has it as a name of this kind.
  package var occurrences = 1
  /// Tokens.
  package var length = 1
  package var isAtStart = false
  /// Whether the document has its first word in small letters too.
  package var isCommon = false
}

/// How probable it is that a name is right in span and kind: logistic regression on what speaks for it (Platt 1999), fitted on text
/// that the models weren't trained on.
package struct NameConfidence: Sendable {
  package static let clues = 9
  package static let count = NameLabel.kinds.count + clues
  package let weights: Column<Float>

  /// - Parameter weights: `count` of them, kinds first.
  package init(weights: Column<Float>) { self.weights = weights }

  /// Numbers behind the one for the kind.
  package static func values(_ clues: NameClues) -> [Float] {
    let margin = max(0, clues.margin)
    let repetition = Float(min(clues.occurrences, 4) - 1) / 3
    let facts = [
      clues.isOwn, clues.isListed, clues.isListedOtherwise, clues.length == 1, clues.isAtStart,
      clues.isCommon,
    ]
    return [margin / (1 + margin), min(margin, 8) / 8, repetition] + facts.map { $0 ? 1 : 0 }
  }

  /// Between 0.01 and 0.99, in hundredths.
  package func probability(_ kind: Int, _ clues: NameClues) -> Double {
    var sum = weights[kind]
    for (index, value) in Self.values(clues).enumerated() { sum += weights[NameLabel.kinds.count + index] * value }
    let probability = 1 / (1 + exponential(-sum))
    return Double(max(1, min(99, (probability * 100).rounded()))) / 100
  }
}

/// e to a power, by sums and products only, so that every machine computes the same bits: 2^n times a polynomial.
package func exponential(_ value: Float) -> Float {
  let scaled = max(-126, min(126, value * 1.442_695_04))
  let whole = scaled.rounded()
  let rest = (scaled - whole) * 0.693_147_18
  let series = 1 + rest * (1 + rest * (0.5 + rest * (1 / 6 + rest * (1 / 24 + rest * (1 / 120 + rest / 720)))))
  return Float(sign: .plus, exponent: Int(whole), significand: series)
}
