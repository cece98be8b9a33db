package import Foundation
package import TelexModel
import TelexText

/// Reads the dispatches that were written for training: names in braces behind a letter for their kind, "la {O Banque mondiale}".
///
/// A file begins with lines behind "#" that say where it comes from; a line "%%" parts its dispatches.
package enum MarkedDispatches {
  package static let kinds: [Character: Entity.Kind] = [
    "P": .person, "O": .organization, "L": .location, "E": .event, "W": .product,
  ]

  /// All dispatches of a folder, file by file in the order of their names.
  ///
  /// - Throws: `TrainingError` where braces don't match or a kind is unknown, and what reading files throws.
  package static func read(_ folder: URL) throws -> [AnnotatedText] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".txt") }.sorted()
      .flatMap { name in
        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
        return try dispatches(in: text, of: name)
      }
  }

  /// The dispatches of one file.
  ///
  /// - Parameter name: the file's, for messages and for the names of the dispatches.
  package static func dispatches(in text: String, of name: String) throws -> [AnnotatedText] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix("#") }
    return try lines.split(separator: "%%").enumerated().map { number, lines in
      try dispatch(
        lines.joined(separator: "\n").trimmingCharacters(in: .newlines) + "\n", name: "\(name) \(number + 1)")
    }
  }

  private static func dispatch(_ marked: String, name: String) throws -> AnnotatedText {
    var plain: [UInt8] = []
    var names: [(span: Span, kind: Entity.Kind)] = []
    var open: (start: Int, kind: Entity.Kind)?
    var rest = marked[...]
    func fail(_ what: String) -> TrainingError { TrainingError("\(name): \(what) before \"\(rest.prefix(40))\"") }
    while let character = rest.popFirst() {
      switch character {
      case "{":
        guard open == nil else { throw fail("a name within a name") }
        guard let kind = rest.popFirst().flatMap({ kinds[$0] }), rest.popFirst() == " " else {
          throw fail("a name of no kind")
        }
        open = (plain.count, kind)
      case "}":
        guard let begun = open, plain.count > begun.start else { throw fail("a name that wasn't begun") }
        names.append((Span(begun.start, plain.count), begun.kind))
        open = nil
      case "\n" where open != nil: throw fail("a name over a line end")
      default: plain += Array(String(character).utf8)
      }
    }
    guard open == nil else { throw fail("a name that doesn't end") }
    return AnnotatedText(name: name, text: SourceText(String(decoding: plain, as: UTF8.self)), names: names)
  }
}
