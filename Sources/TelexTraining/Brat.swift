package import Foundation
package import TelexModel
package import TelexText

/// One annotated dispatch of WiNER-fr.
package struct AnnotatedText: Sendable {
  package var name: String
  package var text: SourceText
  /// Names, the longest where they nest, in reading order.
  package var names: [(span: Span, kind: Entity.Kind)]
  /// Names inside those, which nothing is trained on, but which the scorer counts.
  package var inner: [(span: Span, kind: Entity.Kind)] = []
}

/// Reads stand-off annotations of the BRAT tool: `T1 TAB Type START END TAB words`, offsets in Unicode scalars.
package enum Brat {
  package static let kinds: [Substring: Entity.Kind] = [
    "Person": .person, "Organization": .organization, "Location": .location, "Event": .event, "Product": .product,
  ]

  /// All dispatches of the months, by name.
  ///
  /// - Parameter months: folders below the corpus, "2016/01" ….
  package static func read(_ corpus: URL, months: [String]) throws -> [AnnotatedText] {
    var result: [AnnotatedText] = []
    for month in months {
      let folder = corpus.appendingPathComponent(month)
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where file.hasSuffix(".ann")
      {
        let stem = String(file.dropLast(4))
        result.append(
          try document(
            stem, text: Data(contentsOf: folder.appendingPathComponent(stem + ".txt")),
            annotations: Data(contentsOf: folder.appendingPathComponent(file))))
      }
    }
    return result
  }

  private static func document(_ name: String, text: Data, annotations: Data) throws -> AnnotatedText {
    let source = SourceText(String(decoding: text, as: UTF8.self))
    // Byte offset of each scalar.
    var offsets: [Int] = []
    for (index, byte) in source.utf8.enumerated() where byte & 0xC0 != 0x80 { offsets.append(index) }
    offsets.append(source.utf8.count)
    var names: [(span: Span, kind: Entity.Kind)] = []
    for line in String(decoding: annotations, as: UTF8.self).split(separator: "\n") where line.hasPrefix("T") {
      let fields = line.split(separator: "\t")
      guard fields.count >= 2 else { continue }
      let words = fields[1].split { $0 == " " || $0 == ";" }
      guard words.count >= 3, let kind = kinds[words[0]], let start = Int(words[1]),
        let end = Int(words[words.count - 1]),
        start < end, end < offsets.count
      else { continue }
      names.append((Span(offsets[start], offsets[end]), kind))
    }
    names.sort { $0.span < $1.span }
    var kept: [(span: Span, kind: Entity.Kind)] = []
    var inner: [(span: Span, kind: Entity.Kind)] = []
    for name in names {
      if kept.last.map({ $0.span.end <= name.span.start }) ?? true { kept.append(name) } else { inner.append(name) }
    }
    return AnnotatedText(name: name, text: source, names: kept, inner: inner)
  }
}
