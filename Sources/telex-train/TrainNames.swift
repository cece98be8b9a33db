import ArgumentParser
import Foundation
import TelexLanguage
import TelexModel
import TelexText
import TelexTraining

struct TrainNames: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "names", abstract: "Trains the model of names.")

  @OptionGroup var options: MaterialOptions
  @Option var rounds = 8
  @Option(help: "How many features are kept.") var rows = 39_000
  @Flag(help: "Measure without fitting confidences, and write nothing.") var quick = false
  @Option(help: "Folder of the dispatches written for training.") var written: String?
  @Option(help: "The dispatches written for training are learned from in one round of so many.")
  var pace = NameTrainer.paceOfWritten
  @Option(help: "Measure on the dispatches written for training whose file begins so, and learn from the others.")
  var kept: String?
  @Option(help: "Measure on the dispatches of this folder, marked like those written for training.")
  var measured: String?
  @Option(help: "What the models shall not see: lists, brown, vectors, lexicon, parts (of words), sequoia or written.")
  var without: [String] = []
  @Option(help: "Train on this share of the dispatches, in hundredths.") var share = 100

  func validate() throws {
    guard pace > 0 else { throw ValidationError("--pace is 1 or more") }
  }

  func run() throws {
    var material = options.material
    if let written { material.written = URL(fileURLWithPath: written) }
    var trainer = try NameTrainer(from: material.resources)
    trainer.rounds = rounds
    trainer.rows = rows
    trainer.hidden = Set(without)
    var dispatches = try material.trainingDispatches()
    dispatches = dispatches.enumerated().filter { $0.offset * 37 % 100 < share }.map(\.element)
    let own = try material.writtenDispatches()
    let isKept = { (text: AnnotatedText) in kept.map { text.name.hasPrefix($0) } ?? false }
    let training =
      trainer.examples(dispatches)
      + (without.contains("sequoia")
        ? [] : trainer.examples(try material.trainingNames(trainer.gazetteer), isDispatch: false))
      + (without.contains("written") ? [] : trainer.examples(own.filter { !isKept($0) }, pace: pace))
    let measured = trainer.examples(
      try measured.map { try MarkedDispatches.read(URL(fileURLWithPath: $0)) }
        ?? (kept != nil
          ? own.filter(isKept) : material.leftOut.map(material.dispatches) ?? material.heldOutDispatches()))
    if quick {
      let model = trainer.model(training)
      let announced = trainer.announced
      print(NameTrainer.scores(measured) { NameTagger.names($0.words, $0.evidence, model, announced) }.description)
      return
    }
    let tagger = trainer.train(training)
    print(NameTrainer.scores(measured) { tagger.names($0.words, $0.evidence) }.description)
    for row in NameTrainer.reliability(measured, tagger).rows { print(row) }
    if material.leftOut != nil || kept != nil || pace != NameTrainer.paceOfWritten || share < 100
      || without.isEmpty == false
    {
      return
    }
    var writer = ModelWriter()
    writer.add(tagger.model)
    writer.add("confidence", tagger.confidence.weights)
    try writer.write(to: material.output("names.bin"))
    print("names.bin: \(tagger.model.weights.count / tagger.model.stride) features")
  }
}
