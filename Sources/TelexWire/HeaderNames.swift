import TelexText

/// The names of header lines (`Resources/header-names.txt`).
struct HeaderNames: Sendable {
  enum Field: String, Sendable {
    case headline, date, source, slugline, urgency, language, version, uri, byline, located, keywords, note, embargo
    case status, level, signoff, other
  }

  private let fields: [String: Field]
  /// Names that are header lines only beside stronger ones: a headline may begin with them.
  private let weak: Set<String>
  /// How headers write a value, by field and folded words.
  private let values: [String: String]
  let table: ResourceTable

  init(resources: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("header-names.txt", of: "TelexWire", in: resources)
    var values: [String: String] = [:]
    var fields: [String: Field] = [:]
    var weak: Set<String> = []
    for row in table.rows {
      guard row.fields.count == 2 else { throw table.error(row, "two fields are due: field and names") }
      let names = row.fields[1].split(separator: "|").map { Self.folded(String($0)) }
      if row.fields[0] == "weak" {
        weak.formUnion(names)
      } else if let colon = row.fields[0].firstIndex(of: ":") {
        let value = String(row.fields[0][colon...].dropFirst())
        for name in names { values["\(row.fields[0][..<colon]):\(name)"] = value }
      } else if let field = Field(rawValue: row.fields[0]) {
        for name in names { fields[name] = field }
      } else {
        throw table.error(row, "no such field: \(row.fields[0])")
      }
    }
    self.fields = fields
    self.weak = weak
    self.values = values
  }

  func field(_ name: String) -> Field? { fields[Self.folded(name)] }
  /// The value that some words of a field mean; nil for words that are no value of it.
  func value(_ words: String, of field: Field) -> String? { values["\(field.rawValue):\(Self.folded(words))"] }
  func isWeak(_ name: String) -> Bool { weak.contains(Self.folded(name)) }

  /// Small letters without accents; hyphens and low lines as spaces.
  private static func folded(_ name: String) -> String {
    var folded = ""
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "é", "è", "ê", "ë": folded += "e"
      case "à", "â": folded += "a"
      case "ï", "î": folded += "i"
      case "ô": folded += "o"
      case "û", "ù": folded += "u"
      case "ç": folded += "c"
      case "-", "_", "\u{2010}", "\u{2011}": folded += " "
      case "’": folded += "'"
      default: folded.unicodeScalars.append(scalar)
      }
    }
    return folded
  }
}
