package import TelexLanguage

/// Trains the tagger on surface tokens: a contraction is one token with a tag of its own.
package enum TaggerTrainer {
  /// A treebank's sentence as the tagger sees it.
  package struct Example: Sendable {
    package var words: [WordFeatures]
    package var tags: [PartOfSpeech]
  }

  package static func examples(_ sentences: [TreebankSentence], _ vocabulary: Vocabulary) -> [Example] {
    let featurizer = WordFeaturizer(vocabulary)
    return sentences.map { sentence in
      Example(
        words: sentence.tokens.map { token in
          Array(token.form.utf8).withUnsafeBufferPointer { featurizer.features($0) }
        },
        tags: sentence.tokens.map { tag($0, sentence) })
    }
  }

  /// What speaks for a tag, and can be kept from the tagger to see what it brings.
  package enum Source: String, CaseIterable, Sendable {
    case lexicon, brown, vectors, affixes, forms
  }

  /// Examples without one source of evidence.
  package static func hiding(_ source: Source, in examples: [Example]) -> [Example] {
    examples.map { example in
      var example = example
      for index in example.words.indices {
        switch source {
        case .lexicon: (example.words[index].entry.set, example.words[index].tags) = (0, 0)
        case .brown: example.words[index].brown = 0
        case .vectors:
          (example.words[index].coarse, example.words[index].middle, example.words[index].fine) = (0, 0, 0)
        case .affixes: (example.words[index].endings, example.words[index].beginnings) = (.zero, .zero)
        case .forms: (example.words[index].form, example.words[index].lower) = (0, 0)
        }
      }
      return example
    }
  }

  /// The tag of a surface token.
  package static func tag(_ token: TreebankSentence.Token, _ sentence: TreebankSentence) -> PartOfSpeech {
    let codes = token.words.map { sentence.words[$0].tag }.joined(separator: "+")
    return PartOfSpeech(code: codes) ?? .other
  }

  package static func train(_ examples: [Example], rounds: Int = 12, rows: Int = .max) -> SequenceModel {
    SequenceTrainer(labels: PartOfSpeech.allCases.count, rounds: rounds, mostRows: rows).train(examples.map(sequence))
  }

  /// - Parameter isCounted: by sentence and token, whether it is looked at.
  package static func accuracy(
    _ examples: [Example], _ tagger: Tagger, isCounted: (_ sentence: Int, _ token: Int) -> Bool = { _, _ in true }
  ) -> Double {
    var (right, all) = (0, 0)
    for (sentence, example) in examples.enumerated() {
      for (token, (found, gold)) in zip(tagger.tags(example.words), example.tags).enumerated()
      where isCounted(sentence, token) {
        right += found == gold ? 1 : 0
        all += 1
      }
    }
    return Double(right) / Double(max(1, all))
  }

  private static func sequence(_ example: Example) -> LabelledSequence {
    LabelledSequence(
      features: example.words.indices.map { index in
        var keys: [UInt64] = []
        Tagger.features(example.words, index) { keys.append($0) }
        return keys
      },
      labels: example.tags.map(\.rawValue))
  }
}
