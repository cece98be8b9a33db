import Glibc

/// A result that is written by hand: whole or not at all, and never over a file that is no result.
package struct ResultFile {
  /// Raw bytes.
  package let folder: [UInt8]
  package let name: [UInt8]

  package init(folder: [UInt8], name: [UInt8]) {
    self.folder = folder
    self.name = name
  }

  package enum Failure: Error, Equatable {
    /// What stands there was not made by Telex.
    case foreign
    case system(String)
  }

  /// Writes a temporary file beside the result, makes it durable, and gives it the result's name.
  package func write(_ contents: [UInt8]) throws(Failure) {
    let path = folder + [0x2F] + name
    if try holdsSomethingForeign(path) { throw .foreign }
    // Hidden, so that a service watching the folder never takes it for a dispatch; short, whatever the name.
    let temporary = folder + Array("/.telex-\(getpid()).tmp".utf8)
    _ = temporary.withCString { unlink($0) }
    let descriptor = temporary.withCString { open($0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw .system(String(cString: strerror(errno))) }
    var failure: Int32 = 0
    var rest = contents[...]
    while failure == 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { failure = errno }
    }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, temporary.withCString({ from in path.withCString { rename(from, $0) } }) != 0 { failure = errno }
    guard failure == 0 else {
      _ = temporary.withCString { unlink($0) }
      throw .system(String(cString: strerror(failure)))
    }
  }

  private func holdsSomethingForeign(_ path: [UInt8]) throws(Failure) -> Bool {
    var info = stat()
    guard path.withCString({ lstat($0, &info) }) == 0 else { return false }
    guard info.st_mode & S_IFMT == S_IFREG else { return true }
    do throws(InputFile.Failure) {
      return Engine.identity(ofResult: try InputFile(path: path, limit: 1 << 30).bytes) == nil
    } catch {
      if case .unreadable(let reason) = error { throw .system(reason) }
      return true
    }
  }
}
