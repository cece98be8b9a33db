internal import Crypto
import Glibc

/// A file that a person names on the command line, read whole.
package struct InputFile {
  package let bytes: [UInt8]
  /// Hex.
  package let sha256: String

  package enum Failure: Error, Equatable {
    case unreadable(String)
    /// More bytes than the limit; `size` as far as it is known.
    case tooLarge(size: Int)
  }

  /// - Parameters:
  ///   - path: raw bytes.
  ///   - limit: most bytes that are read.
  package init(path: [UInt8], limit: Int) throws(Failure) {
    // Not blocking: the name may be that of a pipe that nobody writes to.
    let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
    guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .unreadable(String(cString: strerror(errno))) }
    switch info.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .unreadable("Is a folder; name the files in it")
    default: throw .unreadable("Is no regular file; give pipes as -")
    }
    guard Int(info.st_size) <= limit else { throw .tooLarge(size: Int(info.st_size)) }
    try self.init(descriptor: descriptor, limit: limit, expecting: Int(info.st_size))
  }

  /// Reads an open descriptor to its end.
  package init(descriptor: Int32, limit: Int, expecting size: Int = 0) throws(Failure) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(String(cString: strerror(errno)))
      }
      bytes += buffer[..<count]
      hash.update(data: buffer[..<count])
      guard bytes.count <= limit else { throw .tooLarge(size: bytes.count) }
    }
    self.bytes = bytes
    sha256 = hash.finalize().reduce(into: "") { text, byte in
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}

extension [UInt8] {
  /// Calls `body` with these bytes and a NUL behind them. A NUL within ends the string early, as it does for the kernel.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    var terminated = map(CChar.init(bitPattern:))
    terminated.append(0)
    return terminated.withUnsafeBufferPointer { buffer in
      // The buffer holds at least its NUL.
      buffer.baseAddress.map(body) ?? body("")
    }
  }
}
