import Testing

@testable import TelexService

@Suite struct PrintableTextTests {
  @Test(arguments: [
    (Array("dépêche.txt".utf8), "dépêche.txt"),
    (Array("a\u{0301}.txt".utf8), "a\u{0301}.txt"),
    ([0x64, 0xE9, 0x70], #"d\xe9p"#),
    (Array("a\nREADY=1".utf8), #"a\x0aREADY=1"#),
    (Array("\u{1B}[31m".utf8), #"\x1b[31m"#),
    (Array("txt.\u{202E}fdp".utf8), #"txt.\xe2\x80\xaefdp"#),
    (Array("a\u{2028}b\u{85}".utf8), #"a\xe2\x80\xa8b\xc2\x85"#),
    ([0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xF4], #"\xc0\xaf\xed\xa0\x80\xf4"#),
    (Array(#"back\slash"#.utf8), #"back\\slash"#),
    (Array("-rf %s $(id)".utf8), "-rf %s $(id)"),
    ([], ""),
  ])
  func namesBecomeOneSafeLine(bytes: [UInt8], shown: String) {
    #expect(PrintableText.name(bytes) == shown)
  }

  @Test func linesAreCut() {
    #expect(PrintableText.line("été", limit: 5) == "été")
    #expect(PrintableText.line("étés", limit: 5) == "été…")
  }
}
