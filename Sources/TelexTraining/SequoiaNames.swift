package import Foundation
import TelexLanguage
import TelexModel
import TelexText

/// Reads the Sequoia corpus with named entities: CoNLL-U with the names of PARSEME-FR in the thirteenth column, `1:PERS`
/// where a name begins and `1` where it goes on.
package enum SequoiaNames {
  private static let kinds: [Substring: Entity.Kind] = [
    "PERS": .person, "ORG": .organization, "LOC": .location, "EVE": .event, "PROD": .product,
  ]
  /// Written-out parts and the word they stand for.
  private static let contracted: [String: String] = [
    "de le": "du", "de les": "des", "à le": "au", "à les": "aux", "de lequel": "duquel", "de lesquels": "desquels",
    "de lesquelles": "desquelles", "à lequel": "auquel", "à lesquels": "auxquels", "à lesquelles": "auxquelles",
  ]

  /// Each document as a text of its sentences, one a line.
  ///
  /// - Parameters:
  ///   - sources: beginnings of the identifiers of the sentences wanted.
  ///   - isPlace: whether a name is that of a country or its like: those stay locations where they stand for a government.
  package static func read(_ url: URL, sources: [String], isPlace: ([UInt8]) -> Bool) throws -> [AnnotatedText] {
    var result: [AnnotatedText] = []
    var lines: [String] = []
    var names: [(span: Span, kind: Entity.Kind)] = []
    var source = ""
    var length = 0
    func finish() {
      guard lines.isEmpty == false else { return }
      result.append(
        AnnotatedText(name: source, text: SourceText(lines.joined(separator: "\n") + "\n"), names: names))
      lines = []
      names = []
      length = 0
    }
    for block in String(decoding: try Data(contentsOf: url), as: UTF8.self).components(separatedBy: "\n\n") {
      let rows = block.split(separator: "\n")
      guard let name = value("sent_id", rows), let text = value("text", rows),
        let stem = sources.first(where: { name.hasPrefix($0) })
      else { continue }
      // Sentences of one source come in the order of many short documents: thirty make a text like a dispatch.
      if stem != source || lines.count >= 30 { finish() }
      source = stem
      let words = rows.filter { $0.hasPrefix("#") == false }
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false) }.filter { $0.count >= 13 }
      guard let spans = spans(of: words.map { String($0[1]) }, in: Array(text.utf8)) else { continue }
      for (range, kind) in namesOfSentence(words.map { $0[12] }) {
        let span = Span(spans[range.lowerBound].start, spans[range.upperBound - 1].end)
        let isGovernment = kind == .organization && isPlace(Array(Array(text.utf8)[span.range]))
        names.append((Span(span.start + length, span.end + length), isGovernment ? .location : kind))
      }
      lines.append(text)
      length += text.utf8.count + 1
    }
    finish()
    return result
  }

  private static func value(_ key: String, _ rows: [Substring]) -> String? {
    rows.first { $0.hasPrefix("# \(key) = ") }.map { String($0.dropFirst(key.count + 5)) }
  }

  /// The longest names, in reading order.
  private static func namesOfSentence(_ column: [Substring]) -> [(range: Range<Int>, kind: Entity.Kind)] {
    var open: [Substring: (start: Int, end: Int, kind: Entity.Kind?)] = [:]
    var found: [(range: Range<Int>, kind: Entity.Kind)] = []
    func close(_ name: (start: Int, end: Int, kind: Entity.Kind?)) {
      if let kind = name.kind { found.append((name.start..<name.end, kind)) }
    }
    for (index, cell) in column.enumerated() where cell != "*" && cell != "_" {
      for part in cell.split(separator: ";") {
        let fields = part.split(separator: ":")
        guard let number = fields.first else { continue }
        if fields.count > 1 {
          if let old = open[number] { close(old) }
          open[number] = (index, index + 1, kinds[fields[1]])
        } else {
          open[number]?.end = index + 1
        }
      }
    }
    for name in open.values { close(name) }
    found.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
    var kept: [(range: Range<Int>, kind: Entity.Kind)] = []
    for name in found where kept.last.map({ $0.range.upperBound <= name.range.lowerBound }) ?? true {
      kept.append(name)
    }
    return kept
  }

  /// Where each word stands in the sentence; nil where it can't be found.
  private static func spans(of words: [String], in text: [UInt8]) -> [Span]? {
    var result: [Span] = []
    var place = 0
    var index = 0
    while index < words.count {
      while place < text.count, text[place] == 0x20 || text[place] == 0xC2 || text[place] == 0xA0 { place += 1 }
      let pair = index + 1 < words.count ? contracted[(words[index] + " " + words[index + 1]).lowercased()] : nil
      if let form = pair.map({ Array($0.utf8) }), folded(Array(text[place...].prefix(form.count)), .lower) == form {
        let span = Span(place, place + form.count)
        result += [span, span]
        place = span.end
        index += 2
        continue
      }
      let form = Array(words[index].utf8)
      guard text[place...].starts(with: form) else { return nil }
      result.append(Span(place, place + form.count))
      place += form.count
      index += 1
    }
    return result
  }
}
