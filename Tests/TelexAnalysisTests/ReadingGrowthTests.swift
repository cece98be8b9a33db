import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// What tokens, structure, times and quantities cost, and that it is the same every time.
struct ReadingGrowthTests {
  private let annotators: [any Annotator]

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    let tokenizer = try Tokenizer(resources: resources)
    annotators = [
      TokenAnnotator(tokenizer: tokenizer), try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try TimeAnnotator(resources: resources), try QuantityAnnotator(resources: resources),
    ]
  }

  private func read(_ text: String, _ time: String = "2021-03-23") -> Document {
    var document = Document(
      text: SourceText(text),
      documentTime: DocumentTime(value: time, granularity: time.utf8.count == 10 ? .day : .month))
    for annotator in annotators { annotator.annotate(&document) }
    return document
  }

  private static let paragraph = """
    Le maire de Marval, Hugo Lenoir, 45 ans, a annoncé mardi que 120 des 400 employés partiraient d'ici au 1er mai, dont \
    une trentaine dès la semaine prochaine. "Nous tiendrons", a-t-il dit à 18h30.


    """

  /// Texts that look for what isn't linear: prose, one endless sentence, numbers only, marks only, empty lines.
  private static let kinds: [String] = [
    paragraph, "plus de deux cent mille et demi ", "12 ", "( \" « ", "\n\n", "mardi, ", "du 3 au 5 mai ", "2016-2017-",
    "dont 3 morts et ",
  ]

  @Test(arguments: kinds, ["2021-03-23", "2021-03"])
  func fourTimesTheTextCostsFourTimesTheTime(kind: String, time: String) {
    let growth = Growth(of: kind, bytes: 10_000, and: 40_000) { _ = read($0, time) }
    // A quadratic step would make it sixteen times.
    #expect(growth.long < growth.short * 8 + 0.02, "\(growth)")
  }

  @Test func theSameTextIsReadTheSameWay() {
    let text = String(repeating: Self.paragraph, count: 20)
    let first = read(text, "2021-03")
    let second = read(text, "2021-03")
    #expect(first.times == second.times)
    #expect(first.quantities == second.quantities)
    #expect(first.blocks == second.blocks && first.sentences == second.sentences)
  }
}
