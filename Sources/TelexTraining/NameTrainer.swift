import TelexAnalysis
package import TelexLanguage
package import TelexModel
package import TelexText

/// Trains and measures the models of names.
package struct NameTrainer {
  /// A dispatch cut into sentences, with what models look at, and the names of the annotators as labels.
  package struct Example: Sendable {
    package var words: [[WordFeatures]] = []
    package var evidence: [[NameEvidence]] = []
    package var labels: [[UInt8]] = []
    package var tokens: [[SurfaceToken]] = []
    package var text: SourceText
    /// Whether it is a dispatch; confidences are fitted to dispatches only.
    package var isDispatch = true
    /// See `LabelledSequence.pace`.
    package var pace = 1
    package var names: [(span: Span, kind: Entity.Kind)]
    /// Names inside those.
    package var inner: [(span: Span, kind: Entity.Kind)]
  }

  package let vocabulary: Vocabulary
  package let gazetteer: Gazetteer
  package let announced: AnnouncedNames
  private let tokenizer: TreebankTokenizer
  private let structure: Pipeline
  package var rounds = 8
  /// Dispatches written for training hold more names than others do, and each counts a quarter: on three half-years of WiNER-fr nothing
  /// is lost so, and on dispatches of agencies everything kept.
  package static let paceOfWritten = 4
  /// For the same reason what begins a name has to be so much likelier than what doesn't.
  private static let hesitation: Float = 0.5
  /// How many features the model keeps.
  package var rows = 39_000
  /// Sources of evidence that are left out, to see what they bring.
  package var hidden: Set<String> = []

  /// - Throws: `ResourceError` where what the engine reads dispatches with is missing.
  package init(from resources: ResourceDirectory) throws(ResourceError) {
    vocabulary = try Vocabulary(from: resources)
    gazetteer = try Gazetteer(from: resources)
    announced = try AnnouncedNames(from: resources)
    tokenizer = TreebankTokenizer(try TokenLists(from: resources))
    let tokens = try Tokenizer(resources: resources)
    structure = Pipeline([
      TokenAnnotator(tokenizer: tokens), try StructureAnnotator(resources: resources, tokenizer: tokens),
    ])
  }

  /// Cuts dispatches into the sentences that the engine reads them in.
  package func examples(_ texts: [AnnotatedText], isDispatch: Bool = true, pace: Int = 1) -> [Example] {
    let featurizer = WordFeaturizer(vocabulary)
    return texts.map { document in
      var example = Example(
        text: document.text, isDispatch: isDispatch, pace: pace, names: document.names, inner: document.inner)
      var dispatch = Document(text: document.text)
      structure.annotate(&dispatch)
      for span in dispatch.namingSpans {
        let tokens = tokenizer.tokens(of: document.text, in: span)
        let words = featurizer.features(of: tokens, in: document.text)
        let evidence = gazetteer.evidence(tokens, words, of: document.text)
        example.words.append(words.map(seen))
        example.tokens.append(tokens)
        example.evidence.append(hidden.contains("lists") ? evidence.map { _ in NameEvidence() } : evidence)
        example.labels.append(Self.labels(tokens, document.names))
      }
      return example
    }
  }

  /// A word without what is hidden.
  private func seen(_ word: WordFeatures) -> WordFeatures {
    var word = word
    if hidden.contains("brown") { word.brown = 0 }
    if hidden.contains("vectors") { (word.coarse, word.middle, word.fine) = (0, 0, 0) }
    if hidden.contains("lexicon") {
      word.tags = 0
      word.entry.frequency = 0
    }
    if hidden.contains("parts") { (word.beginnings, word.endings) = (.zero, .zero) }
    return word
  }

  /// Labels of tokens for the names that begin and end where tokens do.
  private static func labels(_ tokens: [SurfaceToken], _ names: [(span: Span, kind: Entity.Kind)]) -> [UInt8] {
    var result = [UInt8](repeating: NameLabel.outside, count: tokens.count)
    for (span, kind) in names {
      let inside = tokens.indices.filter { span.overlaps(tokens[$0].span) }
      guard let first = inside.first, let last = inside.last else { continue }
      for index in inside {
        let place: NameLabel.Place =
          first == last ? .only : (index == first ? .begin : (index == last ? .last : .inside))
        result[index] = NameLabel.label(place, kind)
      }
    }
    return result
  }

  /// Trains the model, and its doubles on two thirds each: their names in the dispatches left out show how sure the model can be.
  package func train(_ examples: [Example]) -> NameTagger {
    var fit = ConfidenceFit()
    let folds = 3
    for fold in 0..<folds {
      let double = model(examples.indices.filter { $0 % folds != fold }.map { examples[$0] })
      for example in examples.enumerated().filter({ $0.offset % folds == fold }).map(\.element) where example.isDispatch
      {
        for (names, labels) in zip(NameTagger.names(example.words, example.evidence, double, announced), example.labels)
        {
          let gold = Set(NameTagger.spans(labels))
          for name in names { fit.add(name, isRight: gold.contains(name)) }
        }
      }
    }
    return NameTagger(model: model(examples), confidence: fit.fitted(), announced: announced)
  }

  package func model(_ examples: [Example]) -> SequenceModel {
    var sequences: [LabelledSequence] = []
    for example in examples {
      for sentence in example.words.indices {
        let features = example.words[sentence].indices.map { index in
          var keys: [UInt64] = []
          NameFeatures.each(example.words[sentence], example.evidence[sentence], index) { keys.append($1) }
          return keys
        }
        var labelled = LabelledSequence(features: features, labels: example.labels[sentence])
        labelled.pace = example.pace
        sequences.append(labelled)
      }
    }
    let chain = LabelChain(labels: NameLabel.count, isAllowed: NameLabel.isAllowed)
    var trainer = ConditionalTrainer(chain: chain, rounds: rounds)
    trainer.mostRows = rows
    trainer.hesitation = Self.hesitation
    trainer.isHesitant = { [.begin, .only].contains(NameLabel.place(UInt8($0))) }
    return trainer.train(sequences)
  }

  /// How confident the tagger was of the names it found, and how many were right.
  package static func reliability(_ examples: [Example], _ tagger: NameTagger) -> ReliabilityTable {
    var table = ReliabilityTable()
    for example in examples {
      let gold = Set(example.names.map { GoldName(span: $0.span, kind: $0.kind) })
      for (tokens, names) in zip(example.tokens, tagger.names(example.words, example.evidence)) {
        for name in names {
          let span = Span(tokens[name.range.lowerBound].span.start, tokens[name.range.upperBound - 1].span.end)
          table.add(tagger.confidence(name), isRight: gold.contains(GoldName(span: span, kind: name.kind)))
        }
      }
    }
    return table
  }

  private struct GoldName: Hashable {
    var span: Span
    var kind: Entity.Kind
  }

  /// Scores by kind, exact spans; names inside others count as missed, as they do for the scorer of the corpus.
  package static func scores(_ examples: [Example], names: (Example) -> [[NameSpan]]) -> NameScores {
    var scores = NameScores()
    for example in examples {
      var found: [(span: Span, kind: Entity.Kind)] = []
      for (tokens, spans) in zip(example.tokens, names(example)) {
        for name in spans {
          let span = Span(tokens[name.range.lowerBound].span.start, tokens[name.range.upperBound - 1].span.end)
          found.append((span, name.kind))
        }
      }
      scores.add(gold: example.names + example.inner, found: found)
    }
    return scores
  }
}
