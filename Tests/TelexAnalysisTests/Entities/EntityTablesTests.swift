import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// The examples inside the word lists of the entities: each a sentence and a fact that must, or must not, be read in it.
@Suite struct EntityTablesTests {
  @Test(arguments: [
    "countries.tsv", "regions.tsv", "city-demonyms.tsv", "known-names.tsv", "place-kinds.tsv", "role-kinds.tsv",
    "government-verbs.tsv", "impersonal.tsv", "role-equivalents.tsv",
  ])
  func theExamplesOfATableHold(name: String) throws {
    let table = try ResourceTable(name, of: "TelexAnalysis", in: try #require(ResourceDirectory.located()))
    #expect(!table.positive.isEmpty && !table.negative.isEmpty, "\(name) has no examples")
    for row in table.positive {
      let facts = try facts(try #require(row.fields.first))
      #expect(facts.contains(row.fields[1]), "\(name):\(row.line): \(row.fields[1]) not among \(facts)")
    }
    for row in table.negative {
      let facts = try facts(try #require(row.fields.first))
      #expect(!facts.contains(row.fields[1]), "\(name):\(row.line): \(row.fields[1])")
    }
  }

  private func facts(_ text: String) throws -> [String] {
    let read = try ReadText(text)
    let entities = read.document.entities.map { "\($0.name) is \($0.subtype ?? "?") in \($0.country ?? "?")" }
    let governments = read.document.mentions.filter { $0.standsFor != nil }.map {
      "\(read.document.text.string($0.span)) = \($0.standsFor ?? "")"
    }
    return entities + governments + read.mentions(.demonym) + read.mentions(.pronoun) + read.mentions(.nominal)
  }
}
