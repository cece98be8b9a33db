import TelexModel
import TelexService
import Testing

@Suite struct ShownResultTests {
  /// A result whose text holds markup and an escape sequence.
  private static let json = """
    {"schema": "telex.result/1", "status": "analysed", "source": {"file": "a.txt"}, "item": {"headline": "<b>Port</b>"},
     "text": "« Oui », a dit Ève <x>\\u001b[31m.",
     "entities": [{"id": "e1", "type": "person", "name": "Ève Noël", "roles": [{"text": "maire"}]}],
     "mentions": [{"start": 15, "end": 18, "text": "Ève", "type": "person", "entity": "e1"}],
     "quotations": [{"start": 2, "end": 5, "text": "Oui", "kind": "direct", "speaker": {"entity": "e1", "text": "Ève"},
       "cue": {"lemma": "dire"}, "confidence": 0.9}, {"start": 7, "end": 9000, "kind": "direct"}]}
    """

  private func shown() throws -> ShownResult {
    try #require(ShownResult(JSONReader.value(of: Array(Self.json.utf8))))
  }

  @Test func thePiecesAreTheWholeText() throws {
    let pieces = try shown().pieces
    #expect(pieces.map(\.text).joined() == "« Oui », a dit Ève <x>\u{1B}[31m.")
    let said = try #require(pieces.first { !$0.quotes.isEmpty })
    #expect(said.text == "Oui")
    #expect(said.quotes.map(\.speaker) == ["Ève Noël"])
    #expect(pieces.first { $0.mark != nil }?.mark?.meaning == "Ève Noël")
  }

  @Test func aTerminalIsNotSteeredByADispatch() throws {
    #expect(!TerminalPage(try shown(), isColoured: false).text.contains("\u{1B}"))
    #expect(!TerminalPage(try shown(), isColoured: true).text.contains("\u{1B}[31m."))
  }

  @Test func markupInADispatchStaysText() throws {
    let page = HTMLPage(try shown()).text
    #expect(page.contains("&lt;x&gt;"))
    #expect(page.contains("<h1>&lt;b&gt;Port&lt;/b&gt;</h1>"))
    #expect(!page.contains("<script"))
    #expect(page.contains("Ève Noël"))
  }

  @Test func thePageLeadsFromAQuotationToItsSpeakerAndBack() throws {
    let page = HTMLPage(try shown()).text
    #expect(page.contains("<section id=\"v0\""))
    #expect(page.contains("href=\"#v0\""))
    #expect(page.contains("maire"))
    for loaded in ["http:", "https:", "src=", "url(", "@import"] { #expect(!page.contains(loaded), "\(loaded)") }
  }

  @Test(arguments: ["{}", "[]", "{\"schema\": \"other/1\", \"status\": \"analysed\"}"])
  func whatIsNoResultIsNotShown(json: String) throws {
    #expect(ShownResult(try JSONReader.value(of: Array(json.utf8))) == nil)
  }
}
