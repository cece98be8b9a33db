import Glibc

/// Where the data files are: rules, word lists and models, one folder a target (`TelexText/Resources/…`).
///
/// The layout is the same in the source tree and where it is installed, so nothing is generated and nothing is looked
/// for in the place of the build.
package struct ResourceDirectory: Sendable {
  /// The folder that holds `TelexText/Resources`, `TelexLanguage/Resources` ….
  package let root: String

  package init(root: String) { self.root = root }

  /// The first of: `TELEX_RESOURCES`; `resources` beside the executable (the installed layout); `Sources` of the package
  /// that the executable was built in. Nil where none is there.
  package static func located() -> ResourceDirectory? {
    if let named = getenv("TELEX_RESOURCES") { return ResourceDirectory(root: String(cString: named)) }
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    guard length > 0 else { return nil }
    var path = String(decoding: buffer[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
    var first = true
    while let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      path = String(path[..<slash])
      if first, access(path + "/resources/TelexText/Resources", R_OK) == 0 {
        return ResourceDirectory(root: path + "/resources")
      }
      first = false
      if access(path + "/Package.swift", R_OK) == 0, access(path + "/Sources/TelexText/Resources", R_OK) == 0 {
        return ResourceDirectory(root: path + "/Sources")
      }
    }
    return nil
  }

  /// Path of a data file.
  package func path(_ name: String, of target: String) -> String { "\(root)/\(target)/Resources/\(name)" }

  /// - Throws: `ResourceError` where the file can't be read.
  package func bytes(_ name: String, of target: String) throws(ResourceError) -> [UInt8] {
    let path = path(name, of: target)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResourceError(path: path, message: String(cString: strerror(errno))) }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else {
      throw ResourceError(path: path, message: String(cString: strerror(errno)))
    }
    let size = Int(info.st_size)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got > 0 { count += got } else if got == 0 { break } else if errno != EINTR { failure = errno; break }
      }
    }
    guard failure == 0, bytes.count == size else {
      throw ResourceError(
        path: path, message: failure == 0 ? "shorter than its size" : String(cString: strerror(failure)))
    }
    return bytes
  }
}

/// A data file that is missing, damaged or of another version. The program says so and ends with exit code 78.
package struct ResourceError: Error, Equatable, CustomStringConvertible {
  package let path: String
  package let message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  package var description: String {
    "resource \(path): \(message). Reinstall Telex, or name its data with --resources."
  }
}
