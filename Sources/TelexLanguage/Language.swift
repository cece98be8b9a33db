package import TelexModel
package import TelexText

/// French: the immutable models and lists, mapped once and shared by every analysis.
package struct Language: Sendable {
  package let vocabulary: Vocabulary
  package let gazetteer: Gazetteer
  package let segmenter: Segmenter
  package let tagger: Tagger
  package let names: NameTagger

  /// Maps all models and checks them.
  ///
  /// - Throws: `ResourceError` where one is missing, damaged or of another version.
  package static func load(from directory: ResourceDirectory) throws(ResourceError) -> Language {
    Language(
      vocabulary: try Vocabulary(from: directory), gazetteer: try Gazetteer(from: directory),
      segmenter: Segmenter(TreebankTokenizer(try TokenLists(from: directory))), tagger: try Tagger(from: directory),
      names: try NameTagger(from: directory))
  }

  /// A name in the text.
  package struct Name: Sendable, Equatable {
    /// What speaks for it.
    package enum Evidence: String, Sendable {
      /// Its sentence, and the rest of the document does not speak against it.
      case sentence
      /// Other places of the document, against what its sentence alone looks like.
      case document
    }

    package var span: Span
    package var kind: Entity.Kind
    package var evidence: Evidence
    /// Share of such names that were right in span and kind, on text no model was trained on.
    package var confidence: Double
  }

  /// The names in a document, in reading order.
  ///
  /// - Parameter spans: its sentences, in reading order; a name never crosses one.
  package func names(of text: SourceText, in spans: [Span]) -> [Name] {
    var featurizer = WordFeaturizer(vocabulary)
    let tokens = spans.map { segmenter.tokenizer.tokens(of: text, in: $0) }
    let words = tokens.map { featurizer.features(of: $0, in: text) }
    let evidence = zip(tokens, words).map { gazetteer.evidence($0, $1, of: text) }
    return zip(tokens, names.names(words, evidence)).flatMap { tokens, names in
      names.map { name in
        let first = tokens[name.range.lowerBound].span
        let last = tokens[name.range.upperBound - 1].span
        return Name(
          span: Span(first.start, last.end), kind: name.kind, evidence: name.isSeenTwice ? .sentence : .document,
          confidence: self.names.confidence(name))
      }
    }
  }
}
