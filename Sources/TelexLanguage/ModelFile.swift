import Glibc
package import TelexText

/// A file of tables made by `telex-train`, mapped read-only and shared by every process that reads it.
///
/// Layout, little-endian: magic `TELEXMDL`, format version (UInt32), number of sections (UInt32), checksum of all that
/// follows (UInt64); then for each section its name (16 bytes, zero padded), offset and length in bytes (UInt64 each);
/// then the sections, each aligned to 64 bytes. A mapping lives as long as the process: models are loaded once.
package struct ModelFile: Sendable {
  /// Raised whenever a table changes its layout or a feature its meaning.
  package static let version: UInt32 = 3
  package static let magic = Array("TELEXMDL".utf8)
  package static let headerSize = 24
  package static let entrySize = 32

  package let path: String
  private let bytes: Column<UInt8>

  /// Maps `name` of TelexLanguage's resources and checks its version and checksum.
  ///
  /// - Throws: `ResourceError` where the file is missing, damaged or of another version.
  package init(_ name: String, in directory: ResourceDirectory) throws(ResourceError) {
    path = directory.path(name, of: "TelexLanguage")
    bytes = try Self.map(path)
    guard bytes.count >= Self.headerSize, (0..<8).allSatisfy({ bytes[$0] == Self.magic[$0] }) else {
      throw ResourceError(path: path, message: "is no model of Telex")
    }
    let version = bytes.load(at: 8, as: UInt32.self)
    guard version == Self.version else {
      throw ResourceError(path: path, message: "has format \(version), and this program reads \(Self.version)")
    }
    let table = Self.headerSize + Int(bytes.load(at: 12, as: UInt32.self)) * Self.entrySize
    guard bytes.count >= table, checksum(bytes.buffer(from: Self.headerSize)) == bytes.load(at: 16, as: UInt64.self)
    else {
      throw ResourceError(path: path, message: "is damaged (its checksum is wrong)")
    }
    release()
  }

  /// To be called when all of it was looked through to check it: only the pages that are looked into again shall count as
  /// this process's memory.
  func release() { madvise(UnsafeMutableRawPointer(mutating: bytes.base), bytes.count, MADV_DONTNEED) }

  /// The checksum that a file says it has.
  ///
  /// - Throws: `ResourceError` where the file is missing or too short to be a model.
  package static func storedChecksum(of name: String, in directory: ResourceDirectory) throws(ResourceError) -> UInt64 {
    // Read and not mapped, as a mapping stays and its pages count as this process's memory.
    let path = directory.path(name, of: "TelexLanguage")
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResourceError(path: path, message: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var sum = UInt64(0)
    let size = MemoryLayout<UInt64>.size
    guard pread(descriptor, &sum, size, off_t(headerSize - size)) == size else {
      throw ResourceError(path: path, message: "is no model of Telex")
    }
    return UInt64(littleEndian: sum)
  }

  /// The table of that name.
  ///
  /// - Throws: `ResourceError` where the file has none.
  package func section<Element: BitwiseCopyable>(
    _ name: String, of type: Element.Type = Element.self
  ) throws(ResourceError) -> Column<Element> {
    let wanted = Array(name.utf8)
    for index in 0..<Int(bytes.load(at: 12, as: UInt32.self)) {
      let entry = Self.headerSize + index * Self.entrySize
      let matches = (0..<16).allSatisfy { bytes[entry + $0] == ($0 < wanted.count ? wanted[$0] : 0) }
      guard matches else { continue }
      let offset = Int(bytes.load(at: entry + 16, as: UInt64.self))
      let length = Int(bytes.load(at: entry + 24, as: UInt64.self))
      guard offset >= 0, length >= 0, offset + length <= bytes.count, offset % 64 == 0 else { break }
      return bytes.view(offset, count: length / MemoryLayout<Element>.stride)
    }
    throw ResourceError(path: path, message: "lacks its section \(name)")
  }

  private static func map(_ path: String) throws(ResourceError) -> Column<UInt8> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResourceError(path: path, message: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_size > 0 else { throw ResourceError(path: path, message: "is empty") }
    let size = Int(info.st_size)
    guard let base = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), base != MAP_FAILED else {
      throw ResourceError(path: path, message: String(cString: strerror(errno)))
    }
    return Column(base: UnsafeRawPointer(base), count: size)
  }
}

/// A read-only table in a mapped file.
package struct Column<Element: BitwiseCopyable>: Sendable {
  // Read-only memory that is never unmapped: any thread may read it at any time.
  nonisolated(unsafe) package let base: UnsafePointer<Element>
  package let count: Int

  /// - Parameter base: memory that nobody writes and nobody releases, aligned for `Element`.
  package init(base: UnsafeRawPointer, count: Int) {
    self.base = base.assumingMemoryBound(to: Element.self)
    self.count = count
  }

  /// A table that lives as long as the process, for models that were just trained.
  package init(keeping elements: [Element]) {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    memory.initialize(from: elements, count: elements.count)
    self.init(base: UnsafeRawPointer(memory), count: elements.count)
  }

  package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
  }

  fileprivate func view<Other: BitwiseCopyable>(_ offset: Int, count: Int) -> Column<Other> {
    Column<Other>(base: UnsafeRawPointer(base) + offset, count: count)
  }

  fileprivate func load<Other: BitwiseCopyable>(at offset: Int, as type: Other.Type) -> Other {
    UnsafeRawPointer(base).loadUnaligned(fromByteOffset: offset, as: type)
  }

  fileprivate func buffer(from offset: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(base) + offset, count: count - offset)
  }
}

/// A sum over all bytes that shows damage (it is no defence against an adversary; the manifest's SHA-256 is).
package func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var lanes = SIMD4<UInt64>(1, 2, 3, 4) &* 0x9E37_79B9_7F4A_7C15
  var offset = 0
  while offset + 32 <= bytes.count {
    lanes = (lanes ^ bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)) &* 0x0000_0100_0000_01B3
    lanes ^= lanes &>> 29
    offset += 32
  }
  var sum = UInt64(bytes.count)
  for lane in 0..<4 { sum = (sum ^ lanes[lane]) &* 0x9E37_79B9_7F4A_7C15 }
  while offset < bytes.count {
    sum = (sum ^ UInt64(bytes[offset])) &* 0x9E37_79B9_7F4A_7C15
    offset += 1
  }
  return sum ^ (sum &>> 32)
}
