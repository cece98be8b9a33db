import TelexModel
import Testing

@testable import TelexWire

/// Ways in which agencies and systems write the formats, beside the plain ones.
@Suite struct VendorVariantTests {
  @Test func padsAndIdleCharactersOfTheOldWires() throws {
    let pad = "\u{7F}\u{7F}\u{7F}"
    let item = try Reading.item(
      "\(pad)\u{16}\u{16}\u{1}bsf053 4 pol 98\r\n\(pad)\r\nSuisse/transports\r\n\u{2}\(pad)Le pont rouvre\r\n"
        + "\(pad)mardi matin =\(pad)\r\n\r\n\(pad)   Sion (ats) Le pont a rouvert.\r\n\(pad)   Les bus passent.\r\n"
        + "\u{3}\r\n051015 mar 24\r\n\u{4}")
    #expect(item.format == "iptc-7901")
    #expect(item.item.urgency == 4 && item.item.slugline == "Suisse/transports")
    #expect(
      item.blocks.map { item.text(of: $0) } == [
        "Le pont rouvre mardi matin", "Sion (ats) Le pont a rouvert.", "Les bus passent.",
      ])
    #expect(item.documentTime.value == "2024-03-05T10:15")
  }

  @Test func aWrappedHeadlineOfANPA() throws {
    let item = try Reading.item(
      "\u{16}\u{16}\u{1}a0412\u{1F}mtr-\r\nu i \u{13}\u{11} bc-Pont \u{14} 03-05 0104\r\n\u{2}^Pont<\r\n"
        + "^Le pont de Trélan rouvre<\r\n^mardi matin<\r\n^Par Odile Karsen=\r\n\tTRÉLAN _ Le pont a rouvert.\r\n"
        + "\tLes bus passent.\r\n\u{3}EXA-MTR-03-05-24 1015EST\r\n\u{4}")
    #expect(item.item.slugline == "bc-Pont")
    #expect(item.item.headline == "Le pont de Trélan rouvre mardi matin")
    #expect(item.item.byline == "Odile Karsen")
    #expect(item.texts(.lead) == ["TRÉLAN _ Le pont a rouvert."])
    #expect(item.documentTime.value == "2024-03-05T10:15-05:00")
  }

  @Test func headlinesAndInitialsOfG2() throws {
    let item = try Reading.item(
      """
      <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:exa.example,2024:1" version="1"><itemMeta>
      <itemClass qcode="ninat:text"/><provider qcode="nprov:EXA"/></itemMeta><contentMeta><creator><name>okn/abc</name>
      </creator><headline role="hl:sub">Sous-titre</headline><headline role="hl:main">Le pont rouvre</headline>
      </contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Le pont rouvre</h1><p>Le
      pont a rouvert.</p></body></html></inlineXML></contentSet></newsItem>
      """)
    #expect(item.string == "Le pont rouvre\n\nLe pont a rouvert.")
    #expect(item.item.headline == "Le pont rouvre")
    #expect(item.item.signoff == "okn/abc" && item.item.byline == nil)
    #expect(item.item.infoSources == ["EXA"])
  }

  @Test func partsOfAByLineAndADatelineOfNITF() throws {
    let item = try Reading.item(
      """
      <nitf><head><title>x</title></head><body><body.head><hedline><hl1>Le pont rouvre</hl1></hedline><byline>Par <person>\
      Odile Karsen</person><byttl>EXA</byttl></byline><dateline><location>TRÉLAN</location>, <story.date norm="20240305">5 \
      mars 2024</story.date> (EXA) - </dateline></body.head><body.content><p>Le pont a rouvert.</p></body.content></body>\
      </nitf>
      """)
    #expect(item.item.byline == "Par Odile Karsen EXA")
    #expect(item.texts(.dateline) == ["TRÉLAN, 5 mars 2024 (EXA) -"])
  }

  @Test func titlesOfFeedsAreEscapedOnceMore() throws {
    let rss = try Reading.item(
      "<rss version=\"2.0\"><channel><item><title>Ponts &amp;amp; gu&amp;eacute;s</title><description>Le pont &lt;i&gt;a"
        + "&lt;/i&gt; rouvert.</description></item></channel></rss>")
    #expect(rss.item.headline == "Ponts & gués")
    let atom = try Reading.item(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"html\">Gu&amp;eacute;s</title><id>u</id><content>"
        + "Le pont a rouvert.</content></entry></feed>")
    #expect(atom.item.headline == "Gués")
  }

  @Test func declaredAndActualEncodingsAreCompared() throws {
    let text =
      "<nitf><body><body.content><p>Le pont de Trélan a rouvert, a-t-on annoncé.</p></body.content></body></nitf>"
    let latin = Array("<?xml version='1.0' encoding='UTF-8'?>".utf8) + text.unicodeScalars.map { UInt8($0.value) }
    let wrong = try #require(try Reading.items(latin).first)
    #expect(wrong.string == "Le pont de Trélan a rouvert, a-t-on annoncé.")
    #expect(wrong.encoding.name == "iso-8859-1" && wrong.encoding.declared == "UTF-8" && wrong.encoding.replaced == 0)
    #expect(wrong.diagnostics.map(\.code) == ["encoding-mismatch"])

    let marked = [0xEF, 0xBB, 0xBF] + Array(("<?xml version='1.0' encoding='ISO-8859-1'?>" + text).utf8)
    let bom = try #require(try Reading.items(marked).first)
    #expect(bom.string == wrong.string)
    #expect(bom.encoding.declared == "ISO-8859-1")
    #expect(bom.diagnostics.map(\.code) == ["encoding-mismatch"])

    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in ("<?xml version='1.0' encoding='UTF-16'?>" + text).utf16 {
      wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    let utf16 = try #require(try Reading.items(wide).first)
    #expect(utf16.string == wrong.string)
    #expect(utf16.encoding.declared == "UTF-16" && utf16.diagnostics.isEmpty)

    let page = Array(
      "<html><head><meta charset=\"iso-8859-1\"></head><body><p>Le pont de Trélan</p></body></html>".utf8)
    let html = try #require(try Reading.items(page).first)
    #expect(html.string == "Le pont de Trélan")
    #expect(html.encoding.declared == "iso-8859-1")
    #expect(html.diagnostics.map(\.code) == ["encoding-mismatch"])
  }
}
