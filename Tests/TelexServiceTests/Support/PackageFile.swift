import Glibc

/// A file of the package, found from this source file.
func packageFile(_ name: String, from source: String = #filePath) throws -> String {
  var folder = source
  while let slash = folder.lastIndex(of: "/") {
    folder = String(folder[..<slash])
    if access(folder + "/Package.swift", R_OK) == 0 { return folder + "/" + name }
  }
  throw POSIXFailure(call: "find Package.swift above \(source)", code: ENOENT)
}

func contents(of path: String) throws -> String {
  guard let stream = fopen(path, "re") else { throw POSIXFailure(call: "fopen \(path)", code: errno) }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
  return String(decoding: bytes, as: UTF8.self)
}
