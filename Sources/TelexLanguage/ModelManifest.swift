package import TelexText

/// Which models belong together: `MANIFEST.tsv`, a line for each with its checksum, SHA-256, source and licence.
///
/// Features mean the same only to models that were trained with the same vocabulary, so a model of another set is an error
/// although it is whole.
package struct ModelManifest: Sendable {
  private let path: String
  private let checksums: [(name: String, checksum: UInt64)]
  /// SHA-256 in hex of each model, by file name. True of the models that `verify` and their loading have found whole.
  package let digests: [String: String]

  /// - Throws: `ResourceError` where `MANIFEST.tsv` is missing or has a bad line.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    path = directory.path("MANIFEST.tsv", of: "TelexLanguage")
    var checksums: [(name: String, checksum: UInt64)] = []
    var digests: [String: String] = [:]
    for line in try directory.bytes("MANIFEST.tsv", of: "TelexLanguage").split(separator: 0x0A) where line.first != 0x23
    {
      let fields = String(decoding: line, as: UTF8.self).split(separator: "\t")
      guard fields.count == 5, let checksum = UInt64(fields[1], radix: 16) else {
        throw ResourceError(path: path, message: "has a bad line: \(String(decoding: line, as: UTF8.self))")
      }
      checksums.append((String(fields[0]), checksum))
      digests[String(fields[0])] = String(fields[2])
    }
    self.checksums = checksums
    self.digests = digests
  }

  /// - Throws: `ResourceError` where a model is not the one listed.
  package func verify(in directory: ResourceDirectory) throws(ResourceError) {
    for (name, checksum) in checksums where try ModelFile.storedChecksum(of: name, in: directory) != checksum {
      throw ResourceError(
        path: directory.path(name, of: "TelexLanguage"), message: "is not the model that MANIFEST.tsv lists")
    }
  }
}
