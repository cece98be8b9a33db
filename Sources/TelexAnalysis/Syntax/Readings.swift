import TelexLanguage

/// What the lexicon says of a spelling, as far as the rules ask.
struct Readings: OptionSet, Sendable, BitwiseCopyable {
  let rawValue: UInt8

  static let finite = Readings(rawValue: 1), infinitive = Readings(rawValue: 2)
  /// A reading that is no verb.
  static let other = Readings(rawValue: 4), known = Readings(rawValue: 8), participle = Readings(rawValue: 16)
  static let noun = Readings(rawValue: 32)
}

/// The readings of every spelling: those of each of the vocabulary's sets of analyses, put together beforehand.
struct ReadingsTable: Sendable {
  private let vocabulary: Vocabulary
  private let bySet: [Readings]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    bySet = (0..<vocabulary.setCount).map { set in
      set == 0 ? [] : Self.readings(of: vocabulary.analyses(ofSet: UInt16(set)))
    }
  }

  /// The readings of a spelling, all together.
  func readings(of form: UnsafeBufferPointer<UInt8>) -> Readings { bySet[Int(vocabulary.entry(of: form).set)] }

  private static func readings(of analyses: some Sequence<LexicalAnalysis>) -> Readings {
    var result: Readings = .known
    for analysis in analyses {
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
