import TelexModel
import Testing

@testable import TelexWire

@Suite struct MailReaderTests {
  private func item(_ fields: String, _ body: String) throws -> WireItem {
    let head = "From: EXA fil <fil@exa.example>\nTo: desk@example.org\nDate: Tue, 5 Mar 2024 10:15:00 +0100\n"
    return try Reading.item(head + fields + "\n\n" + body)
  }

  @Test(arguments: [
    ("=?iso-8859-1?Q?D=E9fense_=28Otan=29?=", "Défense (Otan)"), ("=?utf-8?b?w6l0w6k=?=", "été"),
    ("=?utf-8?B?w6k=?= =?utf-8?B?dMOp?=", "été"), ("=?utf-8?B?w6l0ww==?=\n =?utf-8?B?qQ==?=", "été"),
    ("a =?utf-8?Q?=C3=A9?= b", "a é b"), ("=?windows-1252?Q?l=92=9Cuvre?=", "l’œuvre"),
    ("=?utf-8?X?a?=", "=?utf-8?X?a?="),
    ("=?utf-8*fr?Q?=C3=A9?=", "é"), ("Un titre\n  plié", "Un titre plié"), ("=?utf-8?Q?", "=?utf-8?Q?"),
  ])
  func subjects(raw: String, subject: String) throws {
    #expect(try item("Subject: \(raw)", "Texte.").item.headline == subject)
  }

  @Test func thePlainPartIsReadUnlessItIsPoor() throws {
    func alternatives(_ plain: String) -> String {
      "--b\nContent-Type: text/plain\n\n\(plain)\n--b\nContent-Type: text/html\n\n"
        + "<p>Le pont de Liège a rouvert mardi matin, après deux ans de travaux.</p>\n--b--\n"
    }
    let fields = "Subject: x\nContent-Type: multipart/alternative; boundary=\"b\""
    #expect(try item(fields, alternatives("Le pont de Liège a rouvert.")).string == "x\n\nLe pont de Liège a rouvert.")
    #expect(try item(fields, alternatives("Voir.")).string.hasSuffix("deux ans de travaux."))
  }

  @Test func everyCharacterLeadsBackToItsBytes() throws {
    let text =
      "From: a\nTo: b\nSubject: x\nContent-Type: text/plain; charset=iso-8859-1\n"
      + "Content-Transfer-Encoding: quoted-printable\n\nD=E9j=E0 vu=\n ici.\n"
    let item = try Reading.item(text)
    #expect(item.string == "x\n\nDéjà vu ici.")
    let pairs = item.pairs(in: Array(text.utf8))
    #expect(pairs.contains { $0 == ("é", "=E9") } && pairs.contains { $0 == ("à", "=E0") })
    #expect(item.encoding.name == "iso-8859-1")
  }

  @Test func theHeaderIsTheItem() throws {
    let item = try item("Subject: x\nMessage-ID: <1@exa>\nKeywords: a, b\nContent-Language: fr-CH", "Texte.")
    #expect(item.item.uri == "1@exa")
    #expect(item.item.infoSources == ["EXA fil"])
    #expect(item.item.keywords == ["a", "b"])
    #expect(item.item.languageVariant == "fr-CH")
    #expect(item.documentTime.value == "2024-03-05T10:15+01:00")
  }
}
