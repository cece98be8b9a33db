import Crypto
import Glibc
import TelexLanguage
package import TelexText

/// Which data the engine works with, by digest: what `provenance.resources` says.
package enum ResourceDigests {
  /// The targets that have data of their own.
  private static let targets = ["TelexAnalysis", "TelexLanguage", "TelexText", "TelexWire"]

  /// SHA-256 in hex of each data file, by `Target/name`.
  ///
  /// Those of the models come from their manifest: their loading compares each with its checksum there, and hashing
  /// them again would take a third of a worker's start.
  /// - Throws: `ResourceError` where a file can't be read.
  package static func of(_ resources: ResourceDirectory) throws(ResourceError) -> [String: String] {
    let models = try ModelManifest(from: resources).digests
    var digests: [String: String] = [:]
    for target in targets {
      for name in names(in: resources.path("", of: target)) where name != "README" && !name.hasPrefix(".") {
        if target == "TelexLanguage", let known = models[name] {
          digests["\(target)/\(name)"] = known
        } else {
          digests["\(target)/\(name)"] = hex(try digest(resources.path(name, of: target)))
        }
      }
    }
    return digests
  }

  /// Reads in pieces: models are large, and nothing of them needs to stay.
  private static func digest(_ path: String) throws(ResourceError) -> SHA256.Digest {
    func failure() -> ResourceError { ResourceError(path: path, message: String(cString: strerror(errno))) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure() }
      guard count > 0 else { return hash.finalize() }
      buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
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
