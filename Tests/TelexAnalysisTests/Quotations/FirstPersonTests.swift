import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct FirstPersonTests {
  @Test func jeIsTheSpeakerAndNousTheGroup() throws {
    let read = try ReadText("« Je sais que nous partirons », a dit Claire Vasseur.")
    let quotation = try #require(read.document.quotations.first)
    #expect(quotation.firstPerson.map { read.document.text.string($0.reference.span) } == ["Je", "nous"])
    #expect(quotation.firstPerson.map(\.scope) == [.speaker, .group])
    #expect(quotation.firstPerson.first?.reference.resolution == quotation.speaker?.reference.resolution)
    #expect(quotation.firstPerson.last?.reference.resolution == .unnamed)
  }

  @Test func withoutASpeakerNothingIsSaid() throws {
    let read = try ReadText("« Je sais que nous partirons tous un jour ou l'autre. »")
    #expect(read.document.quotations.allSatisfy { $0.firstPerson.isEmpty })
  }

  @Test func aSpokespersonHasAPrincipal() throws {
    let read = try ReadText("« Nous partirons », a dit une porte-parole du ministère.")
    let quotation = try #require(read.document.quotations.first)
    #expect(quotation.principal.map { read.document.text.string($0.span) } == "ministère")
  }
}
