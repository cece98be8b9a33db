internal import Glibc

/// The mounts this process sees, by `/proc/self/mountinfo`. Not all it uses are there: in a chroot, the one that its root
/// lies on is left out.
enum Mounts {
  private static let largestTable = 4 << 20

  /// Whether the mount is in the table. True where the table can't be read.
  static func lists(_ mount: UInt64, _ fileSystem: any FileSystem) -> Bool {
    let path = Array("/proc/self/mountinfo".utf8)
    guard mount != 0, let table = try? fileSystem.contents(path, at: AT_FDCWD, limit: largestTable) else { return true }
    let start = Array("\(mount) ".utf8)
    return table.split(separator: UInt8(ascii: "\n")).contains { $0.starts(with: start) }
  }
}
