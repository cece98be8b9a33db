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
      measure("\(share) % of the sentences", part, development, development)
    }
    for source in TaggerTrainer.Source.allCases {
      measure(
        "without \(source.rawValue)", TaggerTrainer.hiding(source, in: training),
        TaggerTrainer.hiding(source, in: development), development)
    }
  }

  private func measure(
    _ name: String, _ training: [TaggerTrainer.Example], _ development: [TaggerTrainer.Example],
    _ whole: [TaggerTrainer.Example]
  ) {
    let tagger = Tagger(
      TaggerTrainer.train(training, rounds: TrainTagger.defaultRounds, rows: TrainTagger.defaultRows))
    let known = Set(training.flatMap { $0.words.map(\.form) })
    let all = TaggerTrainer.accuracy(development, tagger)
    let new = TaggerTrainer.accuracy(development, tagger) { known.contains(whole[$0].words[$1].form) == false }
    print("| \(name) | \(percent(all)) | \(percent(new)) |")
  }

  private func percent(_ share: Double) -> String { String(format: "%.2f", share * 100) }
}
