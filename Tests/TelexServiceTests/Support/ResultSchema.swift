import TelexModel

/// `config/result.schema.json`, and what in a result breaks it: the keywords of JSON Schema 2020-12 that it uses.
struct ResultSchema {
  private let root: JSONValue

  /// - Parameter name: `result`, or `list` for files with several dispatches.
  init(_ name: String = "result") throws {
    root = try JSONReader.value(of: Array(try contents(of: try packageFile("config/\(name).schema.json")).utf8))
  }

  /// JSON pointers with what is wrong there; empty for a valid result.
  func faults(in result: [UInt8]) -> [String] {
    do {
      return faults(try JSONReader.value(of: result), root, "")
    } catch {
      return ["\(error)"]
    }
  }

  private func faults(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    var faults: [String] = []
    for keyword in schema.members ?? [] {
      faults += self.faults(value, keyword.name, keyword.value, schema, path)
    }
    return faults
  }

  private func faults(
    _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ schema: JSONValue, _ path: String
  ) -> [String] {
    func fault(_ isFault: Bool, _ message: String) -> [String] { isFault ? ["\(path): \(message)"] : [] }
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description", "contentEncoding": return []
    case "$ref":
      let name = rule.string?.split(separator: "/").last.map(String.init) ?? ""
      guard let target = root["$defs"]?[name] else { return ["\(path): no definition \(name)"] }
      return faults(value, target, path)
    case "type":
      return fault(rule.string != type(value) && !(rule.string == "number" && type(value) == "integer"), "not \(rule)")
    case "const": return fault(value != rule, "not \(rule)")
    case "enum": return fault(!(rule.array ?? []).contains(value), "\(value) is none of \(rule)")
    case "minimum": return fault(value.double.map { $0 < rule.double ?? 0 } ?? false, "too small")
    case "maximum": return fault(value.double.map { $0 > rule.double ?? 0 } ?? false, "too large")
    case "minItems": return fault(value.array.map { $0.count < rule.int ?? 0 } ?? false, "too few")
    case "maxItems": return fault(value.array.map { $0.count > rule.int ?? 0 } ?? false, "too many")
    case "pattern":
      guard let pattern = rule.string, let regex = try? Regex(pattern), let string = value.string else { return [] }
      return fault((try? regex.firstMatch(in: string)) == nil, "\(string) doesn't match \(pattern)")
    case "required":
      return (rule.array ?? []).compactMap(\.string).flatMap { fault(value[$0] == nil, "lacks \($0)") }
    case "items":
      return (value.array ?? []).enumerated().flatMap { faults($1, rule, "\(path)/\($0)") }
    case "properties":
      return (rule.members ?? []).flatMap { property in
        value[property.name].map { faults($0, property.value, "\(path)/\(property.name)") } ?? []
      }
    case "additionalProperties":
      let others = (value.members ?? []).filter { schema["properties"]?[$0.name] == nil }
      if rule == .bool(false) { return others.map { "\(path): \($0.name) is not allowed" } }
      return others.flatMap { faults($0.value, rule, "\(path)/\($0.name)") }
    case "anyOf", "oneOf":
      let branches = (rule.array ?? []).map { faults(value, $0, path) }
      let valid = branches.filter(\.isEmpty).count
      if valid == 1 || valid > 1 && keyword == "anyOf" { return [] }
      return branches.min { $0.count < $1.count } ?? ["\(path): no branch"]
    default: return ["\(path): the test knows no keyword \(keyword)"]
    }
  }

  private func type(_ value: JSONValue) -> String {
    switch value {
    case .object: "object"
    case .array: "array"
    case .string: "string"
    case .number: value.int == nil ? "number" : "integer"
    case .bool: "boolean"
    case .null: "null"
    }
  }
}
