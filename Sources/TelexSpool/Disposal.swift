internal import Glibc

/// Moves or deletes an input whose result is durable, where the configuration says so.
///
/// Before it: publication. After it: nothing; a failure here never undoes a result. A rename takes whatever bears the name
/// at that moment, so the file is looked at again where it was moved to: if it isn't the one that was analysed, it goes
/// back. At any instant the input is in exactly one place.
struct Disposal {
  enum Failure: Error {
    case system(Errno)
    /// Somebody wrote under the name meanwhile; the file is where it was.
    case replaced
  }

  let folder: Folder
  let fileSystem: any FileSystem

  /// - Parameter target: an absolute path, or one relative to the drop folder, made there if missing.
  func move(_ name: [UInt8], _ analysed: FileStatus, to target: [UInt8], sha256: String?) throws(Failure) {
    let directory = try system { () throws(Errno) in try open(target) }
    defer { fileSystem.release(directory) }
    let tag = sha256.map { Array("~".utf8) + Array($0.utf8.prefix(8)) } ?? Array("~".utf8)
    var candidates = [name, name + tag]
    candidates += (2...9).map { name + tag + Array(".\($0)".utf8) }
    for candidate in candidates {
      do throws(Failure) {
        return try take(name, analysed, to: candidate, at: directory)
      } catch {
        guard case .system(let cause) = error, cause.code == EEXIST else { throw error }
      }
    }
    throw .system(Errno(EEXIST))
  }

  func delete(_ name: [UInt8], _ analysed: FileStatus) throws(Failure) {
    try take(name, analysed, to: name, at: folder.deleting)
    try system { () throws(Errno) in try fileSystem.remove(name, at: folder.deleting) }
  }

  private func take(
    _ name: [UInt8], _ analysed: FileStatus, to newName: [UInt8], at directory: Int32
  ) throws(Failure) {
    let before = try system { () throws(Errno) in try fileSystem.status(of: name, at: folder.descriptor) }
    guard before.isUnchanged(from: analysed) else { throw .replaced }
    let found = try system { () throws(Errno) in
      try fileSystem.rename(name, at: folder.descriptor, to: newName, at: directory, replacing: false)
      return try fileSystem.status(of: newName, at: directory)
    }
    // The rename itself has set the change time.
    if found.isSameFile(as: analysed), found.size == analysed.size, found.modified == analysed.modified { return }
    try? fileSystem.rename(newName, at: directory, to: name, at: folder.descriptor, replacing: false)
    throw .replaced
  }

  private func open(_ target: [UInt8]) throws(Errno) -> Int32 {
    let flags = O_RDONLY | O_DIRECTORY
    if target.first != UInt8(ascii: "/") {
      try? fileSystem.makeDirectory(target, at: folder.descriptor, mode: 0o750)
    }
    return try fileSystem.open(target, at: folder.descriptor, flags: flags, mode: 0)
  }

  private func system<Value>(_ body: () throws(Errno) -> Value) throws(Failure) -> Value {
    do throws(Errno) {
      return try body()
    } catch {
      throw .system(error)
    }
  }
}
