package import TelexLanguage
import TelexModel
import TelexText

/// Trains the model of sentence ends on sentences of treebanks behind each other.
package enum SegmenterTrainer {
  /// Sentences that are laid behind each other as one text: enough to tell how regularly they end with marks.
  private static let stretch = 400

  package static func train(
    _ treebanks: [[TreebankSentence]], _ tokenizer: TreebankTokenizer, _ vocabulary: Vocabulary
  ) -> SequenceModel {
    var featurizer = WordFeaturizer(vocabulary)
    var sequences: [LabelledSequence] = []
    for part in treebanks.flatMap(stretches) {
      var text = ""
      var ends: Set<Int> = []
      for sentence in part {
        text += (text.isEmpty ? "" : " ") + sentence.text
        ends.insert(text.utf8.count)
      }
      let source = SourceText(text)
      let tokens = tokenizer.tokens(of: source, in: Span(0, source.utf8.count))
      let words = featurizer.features(of: tokens, in: source)
      let marked = EndMarks(tokens, words)
      var first = 0
      var marks = Segmenter.OpenMarks()
      for index in tokens.indices {
        marks.read(words[index])
        let isEnd = ends.contains(tokens[index].span.end)
        if index + 1 < tokens.count, tokens[index + 1].spaceBefore {
          var keys: [UInt64] = []
          let irregularity = marked.irregularity(at: index)
          Segmenter.features(tokens, words, index, start: first, marks, irregularity) { keys.append($0) }
          sequences.append(LabelledSequence(features: [keys], labels: [isEnd ? 1 : 0]))
        }
        if isEnd {
          first = index + 1
          marks = Segmenter.OpenMarks()
        }
      }
    }
    // Each place by itself: a maximum entropy model. Cross-validated on GSD dev it cuts better than the perceptron.
    var trainer = ConditionalTrainer(labels: 2, rounds: 15) { _, _ in true }
    trainer.minimumCount = 1
    trainer.decay = 0.2
    trainer.mostRows = .max
    return trainer.train(sequences)
  }

  private static func stretches(_ sentences: [TreebankSentence]) -> [ArraySlice<TreebankSentence>] {
    stride(from: 0, to: sentences.count, by: stretch).map { sentences[$0..<min($0 + stretch, sentences.count)] }
  }
}
