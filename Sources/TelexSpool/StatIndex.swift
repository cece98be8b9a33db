internal import Crypto
internal import Glibc

/// A cache that spares reading what is known to be done: a set of digests, each of which states "this input with this
/// stat tuple, and its result with this one, agreed under this engine and configuration".
///
/// Any change to either file, or to engine or configuration, makes another digest, which isn't in the set. So the index
/// can be lost, cut, or come from another machine: that costs reading and hashing, never a wrong answer. An input is
/// entered only if its change time lies more than a second before it was read: a later write within the clock's grain
/// would leave the same tuple (what git calls racily clean). 16 bytes an input, 1.6 MB for 100,000.
final class StatIndex {
  struct Entry: Hashable {
    let high: UInt64
    let low: UInt64
  }

  /// Nanoseconds that must lie between a file's last change and its reading.
  private static let racyMargin: Int64 = 1_000_000_000
  private static let header = Array("telex-index 1\n".utf8)

  private var known: Set<Entry> = []
  /// Those met since the present full listing began; the others are dropped at its end.
  private var met: Set<Entry>?
  /// Inodes of results we published, whatever has become of their content.
  private var published: Set<Entry> = []
  private var metPublished: Set<Entry> = []
  private(set) var isDirty = false

  /// Whether the input's tuple may stand for its content.
  static func isTrustworthy(_ status: FileStatus, readAt wall: Int64) -> Bool {
    status.changed < wall - racyMargin
  }

  static func entry(
    name: [UInt8], input: FileStatus, result: FileStatus, current: (version: String, configuration: String)
  ) -> Entry {
    var hash = SHA256()
    update(&hash, name)
    update(&hash, tuple(of: input))
    update(&hash, tuple(of: result))
    update(&hash, Array(current.version.utf8))
    update(&hash, Array(current.configuration.utf8))
    return finish(hash)
  }

  /// "This name with this stat tuple", without a result.
  static func entry(name: [UInt8], input: FileStatus) -> Entry {
    var hash = SHA256()
    update(&hash, name)
    update(&hash, tuple(of: input))
    return finish(hash)
  }

  func contains(_ entry: Entry) -> Bool {
    guard known.contains(entry) else { return false }
    met?.insert(entry)
    return true
  }

  func insert(_ entry: Entry) {
    isDirty = known.insert(entry).inserted || isDirty
    met?.insert(entry)
  }

  func insertResult(_ name: [UInt8], _ status: FileStatus) {
    let entry = Self.result(name, status)
    isDirty = published.insert(entry).inserted || isDirty
    if met != nil { metPublished.insert(entry) }
  }

  func containsResult(_ name: [UInt8], _ status: FileStatus) -> Bool { published.contains(Self.result(name, status)) }

  /// The present listing has come across this result.
  func meetResult(_ name: [UInt8], _ status: FileStatus) {
    guard !published.isEmpty else { return }
    let entry = Self.result(name, status)
    if published.contains(entry) { metPublished.insert(entry) }
  }

  func beginListing() {
    met = []
    metPublished = []
  }

  /// Forgets what a complete listing has not met.
  func endListing() {
    if let met {
      isDirty = isDirty || met.count < known.count || metPublished.count < published.count
      (known, published) = (met, metPublished)
    }
    abandonListing()
  }

  func abandonListing() {
    met = nil
    metPublished = []
  }

  /// Bytes to be written to the state directory.
  func serialised() -> [UInt8] {
    isDirty = false
    var bytes = Self.header
    for set in [known, published] {
      Self.append(UInt64(set.count), to: &bytes)
      for entry in set {
        Self.append(entry.high, to: &bytes)
        Self.append(entry.low, to: &bytes)
      }
    }
    let digest = Digest.hex(of: bytes)
    return bytes + Array(digest.utf8)
  }

  /// Reads what `serialised()` wrote. False, and nothing taken, where it is damaged.
  func load(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= Self.header.count + 16 + 64, bytes.starts(with: Self.header) else { return false }
    let body = Array(bytes.dropLast(64))
    guard Digest.hex(of: body).utf8.elementsEqual(bytes.suffix(64)) else { return false }
    var position = Self.header.count
    var sets: [Set<Entry>] = []
    for _ in 0..<2 {
      guard let count = Self.number(in: body, at: &position), count <= UInt64(body.count / 16) else { return false }
      var set = Set<Entry>(minimumCapacity: Int(count))
      for _ in 0..<count {
        guard let high = Self.number(in: body, at: &position), let low = Self.number(in: body, at: &position) else {
          return false
        }
        set.insert(Entry(high: high, low: low))
      }
      sets.append(set)
    }
    (known, published) = (sets[0], sets[1])
    return true
  }

  private static func result(_ name: [UInt8], _ status: FileStatus) -> Entry {
    var hash = SHA256()
    update(&hash, name)
    update(&hash, bytes(of: status.device) + bytes(of: status.inode))
    return finish(hash)
  }

  private static func tuple(of status: FileStatus) -> [UInt8] {
    [
      status.device, status.inode, UInt64(bitPattern: Int64(status.size)), UInt64(bitPattern: status.modified),
      UInt64(bitPattern: status.changed),
    ].flatMap(bytes)
  }

  /// Each part with its length, so that no two lists of parts are the same bytes.
  private static func update(_ hash: inout SHA256, _ part: [UInt8]) {
    for bytes in [bytes(of: UInt64(part.count)), part] {
      bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
  }

  private static func finish(_ hash: SHA256) -> Entry {
    let digest = Array(hash.finalize())
    var position = 0
    return Entry(high: number(in: digest, at: &position) ?? 0, low: number(in: digest, at: &position) ?? 0)
  }

  private static func bytes(of number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: self.bytes(of: number))
  }

  private static func number(in bytes: [UInt8], at position: inout Int) -> UInt64? {
    guard position + 8 <= bytes.count else { return nil }
    defer { position += 8 }
    return (0..<8).reduce(0) { $0 | UInt64(bytes[position + $1]) << (UInt64($1) * 8) }
  }
}
