/// A result for a terminal: the text with names, quotations and times in colour, and who says what.
package struct TerminalPage {
  private let result: ShownResult
  private let isColoured: Bool

  /// - Parameter isColoured: false for files, pipes and `NO_COLOR`: then marks are written as letters.
  package init(_ result: ShownResult, isColoured: Bool) {
    self.result = result
    self.isColoured = isColoured
  }

  package var text: String {
    var page = style("1", Self.printable(result.file))
    if let date = result.date { page += "  " + Self.printable(date) }
    page += "\n"
    if let reason = result.reason { page += "\(result.status): \(Self.printable(reason))\n" }
    page += "\n"
    for piece in result.pieces {
      page += style(codes(piece), Self.printable(piece.text))
      // A quotation inside another of the same speaker needs no second name.
      for quote in piece.ending where piece.ending.last == quote {
        page += style("2", " [\(quote.speaker.map(Self.printable) ?? "?")]")
      }
    }
    return page + "\n\n" + quotations + persons
  }

  private var quotations: String {
    guard !result.quotes.isEmpty else { return "" }
    var list = style("1", "Citations") + "\n"
    for quote in result.quotes {
      let speaker = quote.speaker.map(Self.printable) ?? "?"
      let words = Self.shortened(Self.printable(result.words(quote)).split { $0.isWhitespace }.joined(separator: " "))
      list +=
        "  \(style("1", speaker)) \(style("2", "(\(quote.kind)\(quote.cue.map { ", " + Self.printable($0) } ?? ""))")) \(words)\n"
    }
    return list + "\n"
  }

  private var persons: String {
    let shown = result.entities.filter { $0.kind == "person" }
    guard !shown.isEmpty else { return "" }
    var list = style("1", "Personnes") + "\n"
    for person in shown {
      let roles = person.roles.isEmpty ? "" : ", " + person.roles.map(Self.printable).joined(separator: " ; ")
      list += "  \(style("1", Self.printable(person.name)))\(roles)\n"
    }
    return list
  }

  private func codes(_ piece: ShownResult.Piece) -> String {
    var codes: [String] = []
    switch piece.quotes.last?.kind {
    case "direct": codes.append("32")
    case "mixed": codes.append("36")
    case "indirect": codes.append("4")
    default: break
    }
    switch piece.mark?.kind {
    case "person": codes += ["1", "33"]
    case "organization": codes += ["1", "35"]
    case "location": codes += ["1", "34"]
    case "time": codes.append("31")
    case nil: break
    default: codes.append("1")
    }
    return codes.joined(separator: ";")
  }

  private func style(_ codes: String, _ words: String) -> String {
    isColoured && !codes.isEmpty && !words.isEmpty ? "\u{1B}[\(codes)m\(words)\u{1B}[0m" : words
  }

  private static func shortened(_ words: String) -> String {
    words.count <= 160 ? words : words.prefix(110) + " … " + words.suffix(45)
  }

  /// A dispatch must not steer the terminal: controls and marks of direction are left out.
  static func printable(_ words: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in words.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09: view.append(scalar)
      case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: continue
      default: view.append(scalar)
      }
    }
    return String(view)
  }
}
