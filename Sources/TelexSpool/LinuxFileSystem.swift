internal import CTelexShims
internal import Glibc

/// The real system calls.
package final class LinuxFileSystem: FileSystem {
  package init() {}

  package func open(_ path: [UInt8], at directory: Int32, flags: Int32, mode: UInt32) throws(Errno) -> Int32 {
    try check(withCString(path) { openat(directory, $0, flags | O_CLOEXEC, mode) })
  }

  package func openBeneath(_ name: [UInt8], at directory: Int32, flags: Int32) throws(Errno) -> Int32 {
    var how = open_how()
    how.flags = UInt64(UInt32(bitPattern: flags | O_CLOEXEC | O_NOFOLLOW))
    how.resolve = UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS)
    let descriptor = withCString(name) { telex_openat2(directory, $0, &how) }
    if descriptor >= 0 { return descriptor }
    let error = Errno.last
    // Kernels and sandboxes without openat2: a single name can't leave the folder but through a link.
    guard error.code == ENOSYS || error.code == EPERM else { throw error }
    guard !name.contains(UInt8(ascii: "/")), name != Array("..".utf8) else { throw Errno(EXDEV) }
    return try open(name, at: directory, flags: flags | O_NOFOLLOW, mode: 0)
  }

  package func close(_ descriptor: Int32) throws(Errno) { try check(Glibc.close(descriptor)) }

  package func status(of descriptor: Int32) throws(Errno) -> FileStatus {
    var status = stat()
    try check(fstat(descriptor, &status))
    return FileStatus(status)
  }

  package func status(of name: [UInt8], at directory: Int32) throws(Errno) -> FileStatus {
    var status = stat()
    try check(withCString(name) { fstatat(directory, $0, &status, AT_SYMLINK_NOFOLLOW) })
    return FileStatus(status)
  }

  package func mountID(of descriptor: Int32) throws(Errno) -> UInt64 {
    var mount: UInt64 = 0
    try check(telex_mount_id(descriptor, &mount))
    return mount
  }

  package func fileSystemType(of descriptor: Int32) throws(Errno) -> UInt64 {
    var type: UInt64 = 0
    try check(telex_filesystem_type(descriptor, &type))
    return type
  }

  package func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try check(Glibc.read(descriptor, buffer.baseAddress, buffer.count))
  }

  package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
    try check(Glibc.write(descriptor, bytes.baseAddress, bytes.count))
  }

  package func synchronize(_ descriptor: Int32) throws(Errno) { try check(fsync(descriptor)) }
  package func setMode(of descriptor: Int32, _ mode: UInt32) throws(Errno) { try check(fchmod(descriptor, mode)) }
  package func setGroup(of descriptor: Int32, _ group: UInt32) throws(Errno) {
    try check(fchown(descriptor, uid_t.max, group))
  }

  package func rename(
    _ name: [UInt8], at directory: Int32, to newName: [UInt8], at newDirectory: Int32, replacing: Bool
  ) throws(Errno) {
    guard !replacing else {
      try check(withCString(name) { old in withCString(newName) { renameat(directory, old, newDirectory, $0) } })
      return
    }
    let result = withCString(name) { old in
      withCString(newName) { telex_rename_noreplace(directory, old, newDirectory, $0) }
    }
    if result == 0 { return }
    // Some filesystems don't know the flag; a hard link never replaces either.
    let error = Errno.last
    guard error.code == EINVAL || error.code == ENOSYS else { throw error }
    try check(withCString(name) { old in withCString(newName) { linkat(directory, old, newDirectory, $0, 0) } })
    try remove(name, at: directory)
  }

  package func remove(_ name: [UInt8], at directory: Int32) throws(Errno) {
    try check(withCString(name) { unlinkat(directory, $0, 0) })
  }

  package func makeDirectory(_ name: [UInt8], at directory: Int32, mode: UInt32) throws(Errno) {
    try check(withCString(name) { mkdirat(directory, $0, mode) })
  }

  package func entries(of directory: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try check(telex_entries(directory, buffer.baseAddress, buffer.count))
  }

  package func probeLease(on descriptor: Int32) throws(Errno) { try check(telex_probe_lease(descriptor)) }
  package func lock(_ descriptor: Int32) throws(Errno) { try check(telex_lock(descriptor)) }
  package func unlock(_ descriptor: Int32) throws(Errno) { try check(telex_unlock(descriptor)) }

  package func makeWatchInstance() throws(Errno) -> Int32 {
    try check(inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC)))
  }

  package func addWatch(_ instance: Int32, on path: [UInt8], mask: UInt32) throws(Errno) -> Int32 {
    try check(withCString(path) { inotify_add_watch(instance, $0, mask) })
  }

  @discardableResult
  private func check<Number: SignedInteger>(_ result: Number) throws(Errno) -> Number {
    guard result >= 0 else { throw Errno.last }
    return result
  }

  private func withCString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      for (index, byte) in bytes.enumerated() { buffer.initializeElement(at: index, to: CChar(bitPattern: byte)) }
      buffer.initializeElement(at: bytes.count, to: 0)
      guard let start = buffer.baseAddress else { return body("") }
      return body(start)
    }
  }
}
