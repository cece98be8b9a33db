internal import Glibc

/// The mounts this process sees, by `/proc/self/mountinfo`: the number of each, and of the one it is mounted on. Not all
/// that it uses are there: in a chroot, the one that its root lies on is left out.
struct Mounts {
  private static let largestTable = 4 << 20

  private let parents: [UInt64: UInt64]

  /// Nil where the table can't be read.
  init?(_ fileSystem: any FileSystem) {
    let path = Array("/proc/self/mountinfo".utf8)
    guard let table = try? fileSystem.contents(path, at: AT_FDCWD, limit: Self.largestTable) else { return nil }
    var parents: [UInt64: UInt64] = [:]
    for line in table.split(separator: UInt8(ascii: "\n")) {
      let numbers = line.split(separator: UInt8(ascii: " "), maxSplits: 2).prefix(2)
      let read = numbers.compactMap { UInt64(String(decoding: $0, as: UTF8.self)) }
      if read.count == 2 { parents[read[0]] = read[1] }
    }
    self.parents = parents
  }

  /// The mount that this one is mounted on; nil where the table doesn't have it.
  func parent(of mount: UInt64) -> UInt64? { parents[mount] }
}
