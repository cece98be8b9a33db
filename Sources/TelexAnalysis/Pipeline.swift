import TelexLanguage
package import TelexText

/// The annotators in their fixed order: each reads the layers before it and adds its own.
package struct Pipeline: Sendable {
  private let annotators: [any Annotator]

  package init(_ annotators: [any Annotator]) { self.annotators = annotators }

  /// The annotators of this version, with their data.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let tokenizer = try Tokenizer(resources: resources)
    let language = try Language.load(from: resources)
    let quantities = try QuantityAnnotator(resources: resources)
    annotators = [
      TokenAnnotator(tokenizer: tokenizer),
      try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try TimeAnnotator(resources: resources),
      quantities,
      try LanguageAnnotator(resources: resources),
      NamesAnnotator(language: language),
      try EntityAnnotator(resources: resources, language: language),
      QuantityTies(rules: quantities.rules),
      try QuotationAnnotator(resources: resources, language: language),
      try PronounAnnotator(resources: resources, language: language),
    ]
  }

  /// Tokens, structure, times and quantities only: what needs no model.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(reading resources: ResourceDirectory) throws(ResourceError) {
    let tokenizer = try Tokenizer(resources: resources)
    annotators = [
      TokenAnnotator(tokenizer: tokenizer),
      try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try TimeAnnotator(resources: resources),
      try QuantityAnnotator(resources: resources),
    ]
  }

  package func annotate(_ document: inout Document) {
    for annotator in annotators { annotator.annotate(&document) }
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
