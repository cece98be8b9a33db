import Glibc

/// What this process holds of memory and descriptors.
package struct ProcessMemory: Equatable, Sendable {
  /// Bytes resident; nil where /proc does not say.
  package var resident: Int?
  package var descriptors: Int?

  package init() {}

  static func now() -> ProcessMemory {
    var memory = ProcessMemory()
    memory.resident = statm(field: 1).map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    memory.descriptors = entries(of: "/proc/self/fd").map { $0 - 1 }
    return memory
  }

  /// A number of /proc/self/statm: 0 is the size of the address space, 1 what is resident; in pages.
  static func statm(field: Int) -> Int? {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 128)
    let count = read(descriptor, &text, text.count)
    guard count > 0 else { return nil }
    let fields = text[..<count].split(separator: UInt8(ascii: " "))
    return field < fields.count ? Int(String(decoding: fields[field], as: UTF8.self)) : nil
  }

  private static func entries(of folder: String) -> Int? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var count = 0
    while let entry = readdir(directory) {
      if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
    }
    return count
  }
}
