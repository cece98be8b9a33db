import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

struct LanguageAnnotatorTests {
  private let tokenizer: Tokenizer
  private let languages: LanguageAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    tokenizer = try Tokenizer(resources: resources)
    languages = try LanguageAnnotator(resources: resources)
  }

  private func read(_ string: String, _ item: Item = Item()) -> Document {
    let text = SourceText(string)
    var document = Document(text: text, item: item)
    document.tokens = tokenizer.tokens(of: text)
    document.blocks = [Block(id: "b1", role: .paragraph, span: Span(0, text.utf8.count))]
    languages.annotate(&document)
    return document
  }

  @Test func theExamplesOfTheWordListsHold() {
    #expect(!languages.table.positive.isEmpty && !languages.table.negative.isEmpty)
    for example in languages.table.positive {
      let item = read(example.fields[0]).item
      #expect(item.language == example.fields[1], "languages.txt:\(example.line)")
      #expect(
        item.languageVariant == (example.fields.count > 2 ? example.fields[2] : nil), "languages.txt:\(example.line)")
    }
    for example in languages.table.negative {
      #expect(read(example.fields[0]).item.language == nil, "languages.txt:\(example.line)")
    }
  }

  @Test func theWordsThatDecidedAreNamed() {
    let document = read("Il reste une septantaine de Belges et nonante soldats dans la ville.")
    #expect(document.item.languageEvidence.map { document.text.string($0) } == ["septantaine", "nonante"])
  }

  @Test func aSwissAgencyDecidesOnSharedWords() {
    var item = Item()
    item.dateline = Item.Dateline(span: Span(0, 0), agency: "ats afp")
    #expect(read("Il reste nonante soldats dans la ville et les villages.", item).item.languageVariant == "fr-CH")
  }

  @Test func whatTheWireStatesStands() {
    var item = Item()
    item.language = "nl"
    let document = read("Le ministre a annoncé que la ville et le port sont dans une zone à risque.", item)
    #expect(document.item.language == "nl")
    #expect(document.diagnostics.map(\.code) == ["language-mismatch"])
    #expect(read("De minister heeft gezegd dat het niet kan.").diagnostics.map(\.code) == ["not-french"])
  }
}
