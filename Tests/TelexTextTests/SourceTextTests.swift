import TelexModel
import TelexText
import Testing

@Suite struct SourceTextTests {
  @Test(
    "words on one line",
    arguments: [
      ("Conseil de sécurité", "Conseil de sécurité"),
      ("Conseil\nde  sécurité", "Conseil de sécurité"),
      ("Conseil\u{A0}de\u{202F}sécurité", "Conseil de sécurité"),
      (" Conseil\t", "Conseil"),
      ("Côte d’Ivoire", "Côte d’Ivoire"),
      ("\u{3000}Conseil\r\nde sécurité ", "Conseil de sécurité"),
      ("  ", ""),
      ("", ""),
    ])
  func line(words: String, line: String) {
    let text = SourceText("Le " + words + ".")
    #expect(text.line(Span(3, 3 + words.utf8.count)) == line)
  }
}
