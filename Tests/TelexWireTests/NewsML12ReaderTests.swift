import TelexModel
import Testing

@testable import TelexWire

@Suite struct NewsML12ReaderTests {
  private func document(_ management: String, _ component: String) -> String {
    "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>exa.example</ProviderId><DateId>20240305</DateId>"
      + "<NewsItemId>A1</NewsItemId><RevisionId Update='N'>2</RevisionId><PublicIdentifier>urn:newsml:exa</PublicIdentifier>"
      + "</NewsIdentifier></Identification><NewsManagement>\(management)</NewsManagement>\(component)</NewsItem></NewsML>"
  }

  @Test func partsOfEachLanguageAreADispatch() throws {
    func unit(_ duid: String, _ language: String, _ title: String, _ body: String) -> String {
      func part(_ role: String, _ text: String) -> String {
        "<NewsComponent><Role FormalName='\(role)'/><ContentItem><DataContent>\(text)</DataContent></ContentItem></NewsComponent>"
      }
      return
        "<NewsComponent Duid='\(duid)' xml:lang='\(language)'>\(part("Title", title))\(part("Body", body))</NewsComponent>"
    }
    let items = try Reading.items(
      document(
        "<ThisRevisionCreated>20240305T101500</ThisRevisionCreated>",
        "<NewsComponent>\(unit("1", "fr", "Titre", "Le texte.\n\nLa suite."))\(unit("2", "nl", "Titel", "De tekst."))"
          + "</NewsComponent>"))
    #expect(items.map(\.string) == ["Titre\n\nLe texte.\n\nLa suite.", "Titel\n\nDe tekst."])
    #expect(items.map(\.item.language) == ["fr", "nl"])
    #expect(
      items.map(\.item.uri) == ["urn:newsml:exa.example:20240305:A1:2N#1", "urn:newsml:exa.example:20240305:A1:2N#2"])
    #expect(items.allSatisfy { $0.documentTime.value == "2024-03-05T10:15" })
  }

  @Test func initialsAreASignOffAndAnEmbargoIsAChangeOfStatus() throws {
    let item = try #require(
      try Reading.items(
        document(
          "<Status FormalName='Embargoed'/><StatusWillChange><FutureStatus FormalName='Usable'/>"
            + "<DateAndTime>20240305T180000+0100</DateAndTime></StatusWillChange>",
          "<NewsComponent><NewsLines><HeadLine>Titre</HeadLine></NewsLines><AdministrativeMetadata><Creator>"
            + "<Party FormalName='ABC'/><Party FormalName='DEF'/></Creator></AdministrativeMetadata>"
            + "<ContentItem><DataContent><p>Le texte.</p></DataContent></ContentItem></NewsComponent>")
      ).first)
    #expect(item.item.signoff == "abc/def")
    #expect(item.item.byline == nil)
    #expect(item.item.pubStatus == "withheld")
    #expect(item.item.embargoedUntil == "2024-03-05T18:00:00+01:00")
    #expect(item.texts(.lead) == ["Le texte."])
  }
}
