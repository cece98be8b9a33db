import TelexModel
import Testing

@testable import TelexText

struct TextDecoderTests {
  private let decoder: TextDecoder
  private static let dispatch =
    "Défense : « l’armée » a reçu 10 000 €, dont l'œuvre… à l'été – d’accord ?\nÀ Liège, où ça gêne."

  init() throws {
    decoder = try TextDecoder(resources: try #require(ResourceDirectory.located()))
  }

  private func encoded(_ text: String, _ table: String) throws -> [UInt8] {
    let encodings = try SingleByteEncodings(resources: try #require(ResourceDirectory.located()))
    let scalars = try #require(encodings.table(table)).scalars
    return try text.unicodeScalars.map { scalar in
      if scalar.value < 0x80 { return UInt8(scalar.value) }
      return UInt8(try #require(scalars.firstIndex(of: scalar.value), "\(scalar) in \(table)") + 128)
    }
  }

  private func wide(_ text: String, _ name: String) -> [UInt8] {
    let isLittle = name.hasSuffix("le")
    if name.hasPrefix("utf-16") {
      return text.utf16.flatMap { isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
    return text.unicodeScalars.flatMap { scalar in
      let bytes = [0, 8, 16, 24].map { UInt8(scalar.value >> UInt32($0) & 255) }
      return isLittle ? bytes : bytes.reversed()
    }
  }

  @Test(arguments: [
    ("windows-1252", "windows-1252", "«l’armée» 10 €, œuvre… été – à Liège"),
    ("windows-1252", "iso-8859-1", "«l'armée» a reçu l'été à Liège, où ça gêne"),
    ("iso-8859-15", "iso-8859-15", "«l'armée» a reçu 10 €, un chef-d'œuvre à Liège"),
    ("macintosh", "macintosh", "«l’armée» a reçu 10 €, œuvre… été – à Liège, où ça gêne"),
    ("ibm850", "ibm850", "l'armée a reçu un cadeau cet été à Liège, où ça gêne déjà"),
  ])
  func encodingsOfOneByteAreToldApart(table: String, name: String, text: String) throws {
    let decoded = try decoder.decode(try encoded(text, table))
    #expect(decoded.encoding.name == name)
    #expect(decoded.encoding.evidence == "statistics")
    #expect(decoded.text.utf8 == Array(text.utf8), "\(String(decoding: decoded.text.utf8, as: UTF8.self))")
  }

  @Test(arguments: ["utf-16le", "utf-16be", "utf-32le", "utf-32be"])
  func wideEncodingsAreReadWithAndWithoutMark(name: String) throws {
    let bare = try decoder.decode(wide(Self.dispatch, name))
    #expect(bare.encoding == Source.Encoding(name: name, evidence: "statistics"))
    #expect(bare.text.utf8 == Array(Self.dispatch.utf8))
    let marked = try decoder.decode(wide("\u{FEFF}" + Self.dispatch + "😀", name))
    #expect(marked.encoding == Source.Encoding(name: name, evidence: "bom"))
    #expect(marked.text.utf8 == Array((Self.dispatch + "😀").utf8))
  }

  @Test func aMarkBelongsToTheEncodingAndNotToTheText() throws {
    let decoded = try decoder.decode([0xEF, 0xBB, 0xBF] + Array("Été".utf8))
    #expect(decoded.encoding == Source.Encoding(name: "utf-8", evidence: "bom"))
    #expect(decoded.text.utf8 == Array("Été".utf8))
  }

  @Test func lostBytesAreCountedAndPlaced() throws {
    let decoded = try decoder.decode(Array("déjà été à".utf8) + [0xC3])
    #expect(decoded.encoding == Source.Encoding(name: "utf-8", evidence: "statistics", replaced: 1))
    let place = try #require(decoded.diagnostics.first { $0.code == "undecodable-bytes" }?.span)
    #expect(decoded.text.string(place) == "\u{FFFD}")
  }

  @Test func whatIsDeclaredIsComparedWithWhatIsThere() throws {
    let xml = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><p>".utf8)
    let honest = try decoder.decode(xml + [0xE9, 0x74, 0xE9])
    #expect(honest.encoding == Source.Encoding(name: "iso-8859-1", declared: "ISO-8859-1", evidence: "declaration"))
    #expect(honest.diagnostics.isEmpty)
    let wrong = try decoder.decode(xml + Array("été".utf8))
    #expect(wrong.encoding.name == "utf-8")
    #expect(wrong.diagnostics.map(\.code) == ["encoding-mismatch"])
    let quoted = try decoder.decode(xml + [0xE9, 0x74, 0xE9, 0x92])
    #expect(quoted.encoding.name == "windows-1252")
    #expect(quoted.text.string(Span(xml.count, quoted.text.utf8.count)) == "été’")
    let unknown = try decoder.decode([0xE9, 0x74, 0xE9], declared: "klingon")
    #expect(unknown.diagnostics.map(\.code) == ["encoding-mismatch"])
  }

  @Test(arguments: [
    ([], "empty"), ([0x20, 0x0A, 0x0D, 0x0A], "empty"), ([0xEF, 0xBB, 0xBF], "empty"),
    (Array("PK\u{3}\u{4}".utf8) + [0, 0, 8, 0, 1, 2, 3], "binary"), ([0xFF, 0xFE, 0x41, 0, 0, 0, 0x42, 0], "binary"),
    (Array(repeating: 1, count: 100), "binary"), ([0x41, 0, 0x42], "binary"),
  ])
  func whatIsNoTextIsRefused(bytes: [UInt8], code: String) {
    #expect(throws: (any Error).self) { try decoder.decode(bytes) }
    do {
      _ = try decoder.decode(bytes)
    } catch {
      #expect(error.code.rawValue == code)
    }
  }

  @Test func oddTextIsToldAndNeverChanged() throws {
    let mojibake = "La DÃ©fense, lâ€™armÃ©e Ã\u{A0} LiÃ¨ge et lâ€™Å“uvre"
    let decoded = try decoder.decode(Array(mojibake.utf8))
    #expect(decoded.text.utf8 == Array(mojibake.utf8))
    #expect(decoded.diagnostics.map(\.code) == ["mojibake"])
    let decomposed = "La De\u{301}fense"
    let nfd = try decoder.decode(Array(decomposed.utf8))
    #expect(nfd.text.utf8 == Array(decomposed.utf8))
    #expect(nfd.diagnostics.map(\.code) == ["decomposed-letters"])
    let sound = try decoder.decode(Array("« DÉCÉDÉ», À Liège, São Paulo, Ångström, 25 €, l’œuvre".utf8))
    #expect(sound.diagnostics.isEmpty)
  }

  @Test(arguments: [("a\nb", "lf"), ("a\r\nb", "crlf"), ("a\rb", "cr"), ("a\r\nb\nc", "mixed"), ("ab", "none")])
  func newlinesAreTold(text: String, kind: String) throws {
    #expect(try decoder.decode(Array(text.utf8)).newline == kind)
  }

  @Test func anyBytesAreReadOrRefused() throws {
    var generator = SystemRandomNumberGenerator()
    for length in [1, 2, 3, 4, 7, 16, 64, 257] {
      for _ in 0..<200 {
        let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        guard let decoded = try? decoder.decode(bytes) else { continue }
        #expect(String(validating: decoded.text.utf8, as: UTF8.self) != nil, "\(bytes)")
        let replaced = decoded.text.string(Span(0, decoded.text.utf8.count)).unicodeScalars.filter { $0 == "\u{FFFD}" }
        #expect(decoded.encoding.replaced <= replaced.count, "\(bytes)")
      }
    }
  }
}
