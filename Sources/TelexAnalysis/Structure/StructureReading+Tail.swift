import TelexModel
import TelexText

/// What stands behind the last paragraph: initials, credits, marks of the end.
extension StructureReading {
  /// Reads the tail and gives the index behind the last piece of the body, which keeps one piece at least.
  mutating func readTail(from body: Int) -> Int {
    var end = pieces.count
    var hasSignoff = false
    while end > body {
      let piece = pieces[end - 1]
      if let preset = piece.preset, preset != .paragraph {
        guard preset == .signoff || preset == .note || preset == .byline else { break }
        add(preset, piece.tokens)
      } else if !hasSignoff, end > 1, isSignoff(piece) {
        item.signoff = item.signoff ?? initials(piece)
        hasSignoff = true
        add(.signoff, piece.tokens)
      } else if let (value, _) = endMark(piece) {
        add(.note, piece.tokens)
        if value == "more" {
          diagnostics.append(Diagnostic("continues", .info, "The dispatch says that more follows.", at: piece.span))
        }
      } else if end - 1 > body, isNote(piece) {
        readNote(piece)
      } else if end - 1 > body, readByline(piece) || readSignature(piece) {
      } else {
        break
      }
      end -= 1
    }
    return end
  }

  /// `abc/def`, `bur-dar-gl/fz`, `(VIM/TIB/)`: groups of two to four letters, small, or capital with a slash or brackets.
  private func isSignoff(_ piece: Piece) -> Bool {
    guard piece.span.count <= 40, piece.tokens.dropFirst().allSatisfy({ !tokens[$0].isSpaced }) else { return false }
    let bytes = text[piece.span]
    var groups: [Int] = [0]
    var small = false
    var capital = false
    var slashes = 0
    for byte in bytes {
      switch byte {
      case 0x61...0x7A: small = true
      case 0x41...0x5A: capital = true
      case byteOf("/"), byteOf("-"), byteOf("&"), byteOf("+"):
        if byte == byteOf("/") { slashes += 1 }
        groups.append(0)
        continue
      case byteOf("("), byteOf(")"), byteOf("["), byteOf("]"): continue
      default: return false
      }
      groups[groups.count - 1] += 1
    }
    if groups.last == 0, groups.count > 1 { groups.removeLast() }
    let isBracketed = bytes.first == byteOf("(") || bytes.first == byteOf("[")
    guard groups.allSatisfy({ (2...4).contains($0) }), small != capital else { return false }
    if capital { return slashes > 0 && groups.count > 1 || isBracketed && slashes > 0 }
    return endMark(piece) == nil
  }

  private func initials(_ piece: Piece) -> String {
    let letters = text.string(piece.span).drop { $0 == "(" || $0 == "[" }
    var initials = String(letters)
    while let last = initials.last, last == ")" || last == "]" || last == "/" { initials.removeLast() }
    return initials
  }

  /// `(FIN)`, `- FIN -`, `(à suivre)`.
  private func endMark(_ piece: Piece) -> (value: String, count: Int)? {
    let inner = piece.tokens.filter { index in
      ![.openBracket, .closeBracket, .dash].contains(tokens[index].kind) && !isMark(index, ".")
    }
    guard let first = inner.first, let last = inner.last, inner.count == last - first + 1, inner.count <= 5,
      let match = conventions.match("end", at: first, until: last + 1, tokens, text), match.count == inner.count
    else { return nil }
    return match
  }

  /// "Pascal CHEVILLOT": a first name and a surname in capitals, alone at the end.
  private mutating func readSignature(_ piece: Piece) -> Bool {
    let words = Array(piece.tokens)
    guard (2...4).contains(words.count), words.allSatisfy({ tokens[$0].kind == .word && tokens[$0].isCapitalized }),
      let first = words.first, let last = words.last, !isCapitals(first), isCapitals(last), bytes(last).count > 2
    else { return false }
    item.byline = item.byline ?? oneLine(piece.span)
    add(.byline, piece.tokens)
    return true
  }

  /// "Par Anne Bertrand", "De notre correspondant à Genève, …".
  mutating func readByline(_ piece: Piece) -> Bool {
    guard let (_, count) = matches("byline", at: piece.tokens.lowerBound, in: piece) else { return false }
    let shape = shape(piece)
    let start = piece.tokens.lowerBound + count
    guard shape.words <= 14, !shape.endsSentence, start < piece.tokens.upperBound,
      tokens[start].isCapitalized || count > 2
    else { return false }
    // A name alone: words with capitals make up most of it.
    let capitals = (start..<piece.tokens.upperBound).filter { tokens[$0].isCapitalized }.count
    let words = (start..<piece.tokens.upperBound).filter { tokens[$0].kind == .word }.count
    guard capitals * 2 >= words else { return false }
    item.byline = item.byline ?? oneLine(span(start..<piece.tokens.upperBound))
    add(.byline, piece.tokens)
    return true
  }
}
