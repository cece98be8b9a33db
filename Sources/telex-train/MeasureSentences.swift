import ArgumentParser
import TelexLanguage
import TelexTraining

/// What careless copies bring to the model of sentence ends.
struct MeasureSentences: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sentence-evidence",
    abstract: "Cross-validates the model of sentence ends on GSD dev, with and without carelessly typed copies.")

  @OptionGroup var options: MaterialOptions
  @Option(help: "Numbers of copies to try.") var copies: [Int] = [0, SegmenterTrainer.defaultCopies]

  func run() throws {
    let material = options.material
    let treebanks = try material.trainingTreebanks().map { $0.map(\.text) }
    let evidence = SentenceEvidence(
      treebanks[0], treebanks[1], TreebankTokenizer(try TokenLists(from: material.resources)),
      try Vocabulary(from: material.resources))
    for count in copies {
      let (asTyped, careless) = evidence.crossValidated(copies: count)
      print("\(count) copies: F1 of sentences \(rounded(asTyped)), in careless text \(rounded(careless))")
    }
  }

  private func rounded(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}
