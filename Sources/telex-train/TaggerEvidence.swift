import ArgumentParser
import Foundation
import TelexLanguage
import TelexTraining

/// What each source of evidence, and each part of the material, brings to the tagger.
struct TaggerEvidence: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tagger-evidence",
    abstract: "Trains taggers on shares of the treebanks and without sources of evidence; measures them on Sequoia dev.")

  @OptionGroup var options: MaterialOptions
  @Option(help: "Shares of the sentences, in hundredths.") var shares = [10, 25, 50, 75, 100]

  func run() throws {
    let material = options.material
    let vocabulary = try Vocabulary(from: material.resources)
    let training = TaggerTrainer.examples(try material.trainingTreebank(), vocabulary)
    let development = TaggerTrainer.examples(
      try CoNLLU.read(material.corpora.appendingPathComponent("ud-sequoia/fr_sequoia-ud-dev.conllu")), vocabulary)
    for share in shares {
      let part = training.enumerated().filter { $0.offset * 37 % 100 < share }.map(\.element)
      measure("\(share) % of the sentences", part, development, new: unseen(development, in: part))
    }
    let new = unseen(development, in: training)
    for source in TaggerTrainer.Source.allCases {
      measure(
        "without \(source.rawValue)", TaggerTrainer.hiding(source, in: training),
        TaggerTrainer.hiding(source, in: development), new: new)
    }
  }

  private func measure(
    _ name: String, _ training: [TaggerTrainer.Example], _ development: [TaggerTrainer.Example],
    new: [[Bool]]
  ) {
    let tagger = Tagger(
      TaggerTrainer.train(training, rounds: TrainTagger.defaultRounds, rows: TrainTagger.defaultRows))
    let all = TaggerTrainer.accuracy(development, tagger)
    let unseen = TaggerTrainer.accuracy(development, tagger) { new[$0][$1] }
    print("| \(name) | \(percent(all)) | \(percent(unseen)) |")
  }

  /// By sentence and token, whether the spelling isn't in the training part.
  private func unseen(_ examples: [TaggerTrainer.Example], in training: [TaggerTrainer.Example]) -> [[Bool]] {
    let known = Set(training.flatMap { $0.words.map(\.form) })
    return examples.map { $0.words.map { known.contains($0.form) == false } }
  }

  private func percent(_ share: Double) -> String { String(format: "%.2f", share * 100) }
}
