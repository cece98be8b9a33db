package import TelexLanguage
import TelexModel
import TelexText

/// How well sentence ends are found in text that the model has not learned: cross-validation on the second treebank.
package struct SentenceEvidence {
  private static let folds = 5

  let first: [String]
  let second: [String]
  let tokenizer: TreebankTokenizer
  let vocabulary: Vocabulary

  /// - Parameters:
  ///   - first: sentences that are always learned.
  ///   - second: sentences that are learned in parts, each part measured by the model of the others.
  package init(_ first: [String], _ second: [String], _ tokenizer: TreebankTokenizer, _ vocabulary: Vocabulary) {
    (self.first, self.second, self.tokenizer, self.vocabulary) = (first, second, tokenizer, vocabulary)
  }

  /// F1 of whole sentences, of 100, in the treebank as it is and in a carelessly typed copy.
  package func crossValidated(copies: Int) -> (asTyped: Double, careless: Double) {
    var (asTyped, careless) = (Count(), Count())
    for fold in 0..<Self.folds {
      let (low, high) = (second.count * fold / Self.folds, second.count * (fold + 1) / Self.folds)
      let model = SegmenterTrainer.train(
        [first, Array(second[..<low] + second[high...])], copies: copies, tokenizer, vocabulary)
      let segmenter = Segmenter(tokenizer: tokenizer, model: model)
      let held = Array(second[low..<high])
      var copier = CarelessCopies(seed: 1_000 + UInt64(fold))
      asTyped.add(held, cutBy: segmenter, vocabulary)
      careless.add(copier.copy(of: held), cutBy: segmenter, vocabulary)
    }
    return (asTyped.f1, careless.f1)
  }

  private struct Count {
    private var right = 0
    private var all = 0

    var f1: Double { all == 0 ? 0 : 200 * Double(right) / Double(all) }

    mutating func add(_ sentences: [String], cutBy segmenter: Segmenter, _ vocabulary: Vocabulary) {
      let text = RunningText(sentences)
      let source = text.source
      let tokens = segmenter.tokenizer.tokens(of: source, in: Span(0, source.utf8.count))
      let featurizer = WordFeaturizer(vocabulary)
      let words = featurizer.features(of: tokens, in: source)
      let found = segmenter.sentences(tokens, words, of: source).map {
        Span(tokens[$0.lowerBound].span.start, tokens[$0.upperBound - 1].span.end)
      }
      right += Set(text.sentences).intersection(found).count
      all += text.sentences.count + found.count
    }
  }
}
