internal import Glibc

/// The drop folder while it is open, and our own folder `.telex/` in it: `tmp/` for results under construction,
/// `deleting/` for inputs between two looks at them (see `Disposal`), `quarantine/`, and the lock that keeps a second
/// daemon out. The lock dies with the process. Holding it, and the folder, makes a plain umount answer "busy".
///
/// Before it: a path. After it: everything that is done in the folder goes through these descriptors, so a folder
/// renamed or mounted over meanwhile can't divert a write; `FolderIdentity` notices that the path leads elsewhere.
/// Invariant: one `Folder` is one directory on one mount, and while it exists the lock is ours.
final class Folder {
  /// Why a path can't be opened as a drop folder.
  struct Failure: Error {
    let loss: FolderLoss
    let path: [UInt8]
    let errno: Errno?
  }

  static let workspaceName = Array(".telex".utf8)

  let path: [UInt8]
  let descriptor: Int32
  let identity: FolderIdentity
  /// Whose the folder is: files linked into it must be theirs, results get the group.
  let status: FileStatus
  let fileSystemType: FileSystemType
  /// The mount that ours is mounted on; nil where the table of mounts did not have ours when the folder was opened, so that
  /// its absence later says nothing.
  let mountedOn: UInt64?
  let workspace: Int32
  let temporary: Int32
  let deleting: Int32
  private let lock: Int32
  private let fileSystem: any FileSystem

  init(path: [UInt8], fileSystem: any FileSystem) throws(Failure) {
    var opened: [Int32] = []
    do throws(Failure) {
      let folder = try Self.step(path, .missing) { () throws(Errno) in
        try fileSystem.open(path, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY, mode: 0)
      }
      opened.append(folder)
      let (status, identity, type) = try Self.step(path, .unreadable) { () throws(Errno) in
        (
          try fileSystem.status(of: folder), try FolderIdentity(of: folder, fileSystem),
          FileSystemType(magic: try fileSystem.fileSystemType(of: folder))
        )
      }
      let ownPath = path + [UInt8(ascii: "/")] + Self.workspaceName
      let workspace = try Self.step(ownPath, .workspace) { () throws(Errno) in
        try Self.directory(Self.workspaceName, at: folder, fileSystem)
      }
      opened.append(workspace)
      try Self.check(workspace, at: ownPath, isOn: status.device, fileSystem)
      let lock = try Self.step(ownPath, .workspace) { () throws(Errno) in
        try fileSystem.open(
          Array("lock".utf8), at: workspace, flags: O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, mode: 0o600)
      }
      opened.append(lock)
      try Self.step(ownPath + Array("/lock".utf8), .locked) { () throws(Errno) in try fileSystem.lock(lock) }
      let temporary = try Self.step(ownPath, .workspace) { () throws(Errno) in
        try Self.directory(Array("tmp".utf8), at: workspace, fileSystem)
      }
      opened.append(temporary)
      let deleting = try Self.step(ownPath, .workspace) { () throws(Errno) in
        try Self.directory(Array("deleting".utf8), at: workspace, fileSystem)
      }
      self.path = path
      self.descriptor = folder
      self.identity = identity
      self.status = status
      self.fileSystemType = type
      mountedOn = Mounts(fileSystem)?.parent(of: identity.mount)
      self.workspace = workspace
      self.temporary = temporary
      self.deleting = deleting
      self.lock = lock
      self.fileSystem = fileSystem
    } catch {
      for descriptor in opened { fileSystem.release(descriptor) }
      throw error
    }
    emptyTemporary()
    restoreDeleting()
  }

  /// Whether our own folder is still linked in its place.
  var isIntact: Bool {
    guard let own = try? fileSystem.status(of: workspace), own.links > 0,
      let found = try? fileSystem.status(of: Self.workspaceName, at: descriptor)
    else { return false }
    return found.isSameFile(as: own)
  }

  func close() {
    try? fileSystem.unlock(lock)
    for descriptor in [lock, deleting, temporary, workspace, descriptor] { fileSystem.release(descriptor) }
  }

  /// Whatever lies in `tmp/` is what a killed daemon was writing: the lock says that nobody writes there now.
  private func emptyTemporary() {
    for name in names(in: temporary) { try? fileSystem.remove(name, at: temporary) }
  }

  /// An input that was about to be deleted may have been replaced at that moment: the ledger will tell.
  private func restoreDeleting() {
    for name in names(in: deleting) {
      try? fileSystem.rename(name, at: deleting, to: name, at: descriptor, replacing: false)
    }
  }

  private func names(in directory: Int32) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var listing = Listing(directory: directory, fileSystem: fileSystem)
    while let entries = try? listing.next(), !entries.isEmpty { names += entries.map(\.name) }
    return names
  }

  /// Opens the subfolder, made if missing.
  static func directory(_ name: [UInt8], at parent: Int32, _ fileSystem: any FileSystem) throws(Errno) -> Int32 {
    do throws(Errno) {
      try fileSystem.makeDirectory(name, at: parent, mode: 0o700)
    } catch {
      guard error.code == EEXIST else { throw error }
    }
    return try fileSystem.openBeneath(name, at: parent, flags: O_RDONLY | O_DIRECTORY)
  }

  private static func check(
    _ workspace: Int32, at path: [UInt8], isOn device: UInt64, _ fileSystem: any FileSystem
  ) throws(Failure) {
    let own = try step(path, .workspace) { () throws(Errno) in try fileSystem.status(of: workspace) }
    guard own.device == device, own.user == geteuid() else {
      throw Failure(loss: .workspace, path: path, errno: nil)
    }
  }

  private static func step<Value>(
    _ path: [UInt8], _ loss: FolderLoss, _ body: () throws(Errno) -> Value
  ) throws(Failure) -> Value {
    do throws(Errno) {
      return try body()
    } catch {
      let isMissing = error.code == ENOENT || error.code == ENOTDIR || error.code == ESTALE
      throw Failure(loss: loss == .missing && !isMissing ? .unreadable : loss, path: path, errno: error)
    }
  }
}
