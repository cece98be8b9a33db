import TelexText
import Testing

@testable import TelexWire

@Suite struct NamedCharactersTests {
  @Test func theExamplesOfTheTableHold() throws {
    let resources = try Reading.resources()
    let characters = try NamedCharacters(resources: resources)
    let table = try ResourceTable("entities.txt", of: "TelexWire", in: resources)
    #expect(table.rows.count > 240)
    for row in table.positive { #expect(characters.text(of: Array(row.fields[0].utf8)) == row.fields[1]) }
    for row in table.negative { #expect(characters.text(of: Array(row.fields[0].utf8)) == row.fields[0]) }
  }
}
