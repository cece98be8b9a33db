internal import CTelexShims
internal import Glibc

/// Takes a file out of the folder into memory: guards, the question whether somebody still writes to it, bytes, digest.
///
/// Before it: a name that `Session` found ready. After it: `Ledger` says whether the work is done already; if not, the
/// handler gets the bytes. The file is looked at through a descriptor that can't be read (O_PATH), and then that very
/// inode is opened for reading: whatever a racer puts under the name in between, a pipe is never opened, a link never
/// followed. No descriptor outlives the call, and nothing is ever written to an input.
struct Claiming {
  enum Taken {
    case gone
    /// A symbolic link, a pipe, a device, a folder: never opened, no dispatch.
    case notAFile
    /// Somebody has it open for writing, or mapped.
    case busy
    /// The kernel can't say whether somebody writes. To be asked again with this status after a quiet period.
    case undecided(FileStatus)
    /// Not to be read: `code` is of the closed list of refusals.
    case refused(code: String, message: String, FileStatus)
    /// It changed while it was read.
    case changing
    case taken(Content)
  }

  struct Content {
    let bytes: [UInt8]
    let sha256: String
    let status: FileStatus
    /// Wall clock before reading: whether `status` will still tell a later change (see `StatIndex`).
    let readAt: Int64
  }

  /// The drop folder.
  let directory: Int32
  /// Whose the drop folder is.
  let owner: FileStatus
  let fileSystem: any FileSystem
  let clock: any SpoolClock
  var sizeLimit: Int
  var ownerPolicy: SpoolConfiguration.OwnerPolicy

  /// Throws what a system call failed with, where it isn't about the file having gone.
  /// - Parameter settled: a status found at least a quiet period ago; decides where the kernel can't.
  func take(_ name: [UInt8], settled: FileStatus?) throws(Errno) -> Taken {
    let path: Int32
    do throws(Errno) {
      path = try fileSystem.openBeneath(name, at: directory, flags: telex_open_path)
    } catch {
      switch error.code {
      case ENOENT: return .gone
      // A link, or a name that became a way out.
      case ELOOP, EXDEV, ENOTDIR: return .notAFile
      default: throw error
      }
    }
    defer { fileSystem.release(path) }
    let status = try fileSystem.status(of: path)
    guard status.isRegular else { return .notAFile }
    if let refusal = ownerRefusal(for: status) { return refusal }

    let file = try fileSystem.open(
      Array("/proc/self/fd/\(path)".utf8), at: AT_FDCWD, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY, mode: 0)
    defer { fileSystem.release(file) }
    switch writer(of: file) {
    case .some(true): return .busy
    case .some(false): break
    case .none:
      guard let settled, settled.isUnchanged(from: status) else { return .undecided(status) }
    }
    // Only now: a large file that is still being written is refused once, when it is finished.
    guard status.size <= sizeLimit else {
      return .refused(
        code: "too-large", message: "\(status.size) bytes, more than the limit of \(sizeLimit)", status)
    }
    return try read(file, as: status)
  }

  /// Whether somebody may write to the file; nil where the kernel won't tell (another's file without CAP_LEASE, or a
  /// filesystem without leases).
  private func writer(of file: Int32) -> Bool? {
    do throws(Errno) {
      try fileSystem.probeLease(on: file)
      return false
    } catch {
      return error.code == EAGAIN ? true : nil
    }
  }

  private func read(_ file: Int32, as status: FileStatus) throws(Errno) -> Taken {
    let readAt = clock.wall
    let bytes = try fileSystem.readAll(file, limit: sizeLimit + 1, expecting: status.size)
    let after = try fileSystem.status(of: file)
    guard after.isUnchanged(from: status), bytes.count == status.size else { return .changing }
    return .taken(Content(bytes: bytes, sha256: Digest.hex(of: bytes), status: status, readAt: readAt))
  }

  private func ownerRefusal(for status: FileStatus) -> Taken? {
    let isChecked =
      switch ownerPolicy {
      case .any: false
      case .checkAll: true
      case .checkLinks: status.links > 1
      }
    let isTrusted =
      status.user == geteuid() || status.user == owner.user || status.group == owner.group
    guard isChecked, !isTrusted else { return nil }
    return .refused(
      code: "owner",
      message: "owned by user \(status.user) and group \(status.group), who are not the folder's", status)
  }
}
