/// Names of results: the input's whole name and the reserved suffix, so that `a.txt` and `a.xml` never collide.
///
/// Before it: a name from the folder. After it: `IgnoreRules` keeps results from being taken as inputs, `Publisher`
/// writes under these names. A name that would exceed 255 bytes is cut at a character boundary and gets `~` and
/// sixteen hex digits of the digest of the whole input name; the result itself carries the exact name.
package enum ResultName {
  package static let suffix = Array(".telex.json".utf8)
  /// Of Linux's filesystems. Bytes.
  static let longestName = 255
  private static let digestDigits = 16

  /// Whether the name belongs to results, whatever made it.
  package static func isReserved(_ name: [UInt8]) -> Bool { name.ends(with: suffix) }

  /// Name of the result of the input `name`.
  package static func of(_ name: [UInt8]) -> [UInt8] { fitted(name, suffix: suffix) }

  /// Name of the result of the `number`-th item (from 1) of the input `name`.
  package static func of(_ name: [UInt8], item number: Int) -> [UInt8] {
    fitted(name, suffix: Array(".\(number)".utf8) + suffix)
  }

  /// The input a result's name stands for; nil where the name was cut.
  package static func input(of result: [UInt8]) -> [UInt8]? {
    guard isReserved(result), result.count > suffix.count else { return nil }
    let name = Array(result.dropLast(suffix.count))
    return of(name) == result && !isCut(name) ? name : nil
  }

  private static func fitted(_ name: [UInt8], suffix: [UInt8]) -> [UInt8] {
    guard name.count + suffix.count > longestName else { return name + suffix }
    let room = longestName - suffix.count - digestDigits - 1
    var stem = name.prefix(room)
    // Step back over the continuation bytes of a character cut in two.
    while let next = name.dropFirst(stem.count).first, next & 0xC0 == 0x80, !stem.isEmpty { stem.removeLast() }
    return stem + [UInt8(ascii: "~")] + hexDigest(of: name).prefix(digestDigits) + suffix
  }

  /// Cutting at a character boundary leaves up to three bytes of the room unused.
  private static func isCut(_ stem: [UInt8]) -> Bool {
    let tail = stem.suffix(digestDigits + 1)
    return stem.count + suffix.count >= longestName - 3 && tail.first == UInt8(ascii: "~")
  }

  private static func hexDigest(of bytes: [UInt8]) -> [UInt8] { Array(Digest.hex(of: bytes).utf8) }
}

extension Collection where Element == UInt8 {
  func ends(with suffix: [UInt8]) -> Bool { count >= suffix.count && self.suffix(suffix.count).elementsEqual(suffix) }
}
