/// A data file of lines: `#` begins a comment, fields are separated by tabs, and lines whose first field is `+` or `-`
/// are examples that a test runs.
package struct ResourceTable: Sendable {
  package struct Row: Sendable {
    /// From 1, for messages.
    package let line: Int
    package let fields: [String]
  }

  package let path: String
  package let rows: [Row]
  /// Fields behind the `+`: what the table must do.
  package let positive: [Row]
  /// Fields behind the `-`: what it must not do.
  package let negative: [Row]

  /// - Throws: `ResourceError` where the file can't be read or isn't UTF-8.
  package init(_ name: String, of target: String, in resources: ResourceDirectory) throws(ResourceError) {
    let bytes = try resources.bytes(name, of: target)
    try self.init(bytes, path: resources.path(name, of: target))
  }

  package init(_ bytes: [UInt8], path: String) throws(ResourceError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ResourceError(path: path, message: "not UTF-8")
    }
    var rows: [Row] = []
    var positive: [Row] = []
    var negative: [Row] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.hasPrefix("#") { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      switch fields[0] {
      case "+": positive.append(Row(line: index + 1, fields: Array(fields.dropFirst())))
      case "-": negative.append(Row(line: index + 1, fields: Array(fields.dropFirst())))
      default: rows.append(Row(line: index + 1, fields: fields))
      }
    }
    self.path = path
    self.rows = rows
    self.positive = positive
    self.negative = negative
  }

  package func error(_ row: Row, _ message: String) -> ResourceError {
    ResourceError(path: "\(path):\(row.line)", message: message)
  }
}
