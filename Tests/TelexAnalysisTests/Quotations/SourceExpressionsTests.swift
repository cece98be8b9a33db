import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct SourceExpressionsTests {
  private func expressions() throws -> SourceExpressions {
    try SourceExpressions(resources: try #require(ResourceDirectory.located()))
  }

  @Test func theTablesSentencesHaveTheirExpression() throws {
    for row in try expressions().positive {
      let read = try ReadText(row.fields[0])
      let cues = read.document.quotations.compactMap(\.cue).map { read.document.text.string($0.span) }
      #expect(cues == [row.fields[1]], "in \(row.fields[0]): \(read.quotations)")
    }
  }

  @Test func theTablesOtherSentencesHaveNone() throws {
    for row in try expressions().negative {
      let read = try ReadText(row.fields[0])
      #expect(read.quotations.isEmpty, "in \(row.fields[0])")
    }
  }
}
