import Glibc

/// Stands in for systemd's or the journal's socket: receives datagrams, and waits for them.
final class FakeSocket {
  let path: String
  private let descriptor: Int32

  /// - Parameters:
  ///   - path: where to listen; `@NAME` is in the abstract name space.
  init(path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw POSIXFailure(call: "socket", code: errno) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { sunPath in
      sunPath.copyBytes(from: bytes)
      if path.hasPrefix("@") { sunPath[0] = 0 }
    }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (path.hasPrefix("@") ? 0 : 1))
    let bound = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard bound == 0 else { throw POSIXFailure(call: "bind \(path)", code: errno) }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// The next datagram; nil where none comes within the patience of a test.
  func receive(patience: Duration = .seconds(30)) -> [UInt8]? {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let (seconds, attoseconds) = patience.components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    guard poll(&ready, 1, Int32(milliseconds)) == 1 else { return nil }
    return take()
  }

  /// The datagrams that are there now.
  func waiting() -> [[UInt8]] {
    var datagrams: [[UInt8]] = []
    while let datagram = take(MSG_DONTWAIT) { datagrams.append(datagram) }
    return datagrams
  }

  private func take(_ flags: Int = 0) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    let count = recv(descriptor, &buffer, buffer.count, Int32(flags))
    return count >= 0 ? Array(buffer[..<count]) : nil
  }
}

/// An entry of the journal's native protocol, taken apart again: an implementation of its own, to hold ours against.
struct ReceivedEntry {
  var fields: [String: [UInt8]] = [:]
  var isWellFormed = true

  init(_ datagram: [UInt8]) {
    var rest = datagram[...]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == UInt8(ascii: "=") }) else {
        isWellFormed = false
        return
      }
      let name = String(decoding: rest[..<end], as: UTF8.self)
      let isBinary = rest[end] == 0x0A
      rest = rest[(end + 1)...]
      var length = rest.firstIndex(of: 0x0A).map { $0 - rest.startIndex } ?? rest.count
      if isBinary {
        guard rest.count >= 8 else {
          isWellFormed = false
          return
        }
        length = rest.prefix(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
        rest = rest.dropFirst(8)
      }
      guard rest.count > length, rest[rest.startIndex + length] == 0x0A else {
        isWellFormed = false
        return
      }
      fields[name] = Array(rest.prefix(length))
      rest = rest.dropFirst(length + 1)
    }
  }

  subscript(_ name: String) -> String? { fields[name].map { String(decoding: $0, as: UTF8.self) } }
}
