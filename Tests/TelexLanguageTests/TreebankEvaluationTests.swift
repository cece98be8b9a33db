import TelexTraining
import Testing

/// Figures worked out by hand.
@Suite struct TreebankEvaluationTests {
  private func treebank(_ lines: [String]) throws -> [TreebankSentence] {
    try CoNLLU.sentences(lines.joined(separator: "\n").replacing(" ", with: "\t") + "\n\n")
  }

  private func gold() throws -> [TreebankSentence] {
    try treebank([
      "1 Il lui PRON _ Number=Sing 2 nsubj _ _",
      "2 va aller VERB _ _ 0 root _ _",
      "3-4 au _ _ _ _ _ _ _ SpaceAfter=No",
      "3 à à ADP _ _ 5 case _ _",
      "4 le le DET _ Definite=Def 5 det _ _",
      "5 bois bois NOUN _ _ 2 obl:arg _ _",
    ])
  }

  @Test func theSameTreebankIsAllRight() throws {
    let scores = try TreebankEvaluation(gold: try gold(), system: try gold())
    for score in [
      scores.tokens, scores.sentences, scores.words, scores.tags, scores.lemmas, scores.unlabelled, scores.labelled,
    ] {
      #expect(score.f1 == 100)
    }
    #expect(scores.tokens == .init(right: 4, gold: 4, system: 4))
    #expect(scores.words == .init(right: 5, gold: 5, system: 5))
  }

  @Test func subtypesOfRelationsDoNotCount() throws {
    let system = try treebank([
      "1 Il il PRON _ Number=Sing 2 nsubj:pass _ _",
      "2 va aller VERB _ _ 0 root _ _",
      "3-4 au _ _ _ _ _ _ _ _",
      "3 à à ADP _ _ 5 case _ _",
      "4 le le DET _ _ 5 det _ _",
      "5 bois bois NOUN _ _ 1 obl _ _",
    ])
    let scores = try TreebankEvaluation(gold: try gold(), system: system)
    #expect(scores.lemmas == .init(right: 4, gold: 5, system: 5))
    #expect(scores.features == .init(right: 4, gold: 5, system: 5))
    #expect(scores.unlabelled == .init(right: 4, gold: 5, system: 5))
    #expect(scores.labelled == .init(right: 4, gold: 5, system: 5))
  }

  @Test func aContractionTakenForOneWordCostsItsParts() throws {
    let system = try treebank([
      "1 Il lui PRON _ Number=Sing 2 nsubj _ _",
      "2 va aller VERB _ _ 0 root _ _",
      "3 au à ADP _ _ 4 case _ _",
      "4 bois bois NOUN _ _ 2 obl _ _",
    ])
    let scores = try TreebankEvaluation(gold: try gold(), system: system)
    #expect(scores.tokens == .init(right: 4, gold: 4, system: 4))
    #expect(scores.words == .init(right: 3, gold: 5, system: 4))
    #expect(scores.labelled == .init(right: 3, gold: 5, system: 4))
  }

  @Test func otherTextIsRefused() throws {
    let other = try treebank(["1 Non non INTJ _ _ 0 root _ _"])
    #expect(throws: TrainingError.self) { try TreebankEvaluation(gold: try self.gold(), system: other) }
  }
}
