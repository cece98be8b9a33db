import Glibc
import Testing

/// A folder of its own for one test, removed when the value goes.
final class TemporaryFolder: Sendable {
  let path: String

  /// - Parameter parent: an existing folder.
  init(in parent: String = "/tmp") throws {
    var template = Array("\(parent)/telex-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw POSIXFailure(call: "mkdtemp", code: errno) }
    path = String(cString: made)
  }

  deinit {
    func remove(_ folder: String) {
      guard let stream = opendir(folder) else { return }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        let path = folder + "/" + name
        if entry.pointee.d_type == UInt8(DT_DIR) { remove(path) } else { unlink(path) }
      }
      rmdir(folder)
    }
    remove(path)
  }

  /// Writes `text` to a file of that name and gives its path.
  func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    guard let stream = fopen(file, "we") else { throw POSIXFailure(call: "fopen \(file)", code: errno) }
    defer { fclose(stream) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw POSIXFailure(call: "fwrite", code: errno) }
    return file
  }
}

struct POSIXFailure: Error, CustomStringConvertible {
  let call: String
  let code: Int32
  var description: String { "\(call): \(String(cString: strerror(code)))" }
}
