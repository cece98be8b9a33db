import Testing

@testable import TelexModel

struct ResultEncoderTests {
  private func analysis(_ text: String) -> Analysis {
    var source = Source(fileName: Array("a.txt".utf8), bytes: text.utf8.count, sha256: "00ff")
    source.encoding = Source.Encoding(name: "utf-8", evidence: "validity")
    var analysis = Analysis(
      id: "sha256:00ff", status: .analysed, source: source,
      provenance: Provenance(version: "1.0.0", resources: ["b": "2", "a": "1"], configuration: "c0"))
    analysis.text = text
    return analysis
  }

  private func value(_ analysis: Analysis) throws -> JSONValue {
    try JSONReader.value(of: ResultEncoder(analysis).encoded())
  }

  @Test func membersStandInTheOrderOfTheContract() throws {
    let result = try value(analysis("Été."))
    #expect(
      result.members?.map(\.name) == [
        "schema", "id", "status", "source", "item", "documentTime", "text", "blocks", "sentences", "entities",
        "mentions", "quotations", "times", "quantities", "events", "pledges", "topics", "keyphrases", "summary",
        "thread", "diagnostics", "provenance",
      ])
    #expect(result["provenance"]?["resources"]?.members?.map(\.name) == ["a", "b"])
  }

  @Test func offsetsCountScalarsAndWordsAreRepeated() throws {
    var analysis = analysis("😀 Été à l’Élysée")
    let utf8 = Array(analysis.text.utf8)
    let start = utf8.count - Array("l’Élysée".utf8).count
    analysis.times = [
      TimeExpression(id: "t1", span: Span(5, 10), kind: .date, value: "2021-SU", granularity: "season", rule: "season")
    ]
    analysis.mentions = [
      Mention(span: Span(start, utf8.count), kind: .location, form: .name, entity: nil, confidence: 0.5, rule: "test")
    ]
    let result = try value(analysis)
    let scalars = Array(analysis.text.unicodeScalars)
    for layer in ["times", "mentions"] {
      let first = try #require(result[layer]?.array?.first)
      let start = try #require(first["start"]?.int)
      let end = try #require(first["end"]?.int)
      #expect(String(String.UnicodeScalarView(scalars[start..<end])) == first["text"]?.string)
    }
    #expect(result["times"]?.array?.first?["text"]?.string == "Été")
    #expect(result["mentions"]?.array?.first?["entity"] == .null)
  }

  @Test func absentIsNotStatedAndNullIsNotResolved() throws {
    var analysis = analysis("Un diplomate, il")
    var quotation = Quotation(id: "q1", span: Span(0, 2), kind: .direct, confidence: 1, rule: "test")
    quotation.speaker = Quotation.Speaker(Reference(.unnamed, span: Span(0, 12)), via: "role", confidence: 0.5)
    quotation.addressee = Reference(.unresolved, span: Span(14, 16))
    quotation.venue = Reference(.entity("e1"), span: Span(0, 2))
    analysis.quotations = [quotation]
    let result = try #require(value(analysis)["quotations"]?.array?.first)
    #expect(result["speaker"]?["entity"] == nil)
    #expect(result["addressee"]?["entity"] == .null)
    #expect(result["venue"]?["entity"] == .string("e1"))
    #expect(result["cue"] == nil)
  }

  @Test func aRefusalHoldsItsReasonAndNothingElse() throws {
    var analysis = analysis("")
    analysis.status = .rejected
    analysis.reason = Reason(.empty, "The file holds no byte.")
    let result = try value(analysis)
    #expect(result.members?.map(\.name) == ["schema", "id", "status", "reason", "source", "provenance"])
    #expect(result["reason"]?["code"]?.string == "empty")
  }

  @Test func aNameThatIsNotUTF8KeepsItsBytes() throws {
    var analysis = analysis("a")
    analysis.source.fileName = [0x64, 0xE9, 0x70, 0xEA, 0x63, 0x68, 0x65]
    let source = try #require(value(analysis)["source"])
    #expect(source["file"]?.string == "d\u{FFFD}p\u{FFFD}che")
    #expect(source["fileBytes"]?.string.flatMap(Base64.decode) == analysis.source.fileName)
  }

  @Test func theSameAnalysisGivesTheSameBytes() {
    let results = [0, 1].map { _ in
      var one = analysis("Texte")
      let resources = Dictionary(uniqueKeysWithValues: (0..<50).map { ("r\($0)", "x") })
      one.provenance = Provenance(version: "1", resources: resources, configuration: "c")
      return ResultEncoder(one).encoded()
    }
    #expect(results[0] == results[1])
  }
}
