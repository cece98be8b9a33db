internal import Glibc

/// The entries of an open directory, some hundreds at a time, as bytes.
struct Listing {
  struct Entry {
    let name: [UInt8]
    /// Whether the directory says it is something else than a regular file. Filesystems may not say.
    let isSpecial: Bool
  }

  private let directory: Int32
  private let fileSystem: any FileSystem
  private var buffer = [UInt8](repeating: 0, count: 32 << 10)

  /// Reads from the directory's present position on.
  init(directory: Int32, fileSystem: any FileSystem) {
    self.directory = directory
    self.fileSystem = fileSystem
  }

  /// The next entries, without `.` and `..`; empty at the end.
  mutating func next() throws(Errno) -> [Entry] {
    while true {
      let length = try fill()
      if length == 0 { return [] }
      let entries = parse(length)
      if !entries.isEmpty { return entries }
    }
  }

  private mutating func fill() throws(Errno) -> Int {
    let (directory, fileSystem) = (directory, fileSystem)
    var failure: Errno?
    let length = buffer.withUnsafeMutableBytes { bytes -> Int in
      do throws(Errno) {
        return try fileSystem.uninterrupted { () throws(Errno) in
          try fileSystem.entries(of: directory, into: bytes)
        }
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return length
  }

  /// Records of getdents64(2): inode 8 bytes, offset 8, length 2, type 1, name to its NUL.
  private func parse(_ length: Int) -> [Entry] {
    var entries: [Entry] = []
    var start = 0
    while start + 19 <= length {
      let recordLength = Int(buffer[start + 16]) | Int(buffer[start + 17]) << 8
      guard recordLength > 19, start + recordLength <= length else { break }
      let name = Array(buffer[(start + 19)..<(start + recordLength)].prefix { $0 != 0 })
      let type = Int(buffer[start + 18])
      if name != [UInt8(ascii: ".")], name != Array("..".utf8) {
        entries.append(Entry(name: name, isSpecial: type != Int(DT_REG) && type != Int(DT_UNKNOWN)))
      }
      start += recordLength
    }
    return entries
  }
}
