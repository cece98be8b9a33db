/// Writes the pieces of a text one behind the other, with each quotation as one element wherever the others allow it.
struct PieceWriter {
  private var open: [ShownResult.Quote] = []
  private var anchored: Set<String> = []

  mutating func html(_ piece: ShownResult.Piece) -> String {
    var html = ""
    var shared = 0
    while shared < min(open.count, piece.quotes.count), open[shared] == piece.quotes[shared] { shared += 1 }
    while open.count > shared {
      html += "</span>"
      open.removeLast()
    }
    for quote in piece.quotes[shared...] {
      open.append(quote)
      html += start(quote)
    }
    let words = HTMLText.escaped(piece.text)
    if let mark = piece.mark {
      html += "<b class=\"\(HTMLText.name(mark.kind))\" title=\"\(HTMLText.escaped(mark.meaning))\">\(words)</b>"
    } else {
      html += words
    }
    // Behind a quotation stands who says it; one inside another of the same speaker needs no second name.
    let ends = piece.ending.filter { quote in !open.contains { $0.end > quote.end && $0.voice == quote.voice } }
    if let quote = ends.first {
      html += closing()
      html += by(quote)
    }
    return html
  }

  /// Ends the elements that are still open.
  mutating func closing() -> String {
    defer { open = [] }
    return String(repeating: "</span>", count: open.count)
  }

  private mutating func start(_ quote: ShownResult.Quote) -> String {
    let id = HTMLText.name(quote.id)
    let anchor = anchored.insert(id).inserted ? " id=\"\(id)\"" : ""
    return
      "<span\(anchor) class=\"q \(HTMLText.name(quote.kind)) \(Self.hue(quote.voice))\" title=\"\(HTMLText.escaped(quote.speaker ?? "auteur inconnu"))\">"
  }

  private func by(_ quote: ShownResult.Quote) -> String {
    guard let voice = quote.voice, let name = quote.speaker else { return "<span class=\"by unknown\">?</span>" }
    return "<a class=\"by \(Self.hue(voice))\" href=\"#v\(voice)\">\(HTMLText.escaped(name))</a>"
  }

  static func hue(_ voice: Int?) -> String { voice.map { "v\($0 % PageStyle.hues.count)" } ?? "unknown" }
}
