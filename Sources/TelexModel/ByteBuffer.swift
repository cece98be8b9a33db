/// Bytes to which a writer adds: like an array that only grows, but one owner and room to write make for one check where an
/// array has four.
struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  /// What was written.
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

  mutating func reserve(_ size: Int) {
    if size > capacity { grow(to: size) }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(to: 2 * capacity) }
    start[count] = byte
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    let end = count + bytes.count
    if end > capacity { grow(to: max(end, 2 * capacity)) }
    (start + count).update(from: source, count: bytes.count)
    count = end
  }

  @inline(__always)
  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The same byte so many times.
  @inline(__always)
  mutating func append(_ byte: UInt8, times: Int) {
    let end = count + times
    if end > capacity { grow(to: max(end, 2 * capacity)) }
    (start + count).update(repeating: byte, count: times)
    count = end
  }

  private mutating func grow(to size: Int) {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
    capacity = size
  }
}
