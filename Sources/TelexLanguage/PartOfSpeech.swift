/// Universal part-of-speech tags (https://universaldependencies.org/u/pos/), and the two that French contractions need
/// before they are taken apart: "au", "du", "des" are an adposition and a determiner, "auquel" one and a pronoun.
package enum PartOfSpeech: UInt8, Sendable, CaseIterable {
  case adjective, adposition, adverb, auxiliary, coordinator, determiner, interjection, noun, numeral, particle
  case pronoun, properNoun, punctuation, subordinator, symbol, verb, other
  case adpositionDeterminer, adpositionPronoun

  /// As CoNLL-U writes it.
  package var code: String {
    switch self {
    case .adjective: "ADJ"
    case .adposition: "ADP"
    case .adverb: "ADV"
    case .auxiliary: "AUX"
    case .coordinator: "CCONJ"
    case .determiner: "DET"
    case .interjection: "INTJ"
    case .noun: "NOUN"
    case .numeral: "NUM"
    case .particle: "PART"
    case .pronoun: "PRON"
    case .properNoun: "PROPN"
    case .punctuation: "PUNCT"
    case .subordinator: "SCONJ"
    case .symbol: "SYM"
    case .verb: "VERB"
    case .other: "X"
    case .adpositionDeterminer: "ADP+DET"
    case .adpositionPronoun: "ADP+PRON"
    }
  }

  package init?(code: String) {
    guard let found = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = found
  }

  package var bit: UInt32 { 1 &<< UInt32(rawValue) }
}

extension PartOfSpeech {
  /// Whether the tag is that of two words in one.
  package var isContraction: Bool { self == .adpositionDeterminer || self == .adpositionPronoun }

  /// A contraction's two tags; the tag itself for all others.
  package var parts: [PartOfSpeech] {
    switch self {
    case .adpositionDeterminer: [.adposition, .determiner]
    case .adpositionPronoun: [.adposition, .pronoun]
    default: [self]
    }
  }
}
