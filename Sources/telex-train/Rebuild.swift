import ArgumentParser
import Foundation
import TelexTraining

/// Trains the models that take seconds once more, and tells whether they come out as they are shipped, to the byte.
struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains tagger, sentence ends and morphology anew and compares them with the shipped ones, byte by byte.")

  @OptionGroup var options: MaterialOptions

  func run() throws {
    let material = options.material
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("telex-rebuild-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try TrainTagger.build(
      material, rounds: TrainTagger.defaultRounds, rows: TrainTagger.defaultRows, to: { folder.appendingPathComponent($0) })
    var differ = false
    for name in ["tagger.bin", "sentences.bin", "morphology.bin"] {
      let isSame =
        try Data(contentsOf: folder.appendingPathComponent(name)) == Data(contentsOf: material.output(name))
      print("\(name): \(isSame ? "the same" : "differs")")
      if isSame == false { differ = true }
    }
    if differ { throw ExitCode.failure }
  }
}
