package import TelexLanguage
import TelexModel
import TelexText

/// Trains the model of sentence ends on sentences of treebanks behind each other.
package enum SegmenterTrainer {
  /// Sentences that are laid behind each other as one text: enough to tell how regularly they end with marks.
  private static let stretch = 400

  package static let defaultCopies = 2

  /// - Parameters:
  ///   - treebanks: the sentences of each, in their order.
  ///   - copies: how many carelessly typed copies of the last treebank are learned from too.
  package static func train(
    _ treebanks: [[String]], copies: Int = defaultCopies, _ tokenizer: TreebankTokenizer, _ vocabulary: Vocabulary
  ) -> SequenceModel {
    var material = treebanks
    for copy in 0..<copies {
      var careless = CarelessCopies(seed: UInt64(copy))
      if let last = treebanks.last { material.append(careless.copy(of: last)) }
    }
    let featurizer = WordFeaturizer(vocabulary)
    let sequences = material.flatMap(stretches).flatMap { places(in: $0, tokenizer, featurizer) }
    // Each place by itself: a maximum entropy model. Cross-validated on GSD dev it cuts better than the perceptron.
    var trainer = ConditionalTrainer(chain: LabelChain(labels: 2) { _, _ in true }, rounds: 15)
    trainer.minimumCount = 1
    trainer.decay = 1.2
    return trainer.train(sequences)
  }

  private static func stretches(_ sentences: [String]) -> [ArraySlice<String>] {
    stride(from: 0, to: sentences.count, by: stretch).map { sentences[$0..<min($0 + stretch, sentences.count)] }
  }

  /// Every place of the text where a sentence could end, and whether one does.
  private static func places(
    in sentences: ArraySlice<String>, _ tokenizer: TreebankTokenizer, _ featurizer: WordFeaturizer
  ) -> [LabelledSequence] {
    let text = RunningText(sentences)
    let source = text.source
    let ends = Set(text.sentences.map(\.end))
    let tokens = tokenizer.tokens(of: source, in: Span(0, source.utf8.count))
    let words = featurizer.features(of: tokens, in: source)
    let marked = EndMarks(tokens, words)
    var result: [LabelledSequence] = []
    var soFar = SentenceSoFar(start: 0)
    for index in tokens.indices {
      soFar.read(words[index])
      let isEnd = ends.contains(tokens[index].span.end)
      if index + 1 < tokens.count, tokens[index + 1].spaceBefore,
        SentenceEndFeatures.canEnd(words[index], words[index + 1])
      {
        var keys: [UInt64] = []
        SentenceEndFeatures.of(tokens, words, index, soFar, marked.irregularity(at: index)) { keys.append($0) }
        result.append(LabelledSequence(features: [keys], labels: [isEnd ? 1 : 0]))
      }
      if isEnd { soFar = SentenceSoFar(start: index + 1) }
    }
    return result
  }
}
