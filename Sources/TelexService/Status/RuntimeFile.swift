import Glibc

/// A small file for others to read, replaced whole: whoever reads it sees the old contents or the new.
struct RuntimeFile {
  let path: String

  /// - Returns: 0, or the errno of the step that failed.
  func replace(_ contents: [UInt8]) -> Int32 {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return errno }
    // Monitoring reads it under another user, whatever the service's umask.
    fchmod(descriptor, 0o644)
    let written = write(descriptor, contents, contents.count)
    let writeError = written == contents.count ? 0 : (written < 0 ? errno : ENOSPC)
    close(descriptor)
    guard writeError == 0 else {
      unlink(temporary)
      return writeError
    }
    return rename(temporary, path) == 0 ? 0 : errno
  }

  func remove() { unlink(path) }
}
