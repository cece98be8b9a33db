import ArgumentParser

/// How `telex` ends, after sysexits(3).
typealias Exit = ArgumentParser.ExitCode

extension ArgumentParser.ExitCode {
  /// A dispatch was refused, or its contents were no use (EX_DATAERR).
  static let refused = Exit(65)
  /// A file could not be read (EX_NOINPUT).
  static let unreadable = Exit(66)
  /// The service isn't there (EX_UNAVAILABLE).
  static let unavailable = Exit(69)
  /// A fault in Telex (EX_SOFTWARE).
  static let software = Exit(70)
  /// A result could not be written (EX_CANTCREAT).
  static let unwritten = Exit(73)
  /// Something did not happen in time (EX_TEMPFAIL).
  static let late = Exit(75)
  /// Not allowed (EX_NOPERM).
  static let forbidden = Exit(77)
  /// The configuration is wrong, or data is missing (EX_CONFIG).
  static let misconfigured = Exit(78)
}
