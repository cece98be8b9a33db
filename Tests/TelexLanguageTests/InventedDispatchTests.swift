import Foundation
import TelexLanguage
import TelexModel
import TelexText
import Testing

/// Names in `Data/invented-dispatches.txt`: dispatches of years, places and persons that no model was trained on.
@Suite struct InventedDispatchTests {
  struct Name: Hashable, CustomStringConvertible {
    var start: Int
    var end: Int
    var kind: Entity.Kind
    var text: String
    var description: String { "\(text)/\(kind.rawValue.prefix(3))" }
  }

  struct Dispatch {
    var text: SourceText
    var names: Set<Name>
  }

  private static let kinds: [Character: Entity.Kind] = [
    "P": .person, "O": .organization, "L": .location, "E": .event, "W": .product,
  ]

  static func dispatches() throws -> [Dispatch] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Data/invented-dispatches.txt")
    return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n")
      .map { $0.split(separator: "\n").filter { $0.hasPrefix("#") == false }.joined(separator: "\n") }
      .filter { $0.isEmpty == false }.map(dispatch)
  }

  /// A dispatch of text with names in brackets.
  private static func dispatch(_ marked: String) -> Dispatch {
    var text = ""
    var found: [(start: Int, end: Int, kind: Entity.Kind)] = []
    var rest = marked[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]"),
      let kind = kinds[rest[rest.index(after: open)]]
    {
      text += rest[..<open]
      let start = text.utf8.count
      text += rest[rest.index(open, offsetBy: 3)..<close]
      found.append((start, text.utf8.count, kind))
      rest = rest[rest.index(after: close)...]
    }
    text += rest
    let source = SourceText(text)
    return Dispatch(
      text: source,
      names: Set(
        found.map {
          Name(start: $0.start, end: $0.end, kind: $0.kind, text: source.string(Span($0.start, $0.end)))
        }))
  }

  @Test func mostNamesAreFoundExactly() throws {
    let language = try Language.load(from: try #require(ResourceDirectory.located()))
    var right = 0
    var all = 0
    var wrong: [String] = []
    for dispatch in try Self.dispatches() {
      let text = dispatch.text
      let sentences = language.sentences(of: text, in: Span(0, text.utf8.count)).compactMap { sentence in
        sentence.tokens.first.flatMap { first in
          sentence.tokens.last.map { Span(first.span.start, $0.span.end) }
        }
      }
      let found = Set(
        language.names(of: text, in: sentences).map {
          Name(start: $0.span.start, end: $0.span.end, kind: $0.kind, text: text.string($0.span))
        })
      right += 2 * found.intersection(dispatch.names).count
      all += found.count + dispatch.names.count
      wrong += dispatch.names.subtracting(found).map { "missed \($0)" }.sorted()
      wrong += found.subtracting(dispatch.names).map { "wrong \($0)" }.sorted()
    }
    let f1 = Double(right) / Double(max(1, all))
    #expect(f1 >= 0.80, "F1 \(f1); \(wrong.joined(separator: ", "))")
  }
}
