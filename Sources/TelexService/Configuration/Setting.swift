/// One row of the table of settings: its name, what it accepts, where its value goes, and one line that explains it.
///
/// The YAML file, the environment, the flags, the JSON Schema and the documentation are all read from these rows or tested against them.
package struct Setting: Sendable {
  /// Key in the file, `quiet_period`. The names for environment and flags follow from it.
  package let key: String
  package let kind: Kind
  /// Whether another value gives other results: those settings make up `Configuration.fingerprint`.
  package let changesResults: Bool
  /// Whether a reload takes it over; the others need a restart.
  package let reloads: Bool
  package let summary: String

  init(_ key: String, _ kind: Kind, changesResults: Bool = false, reloads: Bool = true, _ summary: String) {
    self.key = key
    self.kind = kind
    self.changesResults = changesResults
    self.reloads = reloads
    self.summary = summary
  }

  /// `TELEX_QUIET_PERIOD`.
  package var environmentName: String { "TELEX_" + key.uppercased() }
  /// `--quiet-period`.
  package var flagName: String { "--" + String(key.map { $0 == "_" ? "-" : $0 }) }

  package typealias Path<Value> = any WritableKeyPath<Configuration, Value> & Sendable

  /// Type, bounds and place of a value.
  package enum Kind: Sendable {
    /// An absolute path; an empty one only where `optional`.
    case path(Path<String>, optional: Bool = false)
    case text(Path<String>)
    case list(Path<[String]>)
    case integer(Path<Int>, ClosedRange<Int>)
    case size(Path<Int>, ClosedRange<Int>)
    case duration(Path<Duration>, ClosedRange<Duration>)
    case mode(Path<Int>)
    case choice(
      values: [String], get: @Sendable (Configuration) -> String, set: @Sendable (inout Configuration, String) -> Void)

    static func choice<Value: RawRepresentable<String> & CaseIterable & Sendable>(_ path: Path<Value>) -> Kind {
      .choice(
        values: Value.allCases.map(\.rawValue),
        get: { $0[keyPath: path].rawValue },
        set: { configuration, text in
          if let value = Value(rawValue: text) { configuration[keyPath: path] = value }
        })
    }
  }

  /// The value in `configuration`, as it is written in the file.
  package func text(in configuration: Configuration) -> String {
    switch kind {
    case .path(let path, _), .text(let path): configuration[keyPath: path]
    case .list(let path): configuration[keyPath: path].joined(separator: ",")
    case .integer(let path, _): String(configuration[keyPath: path])
    case .size(let path, _): Size.text(configuration[keyPath: path])
    case .duration(let path, _): Period.text(configuration[keyPath: path])
    case .mode(let path): Mode.text(configuration[keyPath: path])
    case .choice(_, let get, _): get(configuration)
    }
  }

  /// Takes the value over from another configuration.
  func copy(from other: Configuration, to configuration: inout Configuration) {
    switch kind {
    case .path(let path, _), .text(let path): configuration[keyPath: path] = other[keyPath: path]
    case .list(let path): configuration[keyPath: path] = other[keyPath: path]
    case .integer(let path, _), .size(let path, _), .mode(let path): configuration[keyPath: path] = other[keyPath: path]
    case .duration(let path, _): configuration[keyPath: path] = other[keyPath: path]
    case .choice(_, let get, let set): set(&configuration, get(other))
    }
  }

  /// Sets the value that `text` stands for.
  /// - Throws: `Refused`, which says what is wrong and what would be right.
  package func set(_ text: String, in configuration: inout Configuration) throws(Refused) {
    switch kind {
    case .path(let path, let optional):
      guard text.hasPrefix("/") || (optional && text.isEmpty) else {
        throw Refused("\(quoted(text)) is no absolute path", remedy: "begin it with /")
      }
      guard !text.utf8.contains(0) else { throw Refused("a path holds no NUL", remedy: "remove it") }
      configuration[keyPath: path] = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    case .text(let path):
      guard !text.utf8.contains(where: { $0 == 0 || $0 == 0x2F }) else {
        throw Refused("\(quoted(text)) holds a / or a NUL", remedy: "give a name, not a path")
      }
      configuration[keyPath: path] = text
    case .list(let path):
      // For the environment and flags; a file gives its sequence to `set(_:in:)` for lists.
      try set(text.split(separator: ",").map { String($0).trimmed }, at: path, in: &configuration)
    case .integer(let path, let bounds):
      guard let value = Int(text) else {
        throw Refused("\(quoted(text)) is no whole number", remedy: "give a number, such as \(self.text(in: .init()))")
      }
      try check(value, in: bounds, String.init)
      configuration[keyPath: path] = value
    case .size(let path, let bounds):
      guard let value = Size.value(text) else {
        throw Refused("\(quoted(text)) is no size", remedy: "write it like 512 KiB, 16 MiB or 1 GiB")
      }
      try check(value, in: bounds, Size.text)
      configuration[keyPath: path] = value
    case .duration(let path, let bounds):
      guard let value = Period.value(text) else {
        throw Refused("\(quoted(text)) is no period of time", remedy: "write it like 500 ms, 30 s, 5 min or 1 h")
      }
      try check(value, in: bounds, Period.text)
      configuration[keyPath: path] = value
    case .mode(let path):
      guard let value = Mode.value(text) else {
        throw Refused("\(quoted(text)) is no file mode", remedy: "give three octal digits, such as 0640")
      }
      configuration[keyPath: path] = value
    case .choice(let values, _, let set):
      guard values.contains(text) else {
        let meant = Spelling.nearest(to: text, among: values).map { "; did you mean \($0)?" } ?? ""
        throw Refused(
          "\(quoted(text)) is not known here\(meant)", remedy: "write one of: \(values.joined(separator: ", "))")
      }
      set(&configuration, text)
    }
  }

  /// Sets a list; any other setting takes no sequence.
  package func set(_ list: [String], in configuration: inout Configuration) throws(Refused) {
    guard case .list(let path) = kind else {
      throw Refused(
        "a list stands where one value is expected", remedy: "write one value, such as \(text(in: .init()))")
    }
    try set(list, at: path, in: &configuration)
  }

  private func set(_ list: [String], at path: Path<[String]>, in configuration: inout Configuration) throws(Refused) {
    for item in list where item.isEmpty || item.utf8.contains(where: { $0 == 0 || $0 == 0x2F }) {
      throw Refused("\(quoted(item)) can match no file name", remedy: "write patterns for names, such as *.bak")
    }
    guard list.count <= 256 else { throw Refused("more than 256 patterns", remedy: "join some with *") }
    configuration[keyPath: path] = list
  }

  private func check<Value: Comparable>(
    _ value: Value, in bounds: ClosedRange<Value>, _ text: (Value) -> String
  ) throws(Refused) {
    guard !bounds.contains(value) else { return }
    let (low, high) = (text(bounds.lowerBound), text(bounds.upperBound))
    throw Refused("\(text(value)) is out of bounds", remedy: "give a value from \(low) to \(high)")
  }

  /// Why a value was not taken.
  package struct Refused: Error, Equatable {
    package let problem: String
    package let remedy: String

    init(_ problem: String, remedy: String) {
      self.problem = problem
      self.remedy = remedy
    }
  }
}

/// A value in an error message: escaped, and cut where it is long.
func quoted(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let shown = scalars.prefix(60).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
  return "“\(shown)\(scalars.count > 60 ? "…" : "")”"
}
