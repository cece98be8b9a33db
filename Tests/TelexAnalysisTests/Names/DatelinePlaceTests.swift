import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct DatelinePlaceTests {
  private func locations(_ text: String) throws -> [String] {
    let document = try ReadText(text).document
    return document.mentions.filter { $0.kind == .location && $0.form == .name }.map { document.text.string($0.span) }
  }

  @Test func aTownThatNobodyKnowsIsAPlaceWhereverItStands() throws {
    let read = try locations(
      """
      Le village de Morvanges vote la gratuité des bus

      MORVANGES, 14 mai 2022 (AVA) - Le village de Morvanges a voté samedi la gratuité des bus.
      """)
    #expect(read == ["Morvanges", "MORVANGES", "Morvanges"])
  }

  @Test func theNameOfAPersonKeepsItsWords() throws {
    let document = try ReadText(
      """
      Le maire vote la gratuité des bus

      LAMBERT, 14 mai 2022 (AVA) - Le maire de la ville, Paul Lambert, a voté samedi la gratuité des bus.
      """
    ).document
    let persons = document.mentions.filter { $0.kind == .person && $0.form == .name }
    #expect(persons.map { document.text.string($0.span) } == ["Paul Lambert"])
    let places = document.mentions.filter { $0.kind == .location && $0.form == .name }
    #expect(places.map { document.text.string($0.span) } == ["LAMBERT"])
  }
}
