internal import Glibc

/// Calls carried through to their end: interrupted ones repeated, short counts continued.
extension FileSystem {
  /// Everything from the present position to the end of the file, but at most `limit` bytes.
  /// - Parameter size: bytes that are probably there: then two reads do.
  package func readAll(_ descriptor: Int32, limit: Int, expecting size: Int = 0) throws(Errno) -> [UInt8] {
    var bytes = try readOnce(descriptor, upTo: min(max(size + 1, 4096), limit))
    while !bytes.isEmpty, bytes.count < limit {
      let more = try readOnce(descriptor, upTo: min(max(4096, bytes.count), limit - bytes.count))
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  private func readOnce(_ descriptor: Int32, upTo room: Int) throws(Errno) -> [UInt8] {
    var failure: Errno?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      do throws(Errno) {
        count = try uninterrupted { () throws(Errno) in
          try read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  package func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) throws(Errno) {
    var failure: Errno?
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty, failure == nil {
        do throws(Errno) {
          let part = UnsafeRawBufferPointer(rebasing: rest)
          let count = try uninterrupted { () throws(Errno) in try write(descriptor, part) }
          // A write that accepts nothing and says nothing would be tried for ever.
          if count == 0 { throw Errno(ENOSPC) }
          rest = rest.dropFirst(count)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// fsync(2), carried through.
  func synchronizeFully(_ descriptor: Int32) throws(Errno) {
    try uninterrupted { () throws(Errno) in try synchronize(descriptor) }
  }

  /// Repeats `call` while a signal interrupts it.
  package func uninterrupted<Value>(_ call: () throws(Errno) -> Value) throws(Errno) -> Value {
    while true {
      do throws(Errno) {
        return try call()
      } catch {
        guard error.code == EINTR else { throw error }
      }
    }
  }

  /// Closes without regard to errors, where nothing was written through the descriptor.
  package func release(_ descriptor: Int32) { try? close(descriptor) }

  /// Writes a small file as a whole: new temporary, fsync, rename. The directory itself is not synchronised.
  func replaceFile(_ name: [UInt8], at directory: Int32, with bytes: [UInt8], mode: UInt32) throws(Errno) {
    let temporary = name + Array(".new".utf8)
    try? remove(temporary, at: directory)
    let descriptor = try open(
      temporary, at: directory, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
    do throws(Errno) {
      do throws(Errno) {
        try writeAll(descriptor, bytes)
        try synchronizeFully(descriptor)
      } catch {
        release(descriptor)
        throw error
      }
      try close(descriptor)
      try rename(temporary, at: directory, to: name, at: directory, replacing: true)
    } catch {
      try? remove(temporary, at: directory)
      throw error
    }
  }

  /// The whole of a small regular file.
  func contents(_ name: [UInt8], at directory: Int32, limit: Int) throws(Errno) -> [UInt8] {
    let descriptor = try open(name, at: directory, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, mode: 0)
    defer { release(descriptor) }
    return try readAll(descriptor, limit: limit)
  }
}
