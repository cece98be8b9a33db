import TelexLanguage
import TelexModel
package import TelexText

/// The annotators in their fixed order: each reads the layers before it and adds its own.
package struct Pipeline: Sendable {
  /// Those that read any language.
  private let structure: [any Annotator]
  /// Those of times and quantities: they look at no name, and no reader of names or entities looks at what they found, so
  /// another thread may read them meanwhile.
  private let measures: [any Annotator]
  private let annotators: [any Annotator]
  private let names: NamesAnnotator?
  /// Those that look at names, and those that look at times and quantities, too.
  private let readersOfNames: [any Annotator]
  private let readersOfAll: [any Annotator]

  package init(structure: [any Annotator] = [], annotators: [any Annotator]) {
    self.structure = structure
    self.annotators = annotators
    names = nil
    (measures, readersOfNames, readersOfAll) = ([], [], [])
  }

  package init(_ annotators: [any Annotator]) { self.init(annotators: annotators) }

  /// The annotators of this version, with their data.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let language = try Language.load(from: resources)
    let nouns = try SpeakerNouns(resources: resources)
    let quantities = try QuantityAnnotator(resources: resources)
    structure = try Self.structure(resources)
    measures = [try TimeAnnotator(resources: resources), quantities]
    annotators = [try WordReader(resources: resources, language: language)]
    names = NamesAnnotator(language: language)
    readersOfNames = [try EntityAnnotator(resources: resources, language: language, nouns: nouns)]
    readersOfAll = [
      QuantityTies(rules: quantities.rules),
      try QuotationAnnotator(resources: resources, nouns: nouns),
      try PronounAnnotator(resources: resources, nouns: nouns),
    ]
  }

  /// Tokens, structure, times and quantities only: what needs no model.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(reading resources: ResourceDirectory) throws(ResourceError) {
    self.init(
      structure: try Self.structure(resources),
      annotators: [try TimeAnnotator(resources: resources), try QuantityAnnotator(resources: resources)])
  }

  private static func structure(_ resources: ResourceDirectory) throws(ResourceError) -> [any Annotator] {
    let tokenizer = try Tokenizer(resources: resources)
    return [
      TokenAnnotator(tokenizer: tokenizer),
      try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try LanguageAnnotator(resources: resources),
    ]
  }

  /// - Parameter thread: takes a share of the work, for the result to come sooner. It is the same result.
  package func annotate(_ document: inout Document, with thread: SecondThread? = nil) {
    for annotator in structure { annotator.annotate(&document) }
    // Blocks of another language are no business of the annotators of French: they don't see them.
    let (blocks, sentences) = (document.blocks, document.sentences)
    let foreign = Set(blocks.filter { $0.language != nil }.map(\.id))
    if !foreign.isEmpty {
      guard blocks.contains(where: { $0.role != .header && !foreign.contains($0.id) }) else { return }
      document.blocks.removeAll { foreign.contains($0.id) }
      document.sentences.removeAll { foreign.contains($0.block) }
    }
    let search = names?.begin(document, with: thread)
    let measuring = measure(document, with: thread)
    let known = document.diagnostics.count
    for annotator in annotators { annotator.annotate(&document) }
    if let names, let search { names.finish(search, &document) }
    for annotator in readersOfNames { annotator.annotate(&document) }
    for measured in measuring.join() { document.takeMeasures(of: measured, begun: known) }
    for annotator in readersOfAll { annotator.annotate(&document) }
    guard !foreign.isEmpty else { return }
    document.summary = document.summary.compactMap { sentences.firstIndex(of: document.sentences[$0]) }
    (document.blocks, document.sentences) = (blocks, sentences)
  }
}

extension Pipeline {
  /// Begins to read times and quantities.
  private func measure(_ document: Document, with thread: SecondThread?) -> Fork<Document> {
    Fork(measures.isEmpty ? 0 : 1, with: thread, context: {}) { [measures] _, _ in
      var measured = document
      for annotator in measures { annotator.annotate(&measured) }
      return measured
    }
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
