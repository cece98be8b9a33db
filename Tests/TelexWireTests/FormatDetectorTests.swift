import Testing

@testable import TelexWire

@Suite struct FormatDetectorTests {
  @Test(arguments: [
    ("<nitf><body/></nitf>", WireFormat.nitf), ("<?xml version='1.0'?>\n<!-- a > b --><n:nitf xmlns:n='u'/>", .nitf),
    ("<!DOCTYPE nitf SYSTEM 'x' [<!ENTITY a '>'>]><nitf/>", .nitf), ("<NewsML Version='1.2'/>", .newsML12),
    ("<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>", .newsMLG2), ("<newsMessage/>", .newsMLG2),
    ("<rss version='2.0'/>", .rss), ("<rdf:RDF xmlns:rdf='r'/>", .rss),
    ("<feed xmlns='http://www.w3.org/2005/Atom'/>", .atom),
    ("<!doctype html><p>x", .html), ("<HTML><body>", .html), ("<p>Un texte</p>", .html),
    ("<?xml version='1.0'?><autre/>", .xml),
    ("<note>x</note>", .xml), ("{\"uri\": \"x\", \"body_text\": \"y\"}", .ninjs),
    ("[{\"uri\":\"x\",\"headline\":\"y\"}]", .ninjs),
    ("{\"a\": 1}", .json), ("From: a@b\nTo: c@d\nSubject: x\n\ny", .mail),
    ("Message-ID: <1>\nFrom: a\nDate: b\n\n", .mail),
    ("\u{1}exa0412 4 def 104\r\n\r\n\u{2}x\u{3}", .iptc7901),
    ("\u{7F}\u{7F}\r\n\u{7F}\u{1}exa0412 4 def\r\n\u{2}x", .iptc7901),
    ("\u{16}\u{16}\u{1}a0412\u{1F}exa-\r\n\u{2}x\u{3}", .anpa1312), ("\u{16}\u{1}a0412\u{1F}\r\n\u{2}x", .anpa1312),
  ])
  func signsOfEachFormat(text: String, format: WireFormat) {
    let finding = FormatDetector().finding(in: Array(text.utf8))
    #expect(finding.format == format, "\(text): \(finding)")
    #expect(finding.confidence >= 0.6)
  }

  @Test(arguments: [
    "Un texte simple.", "Date: 2021-03-23\nSource: EXA\n\nTexte", "< 10 % des voix, selon l'institut",
    "<<Oui>>, a-t-il dit.",
    "{entre accolades}", "[Agence] Le ministre", "<3", "From Bruxelles with love", "Sujet: a\nDe: b\n\nc", "", "   \n",
    "Titre: x\nSubject: y\n\nz",
  ])
  func plainTextIsNothingElse(text: String) {
    let finding = FormatDetector().finding(in: Array(text.utf8))
    #expect(finding.format == .plainText, "\(text): \(finding)")
  }
}
