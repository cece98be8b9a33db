import Glibc

/// The error number of a system call that failed, as a value that can be thrown, compared and named.
package struct Errno: Error, Hashable, Sendable {
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  /// What the last failed call of this thread left behind.
  package static var last: Errno { Errno(errno) }

  /// The symbolic name administrators search for (`ENOSPC`), or the number where it is an unusual one.
  package var name: String { Self.names[code] ?? "errno \(code)" }

  /// The C library's sentence about it.
  package var message: String {
    guard let text = strerror(code) else { return name }
    return String(cString: text)
  }

  private static let names: [Int32: String] = [
    EPERM: "EPERM", ENOENT: "ENOENT", EINTR: "EINTR", EIO: "EIO", EBADF: "EBADF", EAGAIN: "EAGAIN", ENOMEM: "ENOMEM",
    EACCES: "EACCES", EBUSY: "EBUSY", EEXIST: "EEXIST", EXDEV: "EXDEV", ENODEV: "ENODEV", ENOTDIR: "ENOTDIR",
    EISDIR: "EISDIR", EINVAL: "EINVAL", ENFILE: "ENFILE", EMFILE: "EMFILE", EFBIG: "EFBIG", ENOSPC: "ENOSPC",
    EROFS: "EROFS", EMLINK: "EMLINK", ENAMETOOLONG: "ENAMETOOLONG", ENOSYS: "ENOSYS", ELOOP: "ELOOP",
    EOVERFLOW: "EOVERFLOW", EOPNOTSUPP: "EOPNOTSUPP", ETIMEDOUT: "ETIMEDOUT", ESTALE: "ESTALE", EDQUOT: "EDQUOT",
    ENOTEMPTY: "ENOTEMPTY", ENOTCONN: "ENOTCONN",
  ]
}
