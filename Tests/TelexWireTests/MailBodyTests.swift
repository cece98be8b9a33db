import TelexModel
import Testing

@testable import TelexWire

@Suite struct MailBodyTests {
  private func parts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let body = MailBody(bytes, 0..<bytes.count)
    return [body.preamble, body.text, body.tail].map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func aForwardedDispatchStandsBetweenItsHeaderAndTheSignature() {
    let found = parts(
      "Bonjour,\n\n---- Message transféré ----\nDe : EXA <d@exa.example>\nDate : mar. 5 mars 2024\nObjet : Le pont\n\n"
        + "NAMUR, 5 mars 2024 (EXA) - Le pont rouvre.\n\n-- \nOdile Karsen\n")
    #expect(found[0].hasPrefix("Bonjour") && found[0].hasSuffix("Le pont\n"))
    #expect(found[1] == "\nNAMUR, 5 mars 2024 (EXA) - Le pont rouvre.\n")
    #expect(found[2].hasSuffix("-- \nOdile Karsen\n"))
  }

  @Test func aPlainMailIsTextOnly() {
    let text = "NAMUR, 5 mars 2024 (EXA) - Le pont rouvre.\n\nDate : jeudi\n\nFin.\n"
    #expect(parts(text) == ["", text, ""])
    #expect(parts("") == ["", "", ""])
  }

  @Test func anOlderMailBelowIsNoText() {
    #expect(parts("Le pont rouvre.\n\n> Avez-vous lu?\n> Merci\n")[1] == "Le pont rouvre.\n")
  }

  @Test(arguments: [
    ("TR: Le pont rouvre", "Le pont rouvre"), ("Fwd: RE : [EXA] Le pont", "Le pont"), ("[EXA]", "[EXA]"), ("", ""),
    ("Retour: le pont", "Retour: le pont"), ("Re", "Re"),
  ])
  func marksOfMailProgramsAreNoHeadline(subject: String, headline: String) {
    #expect(MailSubject.headline(subject) == headline)
  }

  @Test func theReaderKeepsThemApart() throws {
    let item = try Reading.item(
      "From: a@b.example\nTo: c@d.example\nSubject: TR: Le pont rouvre\nMIME-Version: 1.0\n\nBonjour,\n\n"
        + "De: EXA\nDate: 5 mars 2024\nObjet: Le pont rouvre\n\nNAMUR, 5 mars 2024 (EXA) - Le pont rouvre.\n\n"
        + "-- \nOdile Karsen\n")
    #expect(item.item.headline == "Le pont rouvre")
    #expect(item.texts(.header) == ["Bonjour,", "De: EXA\nDate: 5 mars 2024\nObjet: Le pont rouvre"])
    #expect(item.texts(.lead) == ["NAMUR, 5 mars 2024 (EXA) - Le pont rouvre."])
    #expect(item.texts(.note) == ["--\nOdile Karsen"])
  }
}
