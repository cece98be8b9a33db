package import TelexLanguage

/// Trains the tagger on surface tokens: a contraction is one token with a tag of its own.
package enum TaggerTrainer {
  /// A treebank's sentence as the tagger sees it.
  package struct Example: Sendable {
    package var words: [WordFeatures]
    package var tags: [PartOfSpeech]
  }

  package static func examples(_ sentences: [TreebankSentence], _ vocabulary: Vocabulary) -> [Example] {
    var featurizer = WordFeaturizer(vocabulary)
    return sentences.map { sentence in
      Example(
        words: sentence.tokens.map { token in
          Array(token.form.utf8).withUnsafeBufferPointer { featurizer.features($0) }
        },
        tags: sentence.tokens.map { tag($0, sentence) })
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

  package static func accuracy(_ examples: [Example], _ tagger: Tagger) -> Double {
    var (right, all) = (0, 0)
    for example in examples {
      for (found, gold) in zip(tagger.tags(example.words), example.tags) {
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
