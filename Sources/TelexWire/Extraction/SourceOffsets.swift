/// Places of the decoded text in the bytes of the file, whatever encoding it is in.
///
/// `decoded` runs ahead of `bytes` character by character; a damaged place is found again by what stands there.
struct SourceOffsets {
  private let decoded: [UInt8]
  private let bytes: [UInt8]
  private let width: Int
  private let isUTF8: Bool
  private let mark: Int
  private let isIdentity: Bool
  /// Last character that begins at or before each multiple of `stride`: its offset in the text and in the file.
  private var checkpoints: [(here: Int, there: Int)] = []

  private static let stride = 64

  /// - Parameters:
  ///   - encoding: IANA name of the encoding that `bytes` were decoded with.
  ///   - replaced: places in `decoded` that stand for something undecodable.
  init(decoded: [UInt8], bytes: [UInt8], encoding: String, replaced: Int) {
    self.decoded = decoded
    self.bytes = bytes
    let width = encoding.hasPrefix("utf-16") ? 2 : encoding.hasPrefix("utf-32") ? 4 : 1
    let isUTF8 = encoding == "utf-8"
    self.width = width
    self.isUTF8 = isUTF8
    isIdentity = isUTF8 && replaced == 0
    let marks: [[UInt8]] = [
      [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF],
    ]
    let found = marks.first { bytes.starts(with: $0) && (isUTF8 ? $0.count == 3 : $0.count == width) }
    mark = found?.count ?? 0
    if !isIdentity { setCheckpoints() }
  }

  /// Offset in the file of an offset in the decoded text.
  func byte(of offset: Int) -> Int {
    if isIdentity { return min(offset + mark, bytes.count) }
    let offset = min(offset, decoded.count)
    var (here, there) = checkpoints[min(offset / Self.stride, checkpoints.count - 1)]
    while here < offset {
      let (length, step) = step(here, there)
      here += length
      there += step
    }
    return min(there, bytes.count)
  }

  private mutating func setCheckpoints() {
    checkpoints.reserveCapacity(decoded.count / Self.stride + 1)
    var (here, there) = (0, mark)
    while here < decoded.count {
      let (length, step) = step(here, there)
      while checkpoints.count * Self.stride < here + length { checkpoints.append((here, there)) }
      here += length
      there += step
    }
    if checkpoints.count * Self.stride <= here { checkpoints.append((here, there)) }
  }

  /// Each character of the decoded text and where it stands in the file.
  func forEachCharacter(_ body: (_ decoded: Range<Int>, _ file: Range<Int>) -> Void) {
    var (here, there) = (0, mark)
    while here < decoded.count {
      let (length, step) = step(here, there)
      body(here..<min(here + length, decoded.count), min(there, bytes.count)..<min(there + step, bytes.count))
      here += length
      there += step
    }
  }

  /// Bytes that the character at an offset takes in the decoded text and in the file.
  private func step(_ here: Int, _ there: Int) -> (length: Int, step: Int) {
    let length = Self.length(decoded[here])
    guard isUTF8 else { return (length, width == 2 && length == 4 ? 4 : width) }
    let mark: [UInt8] = [0xEF, 0xBF, 0xBD]
    guard decoded[here] == 0xEF, decoded[here...].starts(with: mark),
      !bytes[min(there, bytes.count)...].starts(with: mark)
    else { return (length, length) }
    return (length, Self.damage(bytes, at: there))
  }

  private static func length(_ lead: UInt8) -> Int { lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  /// Length of the maximal ill-formed part of UTF-8 at an index (Unicode, table 3-7).
  private static func damage(_ bytes: [UInt8], at index: Int) -> Int {
    guard index < bytes.count else { return 1 }
    let (tail, second): (Int, ClosedRange<UInt8>) =
      switch bytes[index] {
      case 0xC2...0xDF: (1, 0x80...0xBF)
      case 0xE0: (2, 0xA0...0xBF)
      case 0xED: (2, 0x80...0x9F)
      case 0xE1...0xEF: (2, 0x80...0xBF)
      case 0xF0: (3, 0x90...0xBF)
      case 0xF4: (3, 0x80...0x8F)
      case 0xF1...0xF3: (3, 0x80...0xBF)
      default: (0, 0x80...0xBF)
      }
    var length = 1
    while length <= tail, index + length < bytes.count,
      (length == 1 ? second : 0x80...0xBF).contains(bytes[index + length])
    {
      length += 1
    }
    return max(1, min(length, tail))
  }
}
