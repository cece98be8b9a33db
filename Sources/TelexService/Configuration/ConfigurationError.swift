/// Everything that is wrong with a configuration, at once. The program says all of it and ends with exit code 78, or on reload keeps what it has.
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  package let issues: [ConfigurationIssue]

  package init(_ issues: [ConfigurationIssue]) { self.issues = issues }

  /// One line an issue.
  package var description: String { issues.map(\.description).joined(separator: "\n") }
}

/// One thing wrong: where it stands, what it is, what to do.
package struct ConfigurationIssue: Error, Equatable, CustomStringConvertible {
  package let origin: Origin
  /// Without a full stop.
  package let problem: String
  package let remedy: String

  package init(at origin: Origin, _ problem: String, remedy: String) {
    self.origin = origin
    self.problem = problem
    self.remedy = remedy
  }

  package var description: String { "\(origin): \(problem): \(remedy)" }

  /// Where a value comes from.
  package enum Origin: Sendable, Equatable, CustomStringConvertible {
    case standard
    /// Line and column count from 1, columns in code points; 0 where the whole file is meant.
    case file(String, line: Int, column: Int)
    case environment(String)
    case flag(String)

    package var description: String {
      switch self {
      case .standard: "default"
      case .file(let path, 0, _): path
      case .file(let path, let line, let column): "\(path):\(line):\(column)"
      case .environment(let name): "environment variable \(name)"
      case .flag(let name): name
      }
    }
  }
}
