internal import Glibc

/// The system calls of the spool, on bytes: the seam where tests inject faults. Names and paths hold no NUL. Every call
/// fails with the kernel's error number; EINTR and short counts are the callers' affair (see `FileSystem+Whole`).
package protocol FileSystem: AnyObject {
  /// openat(2), always close-on-exec. `directory` counts only for relative paths.
  func open(_ path: [UInt8], at directory: Int32, flags: Int32, mode: UInt32) throws(Errno) -> Int32
  /// Opens `name` in `directory` itself: no symbolic link, no way out, no other mount needed to be crossed.
  func openBeneath(_ name: [UInt8], at directory: Int32, flags: Int32) throws(Errno) -> Int32
  func close(_ descriptor: Int32) throws(Errno)

  func status(of descriptor: Int32) throws(Errno) -> FileStatus
  /// Of `name` itself, even where it is a symbolic link.
  func status(of name: [UInt8], at directory: Int32) throws(Errno) -> FileStatus
  func mountID(of descriptor: Int32) throws(Errno) -> UInt64
  /// The filesystem's magic number.
  func fileSystemType(of descriptor: Int32) throws(Errno) -> UInt64

  func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int
  /// fsync(2).
  func synchronize(_ descriptor: Int32) throws(Errno)
  func setMode(of descriptor: Int32, _ mode: UInt32) throws(Errno)
  func setGroup(of descriptor: Int32, _ group: UInt32) throws(Errno)

  /// EEXIST where the new name exists and is not to be replaced.
  func rename(
    _ name: [UInt8], at directory: Int32, to newName: [UInt8], at newDirectory: Int32, replacing: Bool
  ) throws(Errno)
  func remove(_ name: [UInt8], at directory: Int32) throws(Errno)
  func makeDirectory(_ name: [UInt8], at directory: Int32, mode: UInt32) throws(Errno)
  /// getdents64(2): bytes of whole records put into `buffer`; 0 at the end.
  func entries(of directory: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int

  /// Fails with EAGAIN where somebody may write to the file, with another error where the kernel can't tell.
  func probeLease(on descriptor: Int32) throws(Errno)
  /// Fails with EAGAIN where another process has the lock.
  func lock(_ descriptor: Int32) throws(Errno)
  /// Closing is not enough: a child between fork and exec has the lock as well.
  func unlock(_ descriptor: Int32) throws(Errno)

  /// inotify_init1(2), non-blocking.
  func makeWatchInstance() throws(Errno) -> Int32
  func addWatch(_ instance: Int32, on path: [UInt8], mask: UInt32) throws(Errno) -> Int32
}

/// What fstat(2) says of a file, times in nanoseconds since 1970.
package struct FileStatus: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
  /// Bytes.
  package var size: Int
  package var modified: Int64
  package var changed: Int64
  package var mode: UInt32
  package var links: UInt64
  package var user: UInt32
  package var group: UInt32

  init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
    mode = status.st_mode
    links = UInt64(status.st_nlink)
    user = status.st_uid
    group = status.st_gid
  }

  package var isRegular: Bool { mode & S_IFMT == S_IFREG }
  package var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
  package var isSymbolicLink: Bool { mode & S_IFMT == S_IFLNK }

  package func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }

  /// Whether nothing can have been written between the two looks. The change time can't be set back by anyone.
  package func isUnchanged(from other: FileStatus) -> Bool {
    isSameFile(as: other) && size == other.size && modified == other.modified && changed == other.changed
  }
}
