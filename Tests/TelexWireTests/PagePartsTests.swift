import TelexModel
import TelexText
import Testing

@testable import TelexWire

@Suite struct PagePartsTests {
  @Test func theExamplesHold() throws {
    let parts = try PageParts(resources: try Reading.resources())
    #expect(!parts.table.positive.isEmpty && !parts.table.negative.isEmpty)
    for example in parts.table.positive {
      #expect(parts.kind(example.fields[0])?.rawValue == example.fields[1], "page-parts.txt:\(example.line)")
    }
    for example in parts.table.negative {
      #expect(parts.kind(example.fields[0]) == nil, "page-parts.txt:\(example.line)")
    }
  }

  @Test func whatStandsAroundAnArticleIsNotRead() throws {
    let item = try Reading.item(
      """
      <!doctype html><html lang="fr"><body><div class="cookie-banner"><p>Nous utilisons des cookies.</p></div><article>
      <h1>Le pont rouvre</h1><div class="article-meta"><span class="author">Par Odile Karsen</span> <time>5 mars</time>
      </div><p>Le pont de Trélan a rouvert mardi matin, a annoncé la Ville.</p><div class="newsletter"><p>Inscrivez-vous
      </p></div><p>Les bus passent de nouveau.</p></article><footer><p>Mentions légales</p></footer></body></html>
      """)
    #expect(
      item.string
        == "Le pont rouvre\n\nLe pont de Trélan a rouvert mardi matin, a annoncé la Ville.\n\nLes bus passent de nouveau."
    )
    #expect(item.item.byline == "Par Odile Karsen")
  }
}
