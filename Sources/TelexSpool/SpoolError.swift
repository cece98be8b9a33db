/// Why a spool could not start. `code` is stable; `message` says what to do.
package struct SpoolError: Error, Sendable, Equatable {
  package enum Code: String, Sendable {
    /// Another daemon serves this folder: exit status 75.
    case locked
    /// The folder is missing or is no folder, and the configuration insists on it: exit status 78.
    case folderMissing = "folder-missing"
    /// The folder, or our own folder in it, can't be used: exit status 77.
    case permission
    /// `.telex` is not a folder of ours: exit status 78.
    case workspace
    /// The state directory can't be used: exit status 74.
    case state
    /// Any other failure of a system call: exit status 74.
    case system
    /// `reconfigure` was asked to change what only a restart can: the folder or the state directory.
    case unchangeable
  }

  package let code: Code
  package let path: [UInt8]
  package let errno: Errno?
  package let message: String

  package init(_ code: Code, path: [UInt8], errno: Errno? = nil, message: String) {
    self.code = code
    self.path = path
    self.errno = errno
    self.message = message
  }
}
