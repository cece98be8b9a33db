/// One message on the socket between the daemon and a worker: a kind and a payload.
///
/// On the wire: length of what follows (32 bits, little-endian), kind (one byte), payload.
struct Frame: Equatable {
  var kind: UInt8
  var payload: [UInt8]

  /// The most bytes a frame may announce. An input is limited by configuration, and a result to what the daemon is
  /// ready to hold; nothing bigger is ever true.
  static let limit = 256 << 20

  var bytes: [UInt8] {
    var writer = ByteWriter(reserving: payload.count + 5)
    writer.integer(UInt32(payload.count + 1))
    writer.integer(kind)
    writer.raw(payload)
    return writer.bytes
  }
}

/// A message that breaks the protocol. Its sender is not to be believed any more.
enum FrameError: Error, Equatable {
  case tooLong(Int)
  case malformed
}

/// Puts frames together from a stream of bytes, whatever the pieces they come in.
struct FrameDecoder {
  /// The most bytes of a frame. A longer announcement is an error before any of it is kept.
  let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0

  init(limit: Int = Frame.limit) { self.limit = limit }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole frame, or nil where more bytes are needed.
  mutating func next() throws(FrameError) -> Frame? {
    guard buffer.count - start >= 5 else { return nil }
    var length = 0
    for index in 0..<4 { length |= Int(buffer[start + index]) << (8 * index) }
    guard length >= 1 else { throw .malformed }
    guard length <= limit else { throw .tooLong(length) }
    guard buffer.count - start - 4 >= length else { return nil }
    let frame = Frame(kind: buffer[start + 4], payload: Array(buffer[(start + 5)..<(start + 4 + length)]))
    start += 4 + length
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
      start = 0
    }
    return frame
  }
}

/// Writes integers (little-endian) and counted strings of bytes one behind the other.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  mutating func integer<Integer: FixedWidthInteger>(_ value: Integer) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func counted(_ value: some Collection<UInt8>) {
    integer(UInt32(value.count))
    bytes.append(contentsOf: value)
  }

  mutating func counted(_ value: String) { counted(value.utf8) }

  mutating func raw(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }
}

/// Reads what `ByteWriter` wrote; anything missing is `FrameError.malformed`.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var atEnd: Bool { position == bytes.count }

  mutating func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws(FrameError) -> Integer {
    let size = MemoryLayout<Integer>.size
    guard bytes.count - position >= size else { throw .malformed }
    let value = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Integer.self) }
    position += size
    return Integer(littleEndian: value)
  }

  mutating func counted() throws(FrameError) -> [UInt8] {
    let count = Int(try integer(UInt32.self))
    guard bytes.count - position >= count else { throw .malformed }
    defer { position += count }
    return Array(bytes[position..<(position + count)])
  }

  mutating func string() throws(FrameError) -> String {
    let counted = try counted()
    guard let string = String(validating: counted, as: UTF8.self) else { throw .malformed }
    return string
  }
}
