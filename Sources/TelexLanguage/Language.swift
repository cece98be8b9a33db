package import TelexModel
package import TelexText

/// French: the immutable models and lists, mapped once and shared by every analysis.
package struct Language: Sendable {
  package let vocabulary: Vocabulary
  package let gazetteer: Gazetteer
  package let segmenter: Segmenter
  package let tagger: Tagger
  package let names: NameTagger
  package let morphology: Morphology
  package let parser: Parser
  package let contractions: Contractions
  package let places: Places
  package let givenNames: GivenNames
  private let nameReaders: Pool<NameReader>
  /// For whole texts, which are read for syntax too: with more words remembered than the service has room for.
  private let featurizers: Pool<WordFeaturizer>
  private let longNameReaders: Pool<NameReader>
  /// Sets of four words.
  private static let rememberedSets = 1024

  /// Maps all models and checks them, each by itself and all together against the manifest they were shipped with.
  ///
  /// - Throws: `ResourceError` where one is missing, damaged or of another version.
  package static func load(from directory: ResourceDirectory) throws(ResourceError) -> Language {
    try ModelManifest(from: directory).verify(in: directory)
    let vocabulary = try Vocabulary(from: directory)
    let tokenizer = TreebankTokenizer(try TokenLists(from: directory))
    let gazetteer = try Gazetteer(from: directory)
    let names = try NameTagger(from: directory)
    return Language(
      vocabulary: vocabulary, gazetteer: gazetteer,
      segmenter: try Segmenter(from: directory, tokenizer: tokenizer), tagger: try Tagger(from: directory),
      names: names, morphology: try Morphology(from: directory, vocabulary: vocabulary),
      parser: try Parser(from: directory), contractions: try Contractions(from: directory),
      places: try Places(from: directory), givenNames: try GivenNames(from: directory),
      nameReaders: Pool(most: 2) { NameReader(vocabulary, gazetteer, names) },
      featurizers: Pool(most: 2) { WordFeaturizer(vocabulary, sets: rememberedSets) },
      longNameReaders: Pool(most: 2) { NameReader(vocabulary, gazetteer, names, sets: rememberedSets) })
  }

  /// A name in the text.
  package struct Name: Sendable, Equatable {
    /// What speaks for it.
    package enum Evidence: String, Sendable {
      /// Its sentence.
      case sentence
      /// Words beside it, which tell its kind (`AnnouncedNames`).
      case announced
      /// Other places of the document only.
      case document
      /// The dateline, which gives a place and an agency.
      case dateline
    }

    package var span: Span
    package var kind: Entity.Kind
    package var evidence: Evidence
    /// How probable it is that span and kind are right.
    package var confidence: Double

    package init(span: Span, kind: Entity.Kind, evidence: Evidence, confidence: Double) {
      self.span = span
      self.kind = kind
      self.evidence = evidence
      self.confidence = confidence
    }
  }

  /// A text in tokens, with what the models look at in each: made once, read for names and for syntax.
  package struct Reading: Sendable {
    package let text: SourceText
    /// By sentence.
    package let tokens: [[SurfaceToken]]
    package let words: [[WordFeatures]]
  }

  /// - Parameter spans: sentences, in reading order.
  package func reading(of text: SourceText, in spans: [Span]) -> Reading {
    let tokens = spans.map { segmenter.tokenizer.tokens(of: text, in: $0) }
    return featurizers.lend { featurizer in
      Reading(text: text, tokens: tokens, words: tokens.map { featurizer.features(of: $0, in: text) })
    }
  }

  /// A stretch of text whose sentences aren't known.
  package func reading(of text: SourceText, in span: Span) -> Reading {
    let tokens = segmenter.tokenizer.tokens(of: text, in: span)
    let words = featurizers.lend { $0.features(of: tokens, in: text) }
    let sentences = segmenter.sentences(tokens, words, of: text)
    return Reading(text: text, tokens: sentences.map { Array(tokens[$0]) }, words: sentences.map { Array(words[$0]) })
  }

  /// One sentence of a document in which names were sought.
  package struct NameDraft: Sendable {
    fileprivate let tokens: [SurfaceToken]
    fileprivate let draft: NameTagger.Draft
  }

  /// Begins to look for the names of a document; `names(_:)` ends it.
  ///
  /// - Parameters:
  ///   - spans: its sentences, in reading order; a name never crosses one.
  ///   - thread: takes a share of them.
  package func nameDrafts(of text: SourceText, in spans: [Span], with thread: SecondThread?) -> Fork<NameDraft> {
    Fork(spans.count, with: thread, context: { nameReaders.loan() }) { reader, index in
      let tokens = segmenter.tokenizer.tokens(of: text, in: spans[index])
      return NameDraft(tokens: tokens, draft: reader.element.draft(of: tokens, in: text))
    }
  }

  /// The names of a document, in reading order.
  package func names(_ drafts: [NameDraft]) -> [Name] {
    zip(drafts, names.names(drafts.map(\.draft))).flatMap { draft, names in
      names.map { name in
        let first = draft.tokens[name.range.lowerBound].span
        let last = draft.tokens[name.range.upperBound - 1].span
        return Name(
          span: Span(first.start, last.end), kind: name.kind,
          evidence: name.clues.isOwn ? name.isAnnounced ? .announced : .sentence : .document,
          confidence: self.names.confidence(name))
      }
    }
  }

  /// The names in a document, in reading order.
  ///
  /// - Parameter spans: its sentences, in reading order; a name never crosses one.
  package func names(of text: SourceText, in spans: [Span]) -> [Name] {
    names(nameDrafts(of: text, in: spans, with: nil).join())
  }

  package func names(in reading: Reading) -> [Name] {
    longNameReaders.lend { reader in
      names(reading.tokens.map { NameDraft(tokens: $0, draft: reader.draft(of: $0, in: reading.text)) })
    }
  }

  /// The syntax of a stretch of text whose sentences aren't known.
  package func sentences(of text: SourceText, in span: Span) -> [ParsedSentence] {
    sentences(in: reading(of: text, in: span))
  }

  /// The syntax of one sentence.
  package func sentence(of text: SourceText, in span: Span) -> ParsedSentence {
    sentences(in: reading(of: text, in: [span])).first ?? ParsedSentence(tokens: [], words: [])
  }

  /// The syntax of each sentence.
  ///
  /// One model after the other reads all of them: each has more tables than a core's nearest memory holds beside another's.
  package func sentences(in reading: Reading) -> [ParsedSentence] {
    let tags = reading.words.map { tagger.tags($0) }
    var inputs: [[ParserInput]] = []
    inputs.reserveCapacity(tags.count)
    var sentences: [ParsedSentence] = []
    sentences.reserveCapacity(tags.count)
    featurizers.lend { featurizer in
      for (index, tags) in tags.enumerated() {
        let (sentence, input) = words(reading.tokens[index], reading.words[index], tags, of: reading.text, featurizer)
        sentences.append(sentence)
        inputs.append(input)
      }
    }
    for index in sentences.indices {
      let (heads, relations) = parser.parse(inputs[index])
      sentences[index].hang(heads, relations, named: parser.relations)
    }
    return sentences
  }

  /// The words of a sentence, contractions taken apart, not yet in a tree; and what the parser looks at in them.
  private func words(
    _ tokens: [SurfaceToken], _ features: [WordFeatures], _ tags: [PartOfSpeech], of text: SourceText,
    _ featurizer: WordFeaturizer
  ) -> (ParsedSentence, [ParserInput]) {
    var words: [ParsedSentence.Word] = []
    var inputs: [ParserInput] = []
    words.reserveCapacity(tokens.count + 8)
    inputs.reserveCapacity(tokens.count + 8)
    var lower: [UInt8] = []
    for (index, tag) in tags.enumerated() {
      if let parts = contractions.parts(features[index].lower, tag) {
        for (form, tag) in zip(parts, tag.parts) {
          let word = form.withUnsafeBufferPointer { featurizer.features($0) }
          inputs.append(ParserInput(word, tag, isFirst: inputs.isEmpty))
          words.append(form.withUnsafeBufferPointer { self.word($0, word, tag, index, &lower) })
        }
      } else {
        let own = tag.isContraction ? tag.parts[0] : tag
        inputs.append(ParserInput(features[index], own, isFirst: inputs.isEmpty))
        words.append(
          text.utf8.withUnsafeBufferPointer { bytes in
            word(
              UnsafeBufferPointer(rebasing: bytes[tokens[index].span.range]), features[index], own, index, &lower)
          })
      }
    }
    return (ParsedSentence(tokens: tokens, words: words), inputs)
  }

  /// - Parameter lower: scratch memory.
  private func word(
    _ form: UnsafeBufferPointer<UInt8>, _ features: WordFeatures, _ tag: PartOfSpeech, _ token: Int,
    _ lower: inout [UInt8]
  ) -> ParsedSentence.Word {
    lower.removeAll(keepingCapacity: true)
    fold(form, .lower, into: &lower)
    let (lemma, bundle) = morphology.analysis(form, lower, features, tag)
    return ParsedSentence.Word(
      form: String(decoding: form, as: UTF8.self), lemma: lemma, tag: tag, features: bundle, head: nil,
      relation: "root", token: token)
  }
}
