import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// Quantities tied to names that a test puts in their places.
struct QuantityTiesTests {
  private let tokenizer: Tokenizer
  private let quantities: QuantityAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    tokenizer = try Tokenizer(resources: resources)
    quantities = try QuantityAnnotator(resources: resources)
  }

  /// `holder/place` of the first quantity; names are what stands between braces, with `!` those of bodies.
  private func ties(_ marked: String) throws -> String {
    var text = ""
    var mentions: [Mention] = []
    var start: Int?
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "{": start = text.utf8.count
      case "}":
        let span = Span(start ?? 0, text.utf8.count)
        let entity = "e\(mentions.count + 1)"
        mentions.append(
          Mention(span: span, kind: .location, form: .name, entity: entity, confidence: 1, rule: "test"))
      default: text.unicodeScalars.append(scalar)
      }
    }
    var document = Document(text: SourceText(text))
    document.tokens = tokenizer.tokens(of: document.text)
    document.mentions = mentions
    quantities.annotate(&document)
    QuantityTies(rules: quantities.rules).annotate(&document)
    let quantity = try #require(document.quantities.first, "\(text)")
    func words(_ reference: Reference?) -> String { reference.map { document.text.string($0.span) } ?? "-" }
    return words(quantity.holder) + "/" + words(quantity.place)
  }

  @Test func whoHasItIsReadBesideAVerbOfHaving() throws {
    #expect(try ties("{Marval} compte 12.000 habitants.") == "Marval/-")
    #expect(try ties("Le groupe {Orlane} emploie encore 300 personnes à {Gand}.") == "Orlane/Gand")
    #expect(try ties("{Marval} disposait de plus de 40 bus.") == "Marval/-")
  }

  @Test func whereItIsIsReadBehindItsNoun() throws {
    #expect(try ties("Il reste quelque 10.000 hommes en {Afghanistan}.") == "-/Afghanistan")
    #expect(try ties("Elle supprimera 400 postes administratifs dans les {Ardennes}.") == "-/Ardennes")
  }

  @Test func nothingIsSaidWhereOtherWordsStandBetween() throws {
    #expect(try ties("{Marval} annonce 300 licenciements.") == "-/-")
    #expect(try ties("Elle a versé 3 millions d'euros à {Marval}.") == "-/-")
    #expect(try ties("10.000 personnes ont écrit à {Marval}.") == "-/-")
    #expect(try ties("à 30 km de {Marval}") == "-/-")
    #expect(try ties("trois morts, selon la police de {Marval}") == "-/-")
  }
}
