import Glibc

/// Standard output and standard error, written whole and unbuffered.
enum Terminal {
  static func print(_ line: String) { write(Array((line + "\n").utf8), to: STDOUT_FILENO) }

  /// A message about what went wrong, under the program's name.
  static func complain(_ message: String) { write(Array("telex: \(message)\n".utf8), to: STDERR_FILENO) }

  /// A line that the next one overwrites; empty clears it.
  static func progress(_ line: String) { write(Array("\r\u{1B}[K\(line)".utf8), to: STDERR_FILENO) }

  /// Whether somebody watches standard error.
  static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

  /// - Returns: false where the reader has gone or the disk is full.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
    }
    return true
  }
}
