internal import Glibc

/// Where condemned dispatches are kept for whoever investigates: `.telex/quarantine/DIGEST/` with `content`, a copy of
/// the very bytes, and `reason.json`. The input itself stays where it is, with a refusal beside it.
struct Quarantine {
  let folder: Folder
  let fileSystem: any FileSystem

  /// Path of the directory, relative to the drop folder.
  static func path(sha256: String) -> [UInt8] {
    Folder.workspaceName + Array("/quarantine/".utf8) + Array(sha256.utf8)
  }

  /// Content that is kept already stays as it is.
  func keep(_ record: Attempts.Record, code: String, message: String, content: [UInt8]) throws(Errno) {
    let quarantine = try Folder.directory(Array("quarantine".utf8), at: folder.workspace, fileSystem)
    defer { fileSystem.release(quarantine) }
    let directory = try Folder.directory(Array(record.sha256.utf8), at: quarantine, fileSystem)
    defer { fileSystem.release(directory) }
    if (try? fileSystem.status(of: Array("content".utf8), at: directory)) == nil {
      try fileSystem.replaceFile(Array("content".utf8), at: directory, with: content, mode: 0o600)
    }
    try fileSystem.replaceFile(
      Array("reason.json".utf8), at: directory, with: Self.reason(record, code: code, message: message), mode: 0o600)
    try fileSystem.synchronizeFully(directory)
  }

  /// One object, keys sorted. The name is given as text, and as hexadecimal bytes, which is exact for any name.
  private static func reason(_ record: Attempts.Record, code: String, message: String) -> [UInt8] {
    let fields = [
      ("code", quoted(code)), ("daemonDeaths", "\(record.deaths)"), ("file", quoted(text(record.name))),
      ("fileHex", quoted(Digest.hex(record.name))), ("message", quoted(message)),
      ("sha256", quoted(record.sha256)), ("workerDeaths", "\(record.failures)"),
    ]
    let lines = fields.map { "  \"\($0.0)\": \($0.1)" }
    return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
  }

  private static func text(_ name: [UInt8]) -> String { String(decoding: name, as: UTF8.self) }

  /// A JSON string; everything but printable ASCII is escaped, so that a name can't play tricks on a terminal.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      if unit == 0x22 || unit == 0x5C {
        result += "\\" + String(decoding: [unit], as: UTF16.self)
      } else if unit >= 0x20, unit < 0x7F {
        result += String(decoding: [unit], as: UTF16.self)
      } else {
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}
