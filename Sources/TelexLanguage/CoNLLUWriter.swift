import TelexModel
package import TelexText

/// Writes sentences in CoNLL-U (https://universaldependencies.org/format.html), with each token's place in the text.
package struct CoNLLUWriter: Sendable {
  private let text: SourceText
  /// Offset in Unicode scalars of the last byte asked for, which only grows.
  private var place = (byte: 0, scalar: 0)
  private var number = 0

  package init(_ text: SourceText) { self.text = text }

  /// `TokenRange` in MISC counts Unicode scalars of the text, half-open. The first word of a compound has `Compound`, its lemma,
  /// `CompoundTag` and, where one is sure, `CompoundGender` and `CompoundNumber`; `CompoundTokens` counts its tokens.
  package mutating func lines(of sentence: ParsedSentence, compounds: [Compounds.Match] = []) -> String {
    guard let first = sentence.tokens.first, let last = sentence.tokens.last else { return "" }
    number += 1
    let raw = text.string(.init(first.span.start, last.span.end)).split(whereSeparator: \.isNewline).joined(
      separator: " ")
    var result = "# sent_id = \(number)\n# text = \(raw)\n"
    var next = 0
    for (index, token) in sentence.tokens.enumerated() {
      let spaceAfter = index + 1 < sentence.tokens.count ? sentence.tokens[index + 1].spaceBefore : true
      let range = "TokenRange=\(scalars(token.span.start)):\(scalars(token.span.end))"
      let compound = compounds.first { $0.tokens.lowerBound == index }.map(Self.misc) ?? ""
      let misc = compound + (spaceAfter ? "" : "SpaceAfter=No|") + range
      let start = next
      while next < sentence.words.count, sentence.words[next].token == index { next += 1 }
      let isOne = next - start == 1
      if isOne == false {
        result += "\(start + 1)-\(next)\t\(text.string(token.span))\t_\t_\t_\t_\t_\t_\t_\t\(misc)\n"
      }
      for word in start..<next {
        let entry = sentence.words[word]
        let head = entry.head.map { $0 + 1 } ?? 0
        result +=
          "\(word + 1)\t\(entry.form)\t\(entry.lemma)\t\(entry.tag.code)\t_\t\(entry.features)\t\(head)\t\(entry.relation)\t_\t"
          + (isOne ? misc : "_") + "\n"
      }
    }
    return result + "\n"
  }

  private static func misc(_ match: Compounds.Match) -> String {
    let readings = match.entry.readings
    guard let first = readings.first else { return "" }
    var fields = ["Compound=\(String(decoding: match.entry.lemma, as: UTF8.self))"]
    if let gender = Set(readings.map(\.gender)).count == 1 ? first.gender : nil, gender != .none {
      fields.append("CompoundGender=\(gender == .feminine ? "Fem" : "Masc")")
    }
    if let number = Set(readings.map(\.number)).count == 1 ? first.number : nil, number != .none {
      fields.append("CompoundNumber=\(number == .plural ? "Plur" : "Sing")")
    }
    fields += ["CompoundTag=\(first.tag.code)", "CompoundTokens=\(match.tokens.count)"]
    return fields.joined(separator: "|") + "|"
  }

  private mutating func scalars(_ byte: Int) -> Int {
    while place.byte < byte {
      if text.utf8[place.byte] & 0xC0 != 0x80 { place.scalar += 1 }
      place.byte += 1
    }
    return place.scalar
  }
}
