import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

struct QuantityAnnotatorTests {
  private let tokenizer: Tokenizer
  private let times: TimeAnnotator
  private let annotator: QuantityAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    tokenizer = try Tokenizer(resources: resources)
    times = try TimeAnnotator(resources: resources)
    annotator = try QuantityAnnotator(resources: resources)
  }

  private func document(_ text: String) -> Document {
    var document = Document(text: SourceText(text), documentTime: DocumentTime(value: "2021-03-23", granularity: .day))
    document.tokens = tokenizer.tokens(of: document.text)
    times.annotate(&document)
    annotator.annotate(&document)
    return document
  }

  private func read(_ text: String) -> String {
    let document = document(text)
    return document.quantities.map { quantity in
      let number =
        quantity.value.map(Digits.plain)
        ?? (quantity.low.map(Digits.plain) ?? "") + ".." + (quantity.high.map(Digits.plain) ?? "")
      let words = [quantity.comparator.rawValue, quantity.unit ?? "-", quantity.object ?? "-"].joined(separator: " ")
      return "\(document.text.string(quantity.span))=\(number) \(words)"
    }.joined(separator: " ; ")
  }

  @Test func theExamplesOfTheRulesHold() {
    #expect(annotator.rules.positive.count > 15)
    for example in annotator.rules.positive {
      #expect(read(example.fields[0]) == example.fields[1], "quantity-rules.txt:\(example.line)")
    }
    for example in annotator.rules.negative {
      #expect(read(example.fields[0]) == "", "quantity-rules.txt:\(example.line)")
    }
  }

  @Test func theSingularsOfTheListHold() {
    #expect(annotator.rules.singular.examples.count > 10)
    for example in annotator.rules.singular.examples {
      #expect(annotator.rules.singular.of(example.fields[0]) == example.fields[1], "singulars.txt:\(example.line)")
    }
  }

  @Test func partsPointToTheirWholeAndAreSummed() {
    let document = document("On compte 10 hommes, dont 12 Belges et trois Suisses.")
    #expect(document.quantities.map(\.partOf) == [nil, "n1", "n1"])
    #expect(document.diagnostics.map(\.code) == ["parts-exceed-whole"])
    #expect(self.document("On compte 20 hommes, dont 12 Belges.").diagnostics.isEmpty)
  }

  @Test func casualtiesVotesAndMoneyAreTold() {
    #expect(document("12 morts et 45 blessés").quantities.map(\.kind) == ["casualties.killed", "casualties.wounded"])
    #expect(document("5 personnes ont été tuées").quantities.map(\.kind) == ["casualties.killed"])
    #expect(
      document("7 personnes, dont deux enfants, ont été tuées").quantities.map(\.kind) == [
        "casualties.killed", "casualties.killed",
      ])
    #expect(document("par 52 voix").quantities.map(\.kind) == ["vote"])
    #expect(document("3 euros").quantities.map(\.kind) == ["money"])
  }

  @Test func whatTheTimesHaveTakenIsNoQuantity() {
    #expect(read("le 3 mai 2016, trois jours et 20 minutes, à 18h30").isEmpty)
  }

  @Test func anyTextIsReadInOrderAndInBounds() {
    for text in [
      "", "3", "3 ", "3-", "plus de", "un", "99999999999999999999999999 ans", "1,,,2", "entre 3 et", "½ litre",
    ] {
      let document = document(text)
      var end = 0
      for quantity in document.quantities {
        #expect(quantity.span.start >= end && quantity.span.end <= document.text.utf8.count, "\(text)")
        end = quantity.span.end
      }
    }
  }

  /// Adversarial input costs no more than it is long: every pattern has a longest form.
  @Test func repetitionIsReadLikeAnyText() {
    let document = document(String(repeating: "plus de deux cent mille et demi ", count: 2_000))
    #expect(document.quantities.count <= 4_000)
  }
}
