package import TelexLanguage

/// A sentence to learn syntax from.
package struct ParserExample: Sendable {
  package var inputs: [ParserInput]
  /// By word: number of its head, the sentence's length for the root.
  package var heads: [Int]
  package var relations: [Int]

  /// Treebank sentences with the tags that a tagger would give them that has not seen them: five taggers on four fifths each.
  package static func examples(
    _ sentences: [TreebankSentence], _ vocabulary: Vocabulary, relations: [String: Int], tagger: Tagger?
  ) -> [ParserExample] {
    let tagged = TaggerTrainer.examples(sentences, vocabulary)
    var result: [ParserExample?] = Array(repeating: nil, count: sentences.count)
    let folds = tagger == nil ? 5 : 1
    for fold in 0..<folds {
      let model =
        tagger
        ?? Tagger(TaggerTrainer.train(tagged.indices.filter { $0 % folds != fold }.map { tagged[$0] }, rounds: 8))
      for index in sentences.indices where index % folds == fold {
        result[index] = example(sentences[index], model.tags(tagged[index].words), vocabulary, relations)
      }
    }
    return result.compactMap(\.self)
  }

  /// Words of the treebank, with the tags of their tokens; a contraction that the tagger overlooked keeps its parts' own tags.
  private static func example(
    _ sentence: TreebankSentence, _ tags: [PartOfSpeech], _ vocabulary: Vocabulary, _ relations: [String: Int]
  ) -> ParserExample {
    let featurizer = WordFeaturizer(vocabulary)
    var inputs: [ParserInput] = []
    for (token, tag) in zip(sentence.tokens, tags) {
      for word in token.words {
        let features = Array(sentence.words[word].form.utf8).withUnsafeBufferPointer { featurizer.features($0) }
        let own = token.words.count == 1 ? tag.parts[0] : (PartOfSpeech(code: sentence.words[word].tag) ?? tag)
        inputs.append(ParserInput(features, own, isFirst: inputs.isEmpty))
      }
    }
    return ParserExample(
      inputs: inputs, heads: sentence.words.map { $0.head == 0 ? sentence.words.count : $0.head - 1 },
      relations: sentence.words.map { relations[$0.relation] ?? 0 })
  }

  /// What a word is known by, as a command line names it.
  package static let properties = ["words", "endings", "tags", "sets", "brown", "shapes", "vectors"]

  /// The same with some properties hidden, to see what each brings: all words alike in them.
  package func hiding(_ properties: Set<String>) -> ParserExample {
    guard properties.isEmpty == false else { return self }
    var result = self
    for index in inputs.indices {
      if properties.contains("words") { result.inputs[index].word = 0 }
      if properties.contains("endings") { result.inputs[index].ending = 0 }
      if properties.contains("tags") { result.inputs[index].tag = .other }
      if properties.contains("sets") { result.inputs[index].set = 0 }
      if properties.contains("brown") { result.inputs[index].brown = 0 }
      if properties.contains("shapes") { result.inputs[index].shape = 0 }
      if properties.contains("vectors") { result.inputs[index].vector = 0 }
    }
    return result
  }
}
