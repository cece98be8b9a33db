import Foundation
import Testing

@testable import TelexAnalysis

/// The first dispatch that Telex was written for, where its files are at hand.
@Suite struct SeedTests {
  private struct Gold: Decodable {
    struct Said: Decodable {
      var text: String
      var kind: String
      var speaker: String
    }

    var quotations: [Said]
  }

  @Test func allFourteenQuotationsOfTheSeedHaveTheirSpeakers() throws {
    let folder = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../shared/gold/seed").standardized
    let name = "000_950054ed88d0c72e.txt"
    guard let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8),
      let gold = try? JSONDecoder().decode(
        Gold.self, from: Data(contentsOf: folder.appendingPathComponent(name + ".gold.json")))
    else {
      print("The seed is not at hand: its test is skipped.")
      return
    }
    let read = try ReadText(text)
    let found = Set(read.quotations.map { $0.lowercased() })
    for said in gold.quotations {
      #expect(
        found.contains {
          $0.hasPrefix("\(said.kind): \(said.text) — ".lowercased()) && $0.hasSuffix(said.speaker.lowercased())
        },
        "missing: \(said.kind): \(said.text) — \(said.speaker)\nfound: \(read.quotations.joined(separator: "\n"))")
    }
  }
}
