package import TelexLanguage
import TelexModel
import TelexText

/// Trains the model of sentence ends on a treebank's sentences behind each other.
package enum SegmenterTrainer {
  package static func train(
    _ sentences: [TreebankSentence], _ tokenizer: TreebankTokenizer, _ vocabulary: Vocabulary
  ) -> SequenceModel {
    var featurizer = WordFeaturizer(vocabulary)
    var sequences: [LabelledSequence] = []
    for start in stride(from: 0, to: sentences.count, by: 12) {
      let part = sentences[start..<min(start + 12, sentences.count)]
      var text = ""
      var ends: Set<Int> = []
      for sentence in part {
        text += (text.isEmpty ? "" : " ") + sentence.text
        ends.insert(text.utf8.count)
      }
      let source = SourceText(text)
      let tokens = tokenizer.tokens(of: source, in: Span(0, source.utf8.count))
      let words = featurizer.features(of: tokens, in: source)
      var first = 0
      var marks = Segmenter.OpenMarks()
      for index in tokens.indices {
        marks.read(words[index])
        let isEnd = ends.contains(tokens[index].span.end)
        if index + 1 < tokens.count, tokens[index + 1].spaceBefore {
          var keys: [UInt64] = []
          Segmenter.features(tokens, words, index, start: first, marks) { keys.append($0) }
          sequences.append(LabelledSequence(features: [keys], labels: [isEnd ? 1 : 0]))
        }
        if isEnd {
          first = index + 1
          marks = Segmenter.OpenMarks()
        }
      }
    }
    return SequenceTrainer(labels: 2, rounds: 10, minimumCount: 2, margin: 1).train(sequences)
  }
}
