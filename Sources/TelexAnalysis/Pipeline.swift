import TelexLanguage
import TelexModel
package import TelexText

/// The annotators in their fixed order: each reads the layers before it and adds its own.
package struct Pipeline: Sendable {
  /// Those that read any language, and those that read French.
  private let structure: [any Annotator]
  private let annotators: [any Annotator]

  package init(structure: [any Annotator] = [], annotators: [any Annotator]) {
    self.structure = structure
    self.annotators = annotators
  }

  package init(_ annotators: [any Annotator]) { self.init(annotators: annotators) }

  /// The annotators of this version, with their data.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let language = try Language.load(from: resources)
    let quantities = try QuantityAnnotator(resources: resources)
    structure = try Self.structure(resources)
    annotators = [
      try TimeAnnotator(resources: resources),
      quantities,
      NamesAnnotator(language: language),
      try WordReader(resources: resources, language: language),
      try EntityAnnotator(resources: resources, language: language),
      QuantityTies(rules: quantities.rules),
      try QuotationAnnotator(resources: resources),
      try PronounAnnotator(resources: resources),
    ]
  }

  /// Tokens, structure, times and quantities only: what needs no model.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(reading resources: ResourceDirectory) throws(ResourceError) {
    structure = try Self.structure(resources)
    annotators = [try TimeAnnotator(resources: resources), try QuantityAnnotator(resources: resources)]
  }

  private static func structure(_ resources: ResourceDirectory) throws(ResourceError) -> [any Annotator] {
    let tokenizer = try Tokenizer(resources: resources)
    return [
      TokenAnnotator(tokenizer: tokenizer),
      try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try LanguageAnnotator(resources: resources),
    ]
  }

  package func annotate(_ document: inout Document) {
    for annotator in structure { annotator.annotate(&document) }
    // Blocks of another language are no business of the annotators of French: they don't see them.
    let (blocks, sentences) = (document.blocks, document.sentences)
    let foreign = Set(blocks.filter { $0.language != nil }.map(\.id))
    if !foreign.isEmpty {
      guard blocks.contains(where: { $0.role != .header && !foreign.contains($0.id) }) else { return }
      document.blocks.removeAll { foreign.contains($0.id) }
      document.sentences.removeAll { foreign.contains($0.block) }
    }
    for annotator in annotators { annotator.annotate(&document) }
    guard !foreign.isEmpty else { return }
    document.summary = document.summary.compactMap { sentences.firstIndex(of: document.sentences[$0]) }
    (document.blocks, document.sentences) = (blocks, sentences)
  }
}

/// Fills `Document.tokens`.
package struct TokenAnnotator: Annotator {
  private let tokenizer: Tokenizer

  package init(tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  package func annotate(_ document: inout Document) {
    document.tokens = tokenizer.tokens(of: document.text)
  }
}
