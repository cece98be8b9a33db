import TelexModel

/// A JSON value as documentation shows it: long texts and lists are cut, and `…` stands where something was left away.
struct Abridged {
  private static let width = 100

  static func text(_ value: JSONValue) -> String { lines(value, indent: 0) }

  private static func lines(_ value: JSONValue, indent: Int) -> String {
    let flat = line(value)
    if indent > 0, indent + flat.count <= width { return flat }
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch value {
    case .object(let members):
      let parts = members.map { "\"\($0.name)\": \(lines($0.value, indent: indent + 2))" }
      return "{\n\(filled(parts, indent: inner))\n\(outer)}"
    case .array(let items):
      guard let first = items.first else { return "[]" }
      let more = items.count > 1 ? ",\n\(inner)… (\(items.count) in all)" : ""
      return "[\n\(inner)\(lines(first, indent: indent + 2))\(more)\n\(outer)]"
    default: return flat
    }
  }

  /// Short members share a line.
  private static func filled(_ parts: [String], indent: String) -> String {
    var filled: [String] = []
    var current = ""
    for (index, part) in parts.enumerated() {
      let text = part + (index < parts.count - 1 ? "," : "")
      if current.isEmpty {
        current = indent + text
      } else if !current.contains("\n"), !text.contains("\n"), current.count + 1 + text.count <= width {
        current += " " + text
      } else {
        filled.append(current)
        current = indent + text
      }
    }
    return (filled + [current]).joined(separator: "\n")
  }

  /// All on one line.
  private static func line(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      // Digests of data files are many and say little here.
      if members.count > 12, members.allSatisfy({ $0.value.string?.count == 64 }) { return "{ … }" }
      let parts = members.map { "\"\($0.name)\": \(line($0.value))" }
      return parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
    case .array(let items):
      guard let first = items.first else { return "[]" }
      return items.count == 1 ? "[\(line(first))]" : "[\(line(first)), … (\(items.count) in all)]"
    case .string(let text): return quoted(text)
    case .number(let digits): return digits
    case .bool(let truth): return String(truth)
    case .null: return "null"
    }
  }

  private static func quoted(_ text: String) -> String {
    let isDigest = text.count >= 64 && text.suffix(64).allSatisfy(\.isHexDigit)
    let limit = isDigest ? text.count - 52 : 60
    let shown = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return shown.count > limit + 1 ? "\"\(shown.prefix(limit))…\"" : "\"\(shown)\""
  }
}
