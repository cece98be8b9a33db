import TelexModel

extension JSONWriter {
  /// A value that was read, as it was written.
  mutating func value(_ value: JSONValue) {
    switch value {
    case .object(let members):
      object { writer in
        for member in members {
          writer.key(escaping: member.name)
          writer.value(member.value)
        }
      }
    case .array(let items): array(items) { $0.value($1) }
    case .string(let text): string(text)
    case .number(let digits): if let whole = Int(digits) { number(whole) } else { number(Double(digits) ?? .nan) }
    case .bool(let truth): bool(truth)
    case .null: null()
    }
  }
}
