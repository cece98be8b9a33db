import TelexLanguage

/// What the lexicon says of a spelling, as far as the rules for speech ask.
struct Readings: OptionSet, Sendable {
  let rawValue: UInt8

  static let finite = Readings(rawValue: 1), infinitive = Readings(rawValue: 2)
  /// A reading that is no verb.
  static let other = Readings(rawValue: 4), known = Readings(rawValue: 8), participle = Readings(rawValue: 16)
  static let noun = Readings(rawValue: 32)
}

extension Vocabulary {
  /// The readings of a spelling, all together.
  func readings(of form: some Sequence<UInt8>) -> Readings {
    let entry = entry(of: form)
    guard entry.set != 0 else { return [] }
    var result: Readings = .known
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
