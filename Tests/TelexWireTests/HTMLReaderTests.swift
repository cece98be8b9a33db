import TelexModel
import Testing

@testable import TelexWire

@Suite struct HTMLReaderTests {
  private func page(_ body: String, head: String = "") -> String {
    "<!doctype html><html lang=\"fr-BE\"><head>\(head)</head><body>\(body)</body></html>"
  }

  @Test func theArticleIsReadWithoutWhatStandsAroundIt() throws {
    let item = try Reading.item(
      page(
        """
        <nav><a href=/>Accueil</a></nav><div class=bandeau><p>Abonnez-vous <a href=/x>ici</a></p></div>
        <main><h1>Le pont rouvre</h1><article><p>Le pont de Liège a rouvert mardi.<p>Les travaux ont duré
        deux ans<br>et trois mois.<ul><li><a href=/1>Lire aussi</a></ul><blockquote>Un beau jour.</blockquote></article>
        <aside><p>Les plus lus de la semaine, un texte bien plus long que l'article lui-même ne peut l'être.</p></aside>
        </main><footer>© EXA</footer>
        """))
    #expect(
      item.string
        == "Le pont rouvre\n\nLe pont de Liège a rouvert mardi.\n\nLes travaux ont duré deux ans\net trois mois.\n\n"
        + "Un beau jour.")
    #expect(item.item.languageVariant == "fr-BE")
  }

  @Test func withoutAnArticleTheLongestTextIsIt() throws {
    let item = try Reading.item(
      page(
        "<title>Titre - EXA</title><table><tr><td><a href=1>Un</a><td><div><p>Le pont de Liège a rouvert.</p>"
          + "<p>Il était fermé depuis deux ans.</p></div></table><div><p>Contact</p></div>"))
    #expect(item.string.hasSuffix("Le pont de Liège a rouvert.\n\nIl était fermé depuis deux ans."))
    #expect(!item.string.contains("Contact"))
  }

  @Test func linkedDataGoesBeforeMeta() throws {
    let data = """
      {"@type": ["Thing", "ReportageNewsArticle"], "headline": "Titre", "datePublished": "2024-03-05T10:15:00+01:00",
       "author": [{"name": "Anne Bertrand"}], "dateline": "LIEGE", "url": "https://exa.example/1", "keywords": "pont, Meuse"}
      """
    let item = try Reading.item(
      page(
        "<article><h1>Titre</h1><p>Le texte.</p></article>",
        head: "<meta name=author content=Autre><script type='application/ld+json'>\(data)</script>"))
    #expect(item.item.byline == "Anne Bertrand")
    #expect(item.item.located == "LIEGE")
    #expect(item.item.uri == "https://exa.example/1")
    #expect(item.item.keywords == ["pont", "Meuse"])
    #expect(item.documentTime.value == "2024-03-05T10:15+01:00")
  }

  @Test func rawTextAndCommentsAreNoText() throws {
    let item = try Reading.item(
      page(
        "<p>Un<script>var a = '<p>non</p>'</script> texte<!-- <p>non --><style>p {}</style>.</p><textarea>non</textarea>"
      ))
    #expect(item.string == "Un texte.")
  }

  @Test func charactersHaveTheirPlace() throws {
    let source = page("<p>Caf&eacute;&nbsp;&#x2014;&#8217;&#146;&inconnu; &lt;b&gt; &amp;amp;</p>")
    let item = try Reading.item(source)
    #expect(item.string == "Café\u{A0}—’’&inconnu; <b> &amp;")
    #expect(item.pairs(in: Array(source.utf8)).contains { $0 == ("é", "&eacute;") })
  }
}
