import Crypto
import Glibc
package import TelexText

/// Which data the engine works with, by digest: what `provenance.resources` says.
package enum ResourceDigests {
  /// The targets that have data of their own.
  private static let targets = ["TelexAnalysis", "TelexLanguage", "TelexText", "TelexWire"]

  /// SHA-256 in hex of each data file, by `Target/name`.
  /// - Throws: `ResourceError` where a file can't be read.
  package static func of(_ resources: ResourceDirectory) throws(ResourceError) -> [String: String] {
    var digests: [String: String] = [:]
    for target in targets {
      for name in names(in: resources.path("", of: target)) where name != "README" && !name.hasPrefix(".") {
        let bytes = try resources.bytes(name, of: target)
        digests["\(target)/\(name)"] = hex(SHA256.hash(data: bytes))
      }
    }
    return digests
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      guard entry.pointee.d_type == UInt8(DT_REG) || entry.pointee.d_type == UInt8(DT_LNK) else { continue }
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.sorted()
  }
}
