extension Configuration {
  /// The JSON Schema of the file, for editors that check YAML while it is written. `config/telex.schema.json` is this text.
  package static var schema: String {
    let properties = Setting.all.map { setting in
      let fields = [("description", json(setting.summary))] + setting.schemaFields
      let lines = fields.map { "      \(json($0.0)): \($0.1)" }.joined(separator: ",\n")
      return "    \(json(setting.key)): {\n\(lines)\n    }"
    }
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of Telex",
        "type": "object",
        "additionalProperties": false,
        "properties": {
      \(properties.joined(separator: ",\n"))
        }
      }

      """
  }
}

extension Setting {
  /// Type, bounds and default in the words of JSON Schema.
  fileprivate var schemaFields: [(String, String)] {
    let standard = text(in: Configuration())
    switch kind {
    case .path(_, let optional):
      return [("type", json("string")), ("pattern", json(optional ? "^(/.*)?$" : "^/")), ("default", json(standard))]
    case .text:
      return [("type", json("string")), ("pattern", json("^[^/]*$")), ("default", json(standard))]
    case .list:
      return [
        ("type", json("array")), ("items", "{ \"type\": \"string\", \"pattern\": \"^[^/]+$\" }"), ("maxItems", "256"),
        ("default", "[]"),
      ]
    case .integer(_, let bounds):
      return [
        ("type", json("integer")), ("minimum", "\(bounds.lowerBound)"), ("maximum", "\(bounds.upperBound)"),
        ("default", standard),
      ]
    case .size(_, let bounds):
      return [
        ("type", "[\"string\", \"integer\"]"), ("pattern", json("^[0-9]+ *(B|KiB|MiB|GiB)?$")),
        ("minimum", "\(bounds.lowerBound)"), ("maximum", "\(bounds.upperBound)"), ("default", json(standard)),
      ]
    case .duration:
      return [("type", json("string")), ("pattern", json("^[0-9]+ *(ms|s|min|h)$")), ("default", json(standard))]
    case .mode:
      return [
        ("type", "[\"string\", \"integer\"]"), ("pattern", json("^0?[0-7]{3}$")), ("default", json(standard)),
      ]
    case .choice(let values, _, _):
      return [("enum", "[" + values.map(json).joined(separator: ", ") + "]"), ("default", json(standard))]
    }
  }
}

/// A JSON string. The table's texts hold no control characters.
private func json(_ text: String) -> String {
  "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}
