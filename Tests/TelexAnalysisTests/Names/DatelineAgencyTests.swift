import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct DatelineAgencyTests {
  private func names(_ text: String) throws -> [String] {
    let document = try ReadText(text).document
    return document.mentions.filter { $0.form == .name }.map { "\(document.text.string($0.span)) \($0.kind)" }
  }

  /// Ava is a town in Burma.
  @Test func anAgencyWithTheNameOfATownIsAnOrganization() throws {
    let read = try names(
      "BRUXELLES, 26 novembre 2026 (Ava) - La STIB fermera son dépôt de Haren, a annoncé jeudi Claire Dubois.")
    #expect(
      read == [
        "BRUXELLES location", "Ava organization", "STIB organization", "Haren location", "Claire Dubois person",
      ])
  }

  @Test func elsewhereItIsWhatItIsReadAs() throws {
    let read = try names("LYON, 26 novembre 2026 (Lyon) - La ville de Lyon fermera un dépôt, a annoncé Claire Dubois.")
    #expect(read.first == "LYON location")
    #expect(read.filter { $0 == "Lyon location" }.count >= 1)
  }
}
