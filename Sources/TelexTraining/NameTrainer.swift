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
    /// What a first pass that doesn't know the dispatch said.
    package var early: [[UInt8]] = []
    package var tokens: [[SurfaceToken]] = []
    package var text: SourceText
    package var names: [(span: Span, kind: Entity.Kind)]
  }

  package let vocabulary: Vocabulary
  package let gazetteer: Gazetteer
  private let tokenizer: TreebankTokenizer
  private let structure: Pipeline
  package var rounds = 10

  /// - Throws: `ResourceError` where what the engine reads dispatches with is missing.
  package init(from resources: ResourceDirectory) throws(ResourceError) {
    vocabulary = try Vocabulary(from: resources)
    gazetteer = try Gazetteer(from: resources)
    tokenizer = TreebankTokenizer(try TokenLists(from: resources))
    let tokens = try Tokenizer(resources: resources)
    structure = Pipeline([
      TokenAnnotator(tokenizer: tokens), try StructureAnnotator(resources: resources, tokenizer: tokens),
    ])
  }

  /// Cuts dispatches into the sentences that the engine reads them in.

  package func examples(_ texts: [AnnotatedText]) -> [Example] {
    var featurizer = WordFeaturizer(vocabulary)
    return texts.map { document in
      var example = Example(text: document.text, names: document.names)
      var dispatch = Document(text: document.text)
      structure.annotate(&dispatch)
      for span in dispatch.namingSpans {
        let tokens = tokenizer.tokens(of: document.text, in: span)
        let words = featurizer.features(of: tokens, in: document.text)
        example.words.append(words)
        example.tokens.append(tokens)
        example.evidence.append(gazetteer.evidence(tokens, words, of: document.text))
        example.labels.append(Self.labels(tokens, document.names))
      }
      return example
    }
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

  /// Trains the first pass, its doubles on four fifths each for what it would say of text it doesn't know, and the second pass.
  package func train(_ examples: [Example]) -> NameTagger {
    let first = model(examples, isSecond: false)
    var informed: [Example] = []
    let folds = 5
    for fold in 0..<folds {
      let rest = examples.indices.filter { $0 % folds != fold }.map { examples[$0] }
      let double = model(rest, isSecond: false)
      for index in examples.indices where index % folds == fold {
        var example = examples[index]
        let early = zip(example.words, example.evidence).map { NameTagger.labels($0, $1, double, isSecond: false) }
        DocumentEvidence(example.words, early).fill(&example.evidence, example.words, early)
        example.early = early
        informed.append(example)
      }
    }
    let half = model(informed.enumerated().filter { $0.offset % 2 == 0 }.map(\.element), isSecond: true)
    let precision = precision(informed.enumerated().filter { $0.offset % 2 == 1 }.map(\.element), half)
    return NameTagger(first: first, second: model(informed, isSecond: true), precision: precision)
  }

  /// How often names of each kind are right: found by the second pass only, and by both.
  private func precision(_ examples: [Example], _ model: SequenceModel) -> [Float] {
    var right = [Float](repeating: 1, count: 2 * NameLabel.kinds.count)
    var all = [Float](repeating: 2, count: right.count)
    for example in examples {
      for sentence in example.words.indices {
        let late = NameTagger.labels(example.words[sentence], example.evidence[sentence], model, isSecond: true)
        let early = Set(NameTagger.spans(example.early[sentence]))
        let gold = Set(NameTagger.spans(example.labels[sentence]))
        for name in NameTagger.spans(late) {
          let slot = (NameLabel.kinds.firstIndex(of: name.kind) ?? 0) * 2 + (early.contains(name) ? 1 : 0)
          all[slot] += 1
          if gold.contains(name) { right[slot] += 1 }
        }
      }
    }
    return zip(right, all).map { ($0 / $1 * 100).rounded() / 100 }
  }

  package func model(_ examples: [Example], isSecond: Bool) -> SequenceModel {
    var sequences: [LabelledSequence] = []
    for example in examples {
      for sentence in example.words.indices {
        let features = example.words[sentence].indices.map { index in
          var keys: [UInt64] = []
          NameFeatures.each(example.words[sentence], example.evidence[sentence], index, isSecond: isSecond) {
            keys.append($0)
          }
          return keys
        }
        sequences.append(LabelledSequence(features: features, labels: example.labels[sentence]))
      }
    }
    return SequenceTrainer(
      labels: NameLabel.count, rounds: rounds, minimumCount: 2, margin: 1, isAllowed: NameLabel.isAllowed
    ).train(sequences)
  }

  /// Scores by kind, exact spans.
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
      scores.add(gold: example.names, found: found)
    }
    return scores
  }
}

/// Precision and recall of names, exact in span and kind.
package struct NameScores: Sendable {
  private struct Item: Hashable {
    var span: Span
    var kind: Entity.Kind
  }

  private var right: [Entity.Kind: Int] = [:]
  private var gold: [Entity.Kind: Int] = [:]
  private var found: [Entity.Kind: Int] = [:]

  package init() {}

  package mutating func add(
    gold names: [(span: Span, kind: Entity.Kind)], found guesses: [(span: Span, kind: Entity.Kind)]
  ) {
    let wanted = Set(names.map { Item(span: $0.span, kind: $0.kind) })
    for name in names { gold[name.kind, default: 0] += 1 }
    for guess in guesses {
      found[guess.kind, default: 0] += 1
      if wanted.contains(Item(span: guess.span, kind: guess.kind)) { right[guess.kind, default: 0] += 1 }
    }
  }

  /// F1 of the kinds together.
  package func f1(_ kinds: [Entity.Kind]) -> Double {
    func sum(_ counts: [Entity.Kind: Int]) -> Int { kinds.reduce(0) { $0 + (counts[$1] ?? 0) } }
    return 2 * Double(sum(right)) / Double(max(1, sum(gold) + sum(found)))
  }

  package var description: String {
    func rounded(_ value: Double) -> String { String(Double(Int(value * 1000 + 0.5)) / 1000) }
    let each = NameLabel.kinds.map { "\($0.rawValue) \(rounded(f1([$0])))" }.joined(separator: ", ")
    return "F1 person+location+organization \(rounded(f1([.person, .location, .organization]))) (\(each))"
  }
}
