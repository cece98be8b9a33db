internal import Glibc

/// The kernel's notifications about one folder: hints that something happened, never the truth about it.
///
/// Before it: an open `Folder`. After it: `Session` turns each event into a state of the name it bears. One inotify
/// instance, one watch. OPEN, ACCESS and CLOSE_NOWRITE are never asked for: reading the folder would raise them and a
/// recovery scan would drown in its own events.
final class Watch {
  struct Event {
    let mask: UInt32
    /// Empty for events about the folder itself, and for an overflow.
    let name: [UInt8]

    func has(_ bits: Mask) -> Bool { mask & bits.rawValue != 0 }
    var isOverflow: Bool { has(.overflow) }
    /// The folder was deleted, moved or unmounted, or the watch is gone for another reason.
    var isEnd: Bool { has([.deleteSelf, .moveSelf, .unmount, .watchRemoved]) }
  }

  /// Bits of inotify(7).
  struct Mask: OptionSet {
    let rawValue: UInt32
    static let modify = Mask(rawValue: 0x2)
    static let attributes = Mask(rawValue: 0x4)
    static let closeWrite = Mask(rawValue: 0x8)
    static let movedFrom = Mask(rawValue: 0x40)
    static let movedTo = Mask(rawValue: 0x80)
    static let create = Mask(rawValue: 0x100)
    static let delete = Mask(rawValue: 0x200)
    static let deleteSelf = Mask(rawValue: 0x400)
    static let moveSelf = Mask(rawValue: 0x800)
    static let unmount = Mask(rawValue: 0x2000)
    static let overflow = Mask(rawValue: 0x4000)
    static let watchRemoved = Mask(rawValue: 0x8000)
    static let onlyDirectory = Mask(rawValue: 0x0100_0000)
    static let excludeUnlinked = Mask(rawValue: 0x0400_0000)
  }

  private static let subscribed: Mask = [
    .closeWrite, .movedTo, .movedFrom, .create, .delete, .modify, .attributes, .moveSelf, .deleteSelf,
    .onlyDirectory, .excludeUnlinked,
  ]

  let descriptor: Int32
  private let fileSystem: any FileSystem
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  /// Watches the directory itself that `folder` is, through its descriptor, so that no other can slip in.
  init(folder: Int32, fileSystem: any FileSystem) throws(Errno) {
    self.fileSystem = fileSystem
    descriptor = try fileSystem.makeWatchInstance()
    do throws(Errno) {
      _ = try fileSystem.addWatch(descriptor, on: Array("/proc/self/fd/\(folder)".utf8), mask: Self.subscribed.rawValue)
    } catch {
      fileSystem.release(descriptor)
      throw error
    }
  }

  func close() { fileSystem.release(descriptor) }

  /// Events that have come since; empty when there are none left.
  func next() throws(Errno) -> [Event] {
    var failure: Errno?
    let length = buffer.withUnsafeMutableBytes { bytes -> Int in
      do throws(Errno) {
        return try fileSystem.uninterrupted { () throws(Errno) in try fileSystem.read(descriptor, into: bytes) }
      } catch {
        if error.code != EAGAIN { failure = error }
        return 0
      }
    }
    if let failure { throw failure }
    return parse(length)
  }

  /// Records of inotify(7): watch 4 bytes, mask 4, cookie 4, length 4, name padded with NULs to that length.
  private func parse(_ length: Int) -> [Event] {
    var events: [Event] = []
    var start = 0
    buffer.withUnsafeBytes { bytes in
      while start + 16 <= length {
        let mask = bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
        let nameLength = Int(bytes.loadUnaligned(fromByteOffset: start + 12, as: UInt32.self))
        guard start + 16 + nameLength <= length else { break }
        let name = bytes[(start + 16)..<(start + 16 + nameLength)].prefix { $0 != 0 }
        events.append(Event(mask: mask, name: Array(name)))
        start += 16 + nameLength
      }
    }
    return events
  }
}
