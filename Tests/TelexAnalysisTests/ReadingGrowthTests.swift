import Glibc
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

  /// Seconds of this thread alone, whatever other tests do meanwhile; the best of three.
  private func seconds(_ text: String, _ time: String) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    return (0..<3).map { _ in
      let start = now()
      _ = read(text, time)
      return now() - start
    }.min() ?? 0
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
    func text(_ bytes: Int) -> String { String(repeating: kind, count: bytes / kind.utf8.count) }
    let small = seconds(text(10_000), time)
    let large = seconds(text(40_000), time)
    // A quadratic step would make it sixteen times.
    #expect(large < small * 8 + 0.02, "\(small) s for 10 kB, \(large) s for 40 kB")
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
