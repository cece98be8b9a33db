import TelexModel
import Testing

@testable import TelexWire

@Suite struct NITFReaderTests {
  let document = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
    <nitf baselang="fr-BE">
     <head><title>Li&egrave;ge: le pont rouvre</title>
      <docdata management-status="usable"><doc-id id-string="EXA-1" regsrc="EXA"/><urgency ed-urg="4"/>
       <date.issue norm="20240305T101500+0100"/><date.release norm="20240305T120000+0100"/>
       <du-key key="Li&egrave;ge-pont" version="2"/><ed-msg info="à suivre"/>
       <key-list><keyword key="s&eacute;curit&eacute;"/></key-list></docdata></head>
     <body><body.head><hedline><hl1>Liège: le pont rouvre</hl1></hedline><byline>Luc Favre</byline>
      <distributor>EXA</distributor>
      <dateline><location>LIEGE</location><story.date norm="20240305">5 mars 2024</story.date></dateline></body.head>
      <body.content><p/><p>Le pont a rouvert à 10&nbsp;h,
        a dit <em>Mme</em> Ren&eacute;e.</p><hl2>Deux ans de travaux</hl2><p>Il &eacute;tait fermé.</p></body.content>
      <body.end><tagline>abc/def</tagline></body.end></body>
    </nitf>
    """

  @Test func textIsInReadingOrderWithRoles() throws {
    let item = try Reading.item(document)
    #expect(
      item.string == """
        Liège: le pont rouvre

        Luc Favre

        LIEGE 5 mars 2024

        Le pont a rouvert à 10\u{A0}h, a dit Mme Renée.

        Deux ans de travaux

        Il était fermé.

        abc/def
        """)
    #expect(item.blocks.map(\.role) == [.headline, .byline, .dateline, .lead, .intertitle, .paragraph, .signoff])
    #expect(item.format == "nitf")
    #expect(item.diagnostics.isEmpty)
  }

  @Test func headSaysWhatItIs() throws {
    let item = try Reading.item(document)
    #expect(item.item.uri == "EXA-1")
    #expect(item.item.headline == "Liège: le pont rouvre")
    #expect(item.item.byline == "Luc Favre")
    #expect(item.item.located == "LIEGE")
    #expect(item.item.language == "fr")
    #expect(item.item.languageVariant == "fr-BE")
    #expect(item.item.urgency == 4)
    #expect(item.item.slugline == "Liège-pont", "names of characters hold in attributes too")
    #expect(item.item.version == "2")
    #expect(item.item.pubStatus == "usable")
    #expect(item.item.edNote == "à suivre")
    #expect(item.item.keywords == ["sécurité"])
    #expect(item.item.infoSources == ["EXA"])
    #expect(item.item.versionCreated == "2024-03-05T10:15:00+01:00")
    #expect(item.item.embargoedUntil == "2024-03-05T12:00:00+01:00")
    #expect(item.documentTime == DocumentTime(value: "2024-03-05T10:15+01:00", granularity: .minute, basis: .metadata))
  }

  @Test func everyRunLeadsBackToItsBytes() throws {
    let item = try Reading.item(document)
    let pairs = item.pairs(in: Array(document.utf8))
    #expect(pairs.contains { $0 == ("é", "&eacute;") })
    #expect(pairs.contains { $0 == ("Deux ans de travaux", "Deux ans de travaux") })
    let map = try #require(item.map)
    #expect(map.map(\.path).contains("/nitf/body/body.content/p[2]"))
    #expect(map.map(\.path).contains("/nitf/body/body.content/hl2"))
    for (text, source) in pairs where !source.hasPrefix("&") {
      #expect(text == source.replacing("\n", with: " "))
    }
  }

  @Test func anAbstractStandsInForAMissingBody() throws {
    let item = try Reading.item(
      "<nitf><body><body.head><hedline><hl1>Titre</hl1></hedline><abstract><p>Le résumé.</p></abstract></body.head>"
        + "<body.content/></body></nitf>")
    #expect(item.string == "Titre\n\nLe résumé.")
    #expect(item.texts(.lead) == ["Le résumé."])
  }
}
