import FoundationEssentials
import TelexModel
import TelexText
import Testing

@testable import TelexWire

/// `source.map` is exact: the bytes of each run, out of the encoding, references and escapes of its format, are the text
/// of the run; and what no run covers is white space.
@Suite struct SourceMapTests {
  private static let files = [
    "iptc7901.txt", "anpa1312.txt", "nitf.xml", "newsml12.xml", "newsml12-nested.xml", "newsml-g2.xml",
    "newsml-g2-message.xml", "ninjs1.json", "ninjs2.json", "ninjs3.json", "rss2.xml", "atom.xml", "message.eml",
    "page.html",
  ]

  private func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appending(path: "Dispatches/\(name)")))
  }

  /// The characters that some bytes stand for, whatever escapes they are written with; white space as one space.
  private func meaning(_ bytes: ArraySlice<UInt8>, _ item: WireItem) throws -> String {
    let decoder = try TextDecoder(resources: try Reading.resources())
    var raw = Array(bytes)
    if item.format == "mail" {
      for name in ["base64", "quoted-printable"] where name == transfer {
        raw = TransferEncoding.decoded(raw, 0..<raw.count, name).bytes
      }
    }
    var text = try String(decoding: decoder.decode(raw, declared: item.encoding.name).text.utf8, as: UTF8.self)
    // References may be escaped twice, JSON in HTML once more.
    for _ in 0..<2 {
      text = text.replacing("<![CDATA[", with: "").replacing("&amp;", with: "&").replacing("&lt;", with: "<")
      for (name, character) in [
        ("&eacute;", "é"), ("&Eacute;", "É"), ("&laquo;", "«"), ("&raquo;", "»"), ("&nbsp;", "\u{A0}"),
        ("&oelig;", "œ"),
        ("&#233;", "é"), ("&#xE9;", "é"), ("&egrave;", "è"), ("&agrave;", "à"), ("&#8217;", "’"), ("&rsquo;", "’"),
        ("&#171;", "«"), ("&#187;", "»"), ("&#160;", "\u{A0}"), ("&#339;", "œ"), ("\\u00e9", "é"), ("\\u00c9", "É"),
        ("\\u00ab", "«"), ("\\u00bb", "»"), ("\\u0153", "œ"), ("\\u00e0", "à"), ("\\u00fb", "û"), ("&#x27;", "'"),
        ("&gt;", ">"), ("\\u00e8", "è"), ("\\\"", "\""), ("\\n", "\n"),
      ] { text = text.replacing(name, with: character) }
    }
    return text.split { $0 == " " || $0 == "\n" || $0 == "\r\n" || $0 == "\r" || $0 == "\t" }.joined(separator: " ")
  }

  private let transfer = "quoted-printable"

  @Test(arguments: files)
  func theBytesOfEachRunAreItsText(name: String) throws {
    let bytes = try bytes(name)
    for item in try Reading.items(bytes, name: name) {
      let map = try #require(item.map)
      #expect(!map.isEmpty)
      var covered = 0
      for run in map {
        #expect(item.text.utf8[covered..<run.span.start].allSatisfy(TextAssembly.isSpace), "\(name) at \(covered)")
        covered = run.span.end
        // A header's words and what is out of base64 are known as a whole.
        if item.format == "mail", run.path == "/Subject" { continue }
        let text = item.text.string(run.span).split { $0 == " " || $0 == "\n" }.joined(separator: " ")
        #expect(try meaning(bytes[run.bytes], item) == text, "\(name): \(run)")
      }
      #expect(covered == item.text.utf8.count)
    }
  }

  @Test func runsOfWideAndDamagedEncodingsAreExact() throws {
    let xml = "<nitf><body><body.content><p>Le pont de Trélan 😀 a&eacute;ré</p></body.content></body></nitf>"
    var wide: [UInt8] = [0xFE, 0xFF]
    for unit in xml.utf16 { wide += [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    let item = try #require(try Reading.items(wide).first)
    for run in item.map ?? [] {
      var units: [UInt16] = []
      for place in stride(from: run.bytes.lowerBound, to: run.bytes.upperBound, by: 2) {
        units.append(UInt16(wide[place]) << 8 | UInt16(wide[place + 1]))
      }
      let source = String(decoding: units, as: UTF16.self).replacing("&eacute;", with: "é")
      #expect(source == item.text.string(run.span))
    }
    var damaged = Array("<nitf><body><body.content><p>é é é x".utf8)
    damaged.append(0xC3)
    damaged += Array("y z</p></body.content></body></nitf>".utf8)
    let broken = try #require(try Reading.items(damaged).first)
    #expect(broken.string == "é é é x\u{FFFD}y z")
    #expect(broken.encoding.replaced == 1)
    let place = try #require(broken.diagnostics.first { $0.code == "undecodable-bytes" }?.span)
    #expect(broken.text.string(place) == "\u{FFFD}", "damage is placed in the text that came out")
  }
}
