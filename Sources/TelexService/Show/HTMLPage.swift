/// A result as one self-contained page: no script, nothing loaded, readable aloud, in both colour schemes, on paper.
package struct HTMLPage {
  private let result: ShownResult

  package init(_ result: ShownResult) { self.result = result }

  package var text: String {
    let title = Self.escaped(result.headline ?? result.file)
    var page = """
      <!DOCTYPE html>
      <html lang="fr">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      <main>
      <h1>\(title)</h1>
      <p class="source">\(Self.escaped(result.file))\(result.date.map { " · " + Self.escaped($0) } ?? "")</p>

      """
    if let reason = result.reason {
      page += "<p><strong>\(Self.escaped(result.status))</strong>: \(Self.escaped(reason))</p>\n"
    }
    page += legend + "<article aria-label=\"Dépêche\">"
    for piece in result.pieces { page += html(piece) }
    page += "</article>\n" + quotations + entities + times
    return page + "</main>\n</body>\n</html>\n"
  }

  private var legend: String {
    """
    <p class="legend" aria-label="Légende"><span class="direct">citation directe</span> <span class="mixed">fragment cité</span> \
    <span class="indirect">propos rapportés</span> <b class="person">personne</b> <b class="organization">organisation</b> \
    <b class="location">lieu</b> <b class="time">temps</b></p>

    """
  }

  private func html(_ piece: ShownResult.Piece) -> String {
    var html = Self.escaped(piece.text)
    if let mark = piece.mark {
      html = "<b class=\"\(Self.name(mark.kind))\" title=\"\(Self.escaped(mark.meaning))\">\(html)</b>"
    }
    if let quote = piece.quotes.last {
      html =
        "<span class=\"\(Self.name(quote.kind))\" title=\"\(Self.escaped(quote.speaker ?? "auteur inconnu"))\">\(html)</span>"
    }
    if let quote = piece.ending.last {
      html += "<span class=\"by\"> [\(Self.escaped(quote.speaker ?? "?"))]</span>"
    }
    return html
  }

  private var quotations: String {
    table(
      "Citations", ["Qui", "Verbe", "Genre", "Ce qui est dit", "Confiance"],
      result.quotes.map { quote in
        [
          quote.speaker ?? "?", quote.cue ?? "", Self.kinds[quote.kind] ?? quote.kind, result.words(quote),
          Self.share(quote.confidence),
        ]
      })
  }

  private var entities: String {
    table(
      "Noms", ["Nom", "Genre", "Fonctions", "Mentions"],
      result.entities.map { entity in
        [
          entity.name, Self.kinds[entity.kind] ?? entity.kind, entity.roles.joined(separator: " ; "),
          "\(entity.mentions)",
        ]
      })
  }

  private var times: String {
    table("Temps", ["Dans le texte", "Valeur"], result.times.map { [result.words($0), $0.meaning] })
  }

  private func table(_ caption: String, _ heads: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    var html = "<table>\n<caption>\(caption)</caption>\n<thead><tr>"
    for head in heads { html += "<th scope=\"col\">\(head)</th>" }
    html += "</tr></thead>\n<tbody>\n"
    for row in rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        html += index == 0 ? "<th scope=\"row\">\(Self.escaped(cell))</th>" : "<td>\(Self.escaped(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }

  private static let kinds = [
    "direct": "directe", "mixed": "fragment", "indirect": "indirecte", "person": "personne",
    "organization": "organisation", "location": "lieu", "event": "événement", "product": "œuvre ou produit",
    "group": "groupe",
  ]

  /// 0.92 as "92 %".
  private static func share(_ confidence: Double) -> String { "\(Int((confidence * 100).rounded())) %" }

  /// A class name of the page's own, whatever the result holds.
  private static func name(_ kind: String) -> String { kind.allSatisfy { $0.isASCII && $0.isLetter } ? kind : "other" }

  static func escaped(_ words: String) -> String {
    var html = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case "\n", "\t": html.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        html.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return html
  }

  private static let style = """
    :root{color-scheme:light dark;--d:#d9f2dd;--m:#d5eff2;--p:#8a4b00;--o:#7a1f7a;--l:#0b4fa0;--t:#9c1c1c}
    @media(prefers-color-scheme:dark){:root{--d:#12391a;--m:#0e3a40;--p:#ffc46b;--o:#f0a6f0;--l:#9cc7ff;--t:#ff9d9d}}
    body{font:1.05rem/1.6 Georgia,serif;margin:0}
    main{max-width:46rem;margin:0 auto;padding:1.5rem}
    h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
    .source,.legend,table,.by{font-family:system-ui,sans-serif;font-size:.85rem}
    .legend>*{margin-right:.6rem}
    article{white-space:pre-wrap;overflow-wrap:break-word}
    .direct{background:var(--d)}.mixed{background:var(--m)}.indirect{text-decoration:underline dotted;text-underline-offset:.2em}
    b{font-weight:600}.person{color:var(--p)}.organization{color:var(--o)}.location{color:var(--l)}.time{color:var(--t)}
    .by{opacity:.8}
    table{border-collapse:collapse;width:100%;margin-top:1.5rem}
    caption{text-align:left;font-weight:700;font-size:1rem;padding:.3rem 0}
    th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-top:1px solid #8888}
    """
}
