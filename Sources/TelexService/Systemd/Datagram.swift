import Glibc

/// A socket for datagrams to one local address, that never makes its sender wait.
///
/// libsystemd's own calls wait where the reader does not read, which would let a stuck journal or service manager stop
/// the service; the two protocols are a datagram each, so they are spoken here.
final class Datagram {
  private let descriptor: Int32
  private let address: sockaddr_un
  private let length: socklen_t

  /// - Parameter path: path of the socket; `@NAME` is in the abstract name space. Nil where it is no address.
  init?(to path: String) {
    var address = sockaddr_un()
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard let first = bytes.first, first == UInt8(ascii: "/") || first == UInt8(ascii: "@"), bytes.count < room
    else { return nil }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { sunPath in
      sunPath.copyBytes(from: bytes)
      if first == UInt8(ascii: "@") { sunPath[0] = 0 }
    }
    let abstract = first == UInt8(ascii: "@")
    length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count + (abstract ? 0 : 1))
    self.address = address
    let type = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return nil }
    var size: Int32 = 1 << 20
    setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(descriptor) }

  /// - Returns: 0, or the errno: `EAGAIN` where the reader has no room, `ENOENT` or `ECONNREFUSED` where there is none.
  func send(_ bytes: [UInt8]) -> Int32 {
    let sent = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
        sendto(
          descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
          socketAddress, length)
      }
    }
    return sent == bytes.count ? 0 : (sent < 0 ? errno : EMSGSIZE)
  }
}
