import Foundation
import TelexModel
import TelexText
import Testing

@testable import TelexTraining

@Suite struct MarkedDispatchesTests {
  @Test func namesAreReadWithTheirKinds() throws {
    let file = "# Source: nobody.\nÀ {L Gand}\n\n{P Anne Morel} préside l'{O Union du Port}.\n%%\nRien.\n"
    let dispatches = try MarkedDispatches.dispatches(in: file, of: "essai.txt")
    #expect(dispatches.map(\.name) == ["essai.txt 1", "essai.txt 2"])
    let first = try #require(dispatches.first)
    #expect(String(decoding: first.text.utf8, as: UTF8.self) == "À Gand\n\nAnne Morel préside l'Union du Port.\n")
    #expect(first.names.map { first.text.string($0.span) } == ["Gand", "Anne Morel", "Union du Port"])
    #expect(first.names.map(\.kind) == [.location, .person, .organization])
    #expect(dispatches.last?.names.isEmpty == true)
  }

  @Test(arguments: [
    "{P Anne {L Gand}}", "Anne Morel}", "{P Anne Morel", "{P Anne\nMorel}", "{X Anne}", "{P}", "{Panne}", "{P }",
  ])
  func badMarksAreRefused(text: String) {
    #expect(throws: TrainingError.self) { try MarkedDispatches.dispatches(in: text, of: "essai.txt") }
  }

  @Test(arguments: ["Sources/TelexTraining/Dispatches", "Tests/Quality/Dispatches"])
  func theDispatchesOfTheProjectHaveTheirNamesMarked(folder: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let dispatches = try MarkedDispatches.read(root.appendingPathComponent(folder))
    #expect(dispatches.count >= 12)
    for dispatch in dispatches {
      #expect(dispatch.names.count > 2, "\(dispatch.name)")
      for name in dispatch.names {
        let text = dispatch.text.string(name.span)
        #expect(
          text == text.trimmingCharacters(in: .whitespaces) && ["M. ", "Mme "].allSatisfy { !text.hasPrefix($0) },
          "\(dispatch.name): \(text)")
      }
    }
  }
}
