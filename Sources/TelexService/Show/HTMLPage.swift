/// A result as one self-contained page: the dispatch with its quotations in the colour of who speaks, and beside it the
/// speakers with what they say. No script, nothing loaded, readable aloud, in both colour schemes, on paper.
package struct HTMLPage {
  private let result: ShownResult

  package init(_ result: ShownResult) { self.result = result }

  package var text: String {
    let title = HTMLText.escaped(result.headline ?? result.file)
    var page = """
      <!DOCTYPE html>
      <html lang="fr">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>\(PageStyle.text)</style>
      </head>
      <body>
      <a class="skip" href="#texte">Aller au texte</a>
      <header>
      <h1>\(title)</h1>
      <p class="facts">\(facts)</p>
      \(legend)
      </header>
      <main>

      """
    if let reason = result.reason {
      page +=
        "<p class=\"problem\"><strong>\(HTMLText.escaped(result.status))</strong>: \(HTMLText.escaped(reason))</p>\n"
    }
    page += article + voices + tables
    return page + "</main>\n</body>\n</html>\n"
  }

  private var facts: String {
    var facts = [HTMLText.escaped(result.file)]
    if let date = result.date { facts.append(HTMLText.escaped(date)) }
    func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number)\u{A0}\(number > 1 ? many : one)" }
    if !result.quotes.isEmpty {
      facts.append(count(result.quotes.count, "citation", "citations"))
      facts.append(count(result.voices.count, "voix", "voix"))
    }
    let persons = result.entities.count { $0.kind == "person" }
    if persons > 0 { facts.append(count(persons, "personne nommée", "personnes nommées")) }
    return facts.joined(separator: " · ")
  }

  private var legend: String {
    """
    <p class="legend" aria-label="Légende"><span class="q direct v0">citation directe</span> \
    <span class="q mixed v0">fragment cité</span> <span class="q indirect v0">propos rapportés</span> \
    <b class="person">personne</b> <b class="organization">organisation</b> <b class="location">lieu</b> <b class="time">temps</b></p>
    """
  }

  // MARK: The text

  private var article: String {
    var html = "<article id=\"texte\" aria-label=\"Dépêche\">\n"
    var block = 0
    var paragraph = ""
    var writer = PieceWriter()
    func close() {
      paragraph += writer.closing()
      if paragraph.contains(where: { !$0.isWhitespace }) { html += element(paragraph, block) }
      paragraph = ""
    }
    for piece in result.pieces {
      while block < result.blocks.count, result.blocks[block].end <= piece.start {
        close()
        block += 1
      }
      if block < result.blocks.count, piece.start == result.blocks[block].start { close() }
      paragraph += writer.html(piece)
    }
    close()
    return html + "</article>\n"
  }

  private func element(_ html: String, _ block: Int) -> String {
    let role = block < result.blocks.count ? result.blocks[block].role : "paragraph"
    switch role {
    case "headline", "intertitle": return "<h2>\(html)</h2>\n"
    case "lead", "paragraph": return "<p>\(html)</p>\n"
    default: return "<p class=\"minor\">\(html)</p>\n"
    }
  }

  // MARK: Who speaks

  private var voices: String {
    guard !result.quotes.isEmpty else { return "" }
    var html = "<aside aria-label=\"Qui parle\">\n<h2>Qui parle</h2>\n"
    for (index, voice) in result.voices.enumerated() {
      html += section(
        "id=\"v\(index)\" class=\"voice \(PieceWriter.hue(index))\"", voice.name, voice.roles,
        result.quotes.filter { $0.voice == index })
    }
    let unknown = result.quotes.filter { $0.voice == nil }
    if !unknown.isEmpty { html += section("class=\"voice unknown\"", "Sans auteur établi", [], unknown) }
    return html + "</aside>\n"
  }

  private func section(_ attributes: String, _ name: String, _ roles: [String], _ quotes: [ShownResult.Quote]) -> String
  {
    var html = "<section \(attributes)>\n<h3>\(HTMLText.escaped(name))</h3>\n"
    if !roles.isEmpty { html += "<p>\(HTMLText.escaped(roles.joined(separator: " ; ")))</p>\n" }
    html += "<ol>\n"
    for quote in quotes {
      let words = HTMLText.escaped(HTMLText.shortened(result.words(quote)))
      let shown = quote.kind == "indirect" ? words : "«\u{A0}\(words)\u{A0}»"
      let notes = [quote.cue].compactMap { $0 } + quote.circumstances + [HTMLText.share(quote.confidence)]
      html += "<li><a href=\"#\(HTMLText.name(quote.id))\">\(shown)</a>"
      html += "<small>\(HTMLText.escaped(notes.joined(separator: " · ")))</small></li>\n"
    }
    return html + "</ol>\n</section>\n"
  }

  // MARK: Tables

  private var tables: String {
    let names = table(
      "Noms", ["Nom", "Genre", "Fonctions", "Mentions"],
      result.entities.map {
        [$0.name, Self.kinds[$0.kind] ?? $0.kind, $0.roles.joined(separator: " ; "), "\($0.mentions)"]
      })
    let times = table("Temps", ["Dans le texte", "Valeur"], result.times.map { [result.words($0), $0.meaning] })
    return names.isEmpty && times.isEmpty ? "" : "<div class=\"tables\">\n\(names)\(times)</div>\n"
  }

  private func table(_ caption: String, _ heads: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    var html =
      "<details open><summary>\(caption) (\(rows.count))</summary>\n<table>\n<caption>\(caption)</caption>\n<thead><tr>"
    for head in heads { html += "<th scope=\"col\">\(head)</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        let cell = HTMLText.escaped(cell)
        html += index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>\n</details>\n"
  }

  private static let kinds = [
    "person": "personne", "organization": "organisation", "location": "lieu", "event": "événement",
    "product": "œuvre ou produit", "group": "groupe",
  ]
}
