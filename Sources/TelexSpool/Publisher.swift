internal import Glibc

/// Puts results into the folder so that one that exists is complete, and one that is announced survives a power cut.
///
/// Before it: the handler's bytes. After it: `Session` synchronises the folder once for all results of a turn, and only
/// then announces them. In order: `stage` writes a new file in `.telex/tmp` and synchronises it; the caller makes sure
/// that the input is still the one analysed; `place` gives it the result's name, replacing nothing but a result of ours;
/// `synchronizeFolder` makes the name durable. After a failed fsync the pages may be lost though a second fsync would
/// succeed, so the temporary goes, and the next try begins with a new file.
struct Publisher {
  enum Failure: Error, Equatable {
    /// Something that isn't ours has the result's name.
    case conflict
    /// The result could not be made.
    case writing(Errno)
    /// It was made, and could not be given its name.
    case placing(Errno)
  }

  /// A finished temporary.
  struct Staged {
    let name: [UInt8]
  }

  let folder: Folder
  let fileSystem: any FileSystem
  var mode: UInt32 {
    didSet { discardPrepared() }
  }
  private var lastNumber: UInt64 = 0
  /// An empty temporary for the next result.
  private var prepared: (name: [UInt8], file: Int32)?

  init(folder: Folder, fileSystem: any FileSystem, mode: UInt32) {
    self.folder = folder
    self.fileSystem = fileSystem
    self.mode = mode
  }

  /// Makes the file of the next result while the handler is at work on it, so that the result doesn't wait for that: ext4
  /// without a journal takes more than a millisecond where files were deleted in the minutes before. A failure is told when
  /// it comes again in `stage`.
  mutating func prepare() {
    if prepared == nil { prepared = try? create() }
  }

  /// When nothing is in hand that it could serve.
  mutating func discardPrepared() {
    guard let (name, file) = prepared else { return }
    prepared = nil
    fileSystem.release(file)
    discard(Staged(name: name))
  }

  mutating func stage(_ bytes: [UInt8]) throws(Errno) -> Staged {
    let (name, file) = if let prepared { prepared } else { try create() }
    prepared = nil
    do throws(Errno) {
      do throws(Errno) {
        // Whatever the umask; and the group may be refused us, which readers will notice soon enough.
        try fileSystem.setMode(of: file, mode)
        try? fileSystem.setGroup(of: file, folder.status.group)
        try fileSystem.writeAll(file, bytes)
        try fileSystem.synchronizeFully(file)
      } catch {
        fileSystem.release(file)
        throw error
      }
      try fileSystem.close(file)
    } catch {
      discard(Staged(name: name))
      throw error
    }
    return Staged(name: name)
  }

  /// Throws `conflict` where what is found is neither nothing nor what `standing` says.
  func place(_ staged: Staged, as result: [UInt8], over standing: Ledger.Standing) throws(Failure) {
    let isReplacing: Bool
    switch standing {
    case .foreign: throw .conflict
    case .absent: isReplacing = false
    case .ours(_, let expected):
      let found = try status(of: result)
      if let found, !found.isUnchanged(from: expected) { throw .conflict }
      isReplacing = found != nil
    }
    do throws(Errno) {
      try fileSystem.rename(
        staged.name, at: folder.temporary, to: result, at: folder.descriptor, replacing: isReplacing)
    } catch {
      throw error.code == EEXIST || error.code == EISDIR || error.code == ENOTDIR ? .conflict : .placing(error)
    }
  }

  private func status(of result: [UInt8]) throws(Failure) -> FileStatus? {
    do throws(Errno) {
      return try fileSystem.status(of: result, at: folder.descriptor)
    } catch {
      guard error.code == ENOENT else { throw .placing(error) }
      return nil
    }
  }

  func discard(_ staged: Staged) { try? fileSystem.remove(staged.name, at: folder.temporary) }

  func synchronizeFolder() throws(Errno) {
    try fileSystem.synchronizeFully(folder.descriptor)
  }

  private mutating func create() throws(Errno) -> (name: [UInt8], file: Int32) {
    while true {
      lastNumber += 1
      let name = Array("\(getpid()).\(lastNumber)".utf8)
      do throws(Errno) {
        let file = try fileSystem.open(
          name, at: folder.temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
        return (name, file)
      } catch {
        // Somebody put something there: leave it, take the next number.
        guard error.code == EEXIST else { throw error }
      }
    }
  }
}
