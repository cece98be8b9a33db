import Testing

@testable import TelexModel

struct JSONTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return String(decoding: writer.finished(), as: UTF8.self)
  }

  @Test func containersAreIndentedByTwoSpaces() {
    let text = written { json in
      json.object { json in
        json.member("a", "b")
        json.key("list")
        json.array([1, 2]) { $0.number($1) }
        json.key("empty")
        json.array([Int]()) { $0.number($1) }
        json.key("none")
        json.object { _ in }
      }
    }
    #expect(
      text == """
        {
          "a": "b",
          "list": [
            1,
            2
          ],
          "empty": [],
          "none": {}
        }

        """)
  }

  @Test(arguments: [
    ("\u{0}\u{1F}\n\t\r", #""\u0000\u001f\n\t\r""#), ("\"\\", #""\"\\""#), ("\u{7F}\u{85}", #""\u007f\u0085""#),
    ("\u{202E}x\u{2066}\u{061C}\u{FEFF}\u{2028}", #""\u202ex\u2066\u061c\ufeff\u2028""#),
    ("é« » ’ 😀 \u{A0}\u{202F}", "\"é« » ’ 😀 \u{A0}\u{202F}\""),
  ])
  func stringsEscapeWhatATerminalWouldObey(text: String, expected: String) throws {
    #expect(written { $0.string(text) } == expected + "\n")
    #expect(try JSONReader.value(of: Array(expected.utf8)) == .string(text))
  }

  @Test func numbersAreShortAndFinite() {
    #expect(written { $0.number(10000.0) } == "10000\n")
    #expect(written { $0.number(0.1) } == "0.1\n")
    #expect(written { $0.number(-30.4) } == "-30.4\n")
    #expect(written { $0.number(Double.nan) } == "null\n")
    #expect(written { $0.number(Double.infinity) } == "null\n")
    #expect(written { $0.fraction(0.856) } == "0.86\n")
    #expect(written { $0.fraction(1) } == "1.00\n")
    #expect(written { $0.fraction(.nan) } == "0.00\n")
  }

  @Test func everyScalarComesBack() throws {
    var text = ""
    for value in stride(from: UInt32(0), to: 0x11_0000, by: 7) {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    var writer = JSONWriter()
    writer.string(text)
    let bytes = writer.finished()
    #expect(try JSONReader.value(of: bytes).string == text)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\" 1}", "\"\\ud800\"", "\"\\x\"", "01", "1.", "nul", "{} {}", "\"\n\"", "[1 2]", "{\"a\":1,}",
    "\"\\ud83dx\"", "-", "1e", "\"",
  ])
  func whatIsNoJSONThrows(text: String) {
    #expect(throws: JSONError.self) { try JSONReader.value(of: Array(text.utf8)) }
  }

  @Test func nestingHasALimit() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONReader.value(of: Array(deep.utf8)) }
  }

  @Test func randomBytesNeverTrap() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        Array("{}[]\",:\\u0123456789abcdeftruenl-+. \n\u{E9}".utf8).randomElement(using: &generator) ?? 0
      }
      _ = try? JSONReader.value(of: bytes)
    }
  }
}
