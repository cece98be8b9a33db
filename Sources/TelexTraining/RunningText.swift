import TelexModel
import TelexText

/// Sentences of a treebank behind each other with a space, as the measures of the CoNLL 2018 task lay them out.
struct RunningText {
  let source: SourceText
  /// Where each sentence stands, in bytes.
  let sentences: [Span]

  init(_ sentences: some Sequence<String>) {
    var text = ""
    var spans: [Span] = []
    for sentence in sentences {
      text += text.isEmpty ? "" : " "
      spans.append(Span(text.utf8.count, text.utf8.count + sentence.utf8.count))
      text += sentence
    }
    (source, self.sentences) = (SourceText(text), spans)
  }
}
