import TelexLanguage
import TelexText
import Testing

@Suite struct GivenNamesTests {
  @Test(arguments: [
    ("claire", GivenNames.Bearers.women), ("paul", .men), ("camille", .both), ("jens", .men), ("catherine", .women),
  ])
  func aNameTellsItsBearers(name: String, expected: GivenNames.Bearers) throws {
    let names = try GivenNames(from: try #require(ResourceDirectory.located()))
    #expect(names.bearers(of: name.utf8) == expected)
  }

  @Test func anUnknownNameTellsNothing() throws {
    let names = try GivenNames(from: try #require(ResourceDirectory.located()))
    #expect(names.bearers(of: "xqzt".utf8) == nil)
  }
}
