internal import Glibc

/// What the spool remembers between runs, outside the folder: the index, the crash counters, and a mark that it runs.
///
/// Layout: `index` (a cache), `attempts/` (see `Attempts`), `running` (there from start to clean stop: found at start, it
/// tells that the last run ended badly), `lock`. Everything may be deleted while the daemon is down.
final class StateDirectory {
  private static let running = Array("running".utf8)
  private static let index = Array("index".utf8)
  /// A larger index is not read. Bytes; 16 for each input.
  private static let largestIndex = 512 << 20

  let path: [UInt8]
  let attempts: Int32
  /// Whether the last run ended without `markStopped()`.
  let wasInterrupted: Bool
  private let descriptor: Int32
  private let lock: Int32
  private let fileSystem: any FileSystem

  init(path: [UInt8], fileSystem: any FileSystem) throws(SpoolError) {
    var opened: [Int32] = []
    do throws(Errno) {
      try? fileSystem.makeDirectory(path, at: AT_FDCWD, mode: 0o700)
      let descriptor = try fileSystem.open(path, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY, mode: 0)
      opened.append(descriptor)
      let lock = try fileSystem.open(
        Array("lock".utf8), at: descriptor, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o600)
      opened.append(lock)
      try fileSystem.lock(lock)
      let attempts = try Folder.directory(Array("attempts".utf8), at: descriptor, fileSystem)
      opened.append(attempts)
      wasInterrupted = (try? fileSystem.status(of: Self.running, at: descriptor)) != nil
      try fileSystem.replaceFile(Self.running, at: descriptor, with: Array("\(getpid())\n".utf8), mode: 0o600)
      try fileSystem.synchronizeFully(descriptor)
      (self.path, self.descriptor, self.lock, self.attempts) = (path, descriptor, lock, attempts)
      self.fileSystem = fileSystem
    } catch {
      for descriptor in opened { fileSystem.release(descriptor) }
      if error.code == EAGAIN {
        throw SpoolError(.locked, path: path, errno: error, message: "another daemon uses this state directory")
      }
      throw SpoolError(
        .state, path: path, errno: error, message: "the state directory can't be used: \(error.message)")
    }
  }

  func markStopped() {
    try? fileSystem.remove(Self.running, at: descriptor)
    try? fileSystem.synchronizeFully(descriptor)
  }

  /// False where there is none, or a damaged one: then everything is compared anew.
  func load(_ index: StatIndex) -> Bool {
    guard let bytes = try? fileSystem.contents(Self.index, at: descriptor, limit: Self.largestIndex) else {
      return false
    }
    return index.load(bytes)
  }

  func save(_ index: StatIndex) throws(Errno) {
    guard index.isDirty else { return }
    try fileSystem.replaceFile(Self.index, at: descriptor, with: index.serialised(), mode: 0o600)
  }

  func close() {
    try? fileSystem.unlock(lock)
    for descriptor in [lock, attempts, descriptor] { fileSystem.release(descriptor) }
  }
}
