import TelexSpool

/// Why the service can't run: what the journal says of it, and how the process ends.
struct StartError: Error {
  let exitCode: ExitCode
  let entry: JournalEntry

  init(_ exitCode: ExitCode, _ message: String, errno: Int32? = nil) {
    self.exitCode = exitCode
    entry = JournalEntry(.fatal, message).with(.status, exitCode.rawValue).with(errno: errno)
  }

  init(_ error: SpoolError) {
    exitCode = ExitCode(error)
    entry = JournalEntry(.fatal, error.message).with(.status, exitCode.rawValue).with(.reason, error.code.rawValue)
      .with(.folder, error.path).with(errno: error.errno?.code)
  }

  init(_ error: ConfigurationError) {
    exitCode = .configuration
    let issues = error.issues.map(\.description).joined(separator: "; ")
    entry = JournalEntry(.fatal, "the configuration is wrong: \(issues)")
      .with(.status, exitCode.rawValue).with(.reason, "configuration").with(origin: error)
  }
}

extension JournalEntry {
  /// Where the first thing wrong stands.
  func with(origin error: ConfigurationError) -> JournalEntry {
    guard case .file(let path, let line, _)? = error.issues.first?.origin else { return self }
    return with(.configurationFile, path).with(.configurationLine, line)
  }
}
