internal import CTelexShims
internal import Glibc

/// The results in the folder, read as the record of what is done. There is no other.
///
/// Before it: an input in memory. After it: done, or the handler's turn; `Publisher` replaces only what was ours here.
/// Done means: a regular file with the result's name exists, is a result of ours, and answers for this very content
/// under the present engine and configuration.
struct Ledger {
  /// What stands at the result's name.
  enum Standing: Equatable {
    case absent
    /// A result of ours, or at least the file we put there, and the status it had when looked at.
    case ours(ResultIdentity?, FileStatus)
    /// Anything else: never overwritten.
    case foreign
  }

  enum Verdict: Equatable {
    case done
    /// It answers for this content, but under another engine version or configuration.
    case outdated
    case open
  }

  /// Larger files are no results of ours. Bytes.
  static let largestResult = 256 << 20

  /// The drop folder.
  let directory: Int32
  let fileSystem: any FileSystem
  let reader: any ResultReader
  /// Knows the files we put there even if their content was destroyed since.
  let index: StatIndex

  func standing(of result: [UInt8]) throws(Errno) -> Standing {
    let path: Int32
    do throws(Errno) {
      path = try fileSystem.openBeneath(result, at: directory, flags: telex_open_path)
    } catch {
      if error.code == ENOENT { return .absent }
      if error.code == ELOOP || error.code == EXDEV { return .foreign }
      throw error
    }
    defer { fileSystem.release(path) }
    let status = try fileSystem.status(of: path)
    guard status.isRegular else { return .foreign }
    let isKnown = index.containsResult(result, status)
    guard status.size <= Self.largestResult else { return isKnown ? .ours(nil, status) : .foreign }
    let file: Int32
    do throws(Errno) {
      file = try fileSystem.open(
        Array("/proc/self/fd/\(path)".utf8), at: AT_FDCWD, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY, mode: 0)
    } catch {
      guard error.code == EACCES else { throw error }
      return isKnown ? .ours(nil, status) : .foreign
    }
    defer { fileSystem.release(file) }
    let bytes = try fileSystem.readAll(file, limit: Self.largestResult, expecting: status.size)
    if let identity = reader.identity(ofResult: bytes) { return .ours(identity, status) }
    return isKnown ? .ours(nil, status) : .foreign
  }

  /// - Parameter sha256: nil for an input refused unread, which is known by its size.
  func verdict(_ standing: Standing, name: [UInt8], sha256: String?, size: Int) -> Verdict {
    guard case .ours(let found?, _) = standing, found.name == nil || found.name == name else { return .open }
    guard found.sha256 == sha256, sha256 != nil || found.size == size else { return .open }
    let current = reader.current
    return found.version == current.version && found.configuration == current.configuration ? .done : .outdated
  }
}
