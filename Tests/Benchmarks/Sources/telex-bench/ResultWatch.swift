import Glibc

/// Sees results appear in a folder: they are renamed into it.
final class ResultWatch {
  private let descriptor: Int32
  /// Results seen so far.
  private(set) var count = 0
  /// Whether the kernel dropped notifications, so that `count` is too small.
  private(set) var hasOverflowed = false

  init(_ folder: String) throws {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0, inotify_add_watch(descriptor, folder, UInt32(IN_MOVED_TO)) >= 0 else {
      throw Failure(call: "inotify on \(folder)")
    }
  }

  deinit { close(descriptor) }

  /// Waits until something was renamed into the folder, at most `seconds`, and counts the results among it.
  /// - Returns: the name of the last result seen; nil for none.
  @discardableResult
  func wait(seconds: Double) -> String? {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Int32(seconds * 1000)) > 0 else { return nil }
    var last: String?
    withUnsafeTemporaryAllocation(byteCount: 1 << 18, alignment: 8) { buffer in
      let length = read(descriptor, buffer.baseAddress, buffer.count)
      var offset = 0
      while offset + MemoryLayout<inotify_event>.size <= length {
        let event = buffer.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
        if event.mask & UInt32(IN_Q_OVERFLOW) != 0 { hasOverflowed = true }
        let start = offset + MemoryLayout<inotify_event>.size
        let name = UnsafeRawBufferPointer(rebasing: buffer[start..<(start + Int(event.len))]).prefix { $0 != 0 }
        if name.suffix(11).elementsEqual(".telex.json".utf8) {
          count += 1
          last = String(decoding: name, as: UTF8.self)
        }
        offset = start + Int(event.len)
      }
    }
    return last
  }
}
