import Glibc

/// Files of the package itself, found from this source file.
enum PackageFiles {
  static func path(_ name: String, source: String = #filePath) throws -> String {
    var folder = source
    while let slash = folder.lastIndex(of: "/") {
      folder = String(folder[..<slash])
      if access(folder + "/Package.swift", R_OK) == 0 { return folder + "/" + name }
    }
    throw Program.Failure(call: "find Package.swift above \(source)", code: ENOENT)
  }

  static func contents(_ path: String) throws -> [UInt8] {
    guard let stream = fopen(path, "re") else { throw Program.Failure(call: "fopen \(path)", code: errno) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  static func replace(_ path: String, with text: String) throws {
    guard let stream = fopen(path, "we") else { throw Program.Failure(call: "fopen \(path)", code: errno) }
    defer { fclose(stream) }
    fputs(text, stream)
  }
}
