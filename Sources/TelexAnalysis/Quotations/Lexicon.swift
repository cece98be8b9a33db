import TelexLanguage

/// What the lexicon says of a spelling, as far as the rules for speech ask.
struct Morphology: OptionSet, Sendable {
  let rawValue: UInt8

  static let finite = Morphology(rawValue: 1), infinitive = Morphology(rawValue: 2)
  /// A reading that is no verb.
  static let other = Morphology(rawValue: 4), known = Morphology(rawValue: 8), participle = Morphology(rawValue: 16)
  static let noun = Morphology(rawValue: 32)
}

extension Vocabulary {
  /// The readings of a spelling, all together.
  func morphology(of form: some Sequence<UInt8>) -> Morphology {
    let entry = entry(of: form)
    guard entry.set != 0 else { return [] }
    var result: Morphology = .known
    for analysis in analyses(ofSet: entry.set) {
      switch analysis.mood {
      case .infinitive: result.insert(.infinitive)
      case .presentParticiple, .pastParticiple: result.insert(.participle)
      case .none:
        result.insert(.other)
        if analysis.tag == .noun { result.insert(.noun) }
      case .imperative: break
      default: result.insert(.finite)
      }
    }
    return result
  }
}
