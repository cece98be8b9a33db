import Glibc

@testable import TelexSpool

/// A tmpfs of its own on a folder of its own. Root only.
final class TemporaryMount {
  let folder: TemporaryFolder
  let path: String

  init(options: String = "size=16m", at path: String? = nil) throws {
    folder = try TemporaryFolder()
    if let path {
      self.path = path
    } else {
      try folder.makeFolder("drop")
      self.path = folder.path("drop")
    }
    try mount(options: options)
  }

  func mount(options: String = "size=16m") throws {
    try run("/bin/mount", "-t", "tmpfs", "-o", options, "tmpfs", path)
  }

  /// Even while files are open on it: those who have them keep them, the path leads elsewhere at once.
  func unmount() { try? run("/bin/umount", "-l", path) }

  func write(_ text: String, to name: String) throws {
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw Errno.last }
    defer { close(file) }
    let bytes = Array(text.utf8)
    let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw Errno(ENOSPC) }
  }

  var names: [String] { (folder.names(in: "drop")).map { String(decoding: $0, as: UTF8.self) } }
}

/// Whether this process may mount; for tests that are skipped, saying why, where it may not.
let mayMount: Bool = {
  guard geteuid() == 0, let mount = try? TemporaryMount() else { return false }
  mount.unmount()
  return true
}()
