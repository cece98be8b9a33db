import Glibc

@testable import TelexSpool

/// A folder of a test's own, removed with everything in it at the end.
final class TemporaryFolder {
  let path: String

  /// `/dev/shm`, where there is one, for tests that make thousands of files; a disk for the others.
  init(in parent: String = "/tmp") throws {
    let parent = access(parent, W_OK) == 0 ? parent : "/tmp"
    var template = Array("\(parent)/telex-spool-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno.last }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? run("/bin/rm", "-rf", path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  func makeFolder(_ name: String) throws { try check(mkdir(path(name), 0o755)) }

  /// Writes the file in one go: open, write, close.
  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: Array(name.utf8)) }

  func write(_ bytes: [UInt8], to name: [UInt8]) throws {
    let file = try open(name, O_WRONLY | O_CREAT | O_TRUNC)
    try append(bytes, to: file)
    close(file)
  }

  /// A descriptor that stays open; to be closed by the caller.
  func open(_ name: String, _ flags: Int32) throws -> Int32 { try open(Array(name.utf8), flags) }

  func open(_ name: [UInt8], _ flags: Int32) throws -> Int32 {
    let descriptor = withPath(name) { Glibc.open($0, flags | O_CLOEXEC, 0o644) }
    guard descriptor >= 0 else { throw Errno.last }
    return descriptor
  }

  /// Closes a descriptor, and comes back once its file is closed for writing, so that the event of it is there to be read: a
  /// process that another test starts meanwhile holds a copy of every descriptor until it runs its program.
  func close(_ file: Int32) {
    let reader = Glibc.open("/proc/self/fd/\(file)", O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    Glibc.close(file)
    guard reader >= 0 else { return }
    defer { Glibc.close(reader) }
    // A read lease is given only where nobody has the file open for writing. Another writer of the test's own stays.
    for _ in 0..<10_000 {
      do throws(Errno) {
        return try LinuxFileSystem().probeLease(on: reader)
      } catch {
        guard error.code == EAGAIN else { return }
        sched_yield()
      }
    }
  }

  func append(_ text: String, to file: Int32) throws { try append(Array(text.utf8), to: file) }

  func append(_ bytes: [UInt8], to file: Int32) throws {
    let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw Errno.last }
  }

  /// Nil where there is no such file.
  func read(_ name: String) -> [UInt8]? { read(Array(name.utf8)) }

  func read(_ name: [UInt8]) -> [UInt8]? {
    let system = LinuxFileSystem()
    guard let file = try? open(name, O_RDONLY) else { return nil }
    defer { Glibc.close(file) }
    return try? system.readAll(file, limit: 64 << 20)
  }

  func text(_ name: String) -> String? { read(name).map { String(decoding: $0, as: UTF8.self) } }

  func rename(_ name: String, to newName: String) throws { try check(Glibc.rename(path(name), path(newName))) }
  func remove(_ name: String) throws { try check(unlink(path(name))) }
  func link(_ name: String, to newName: String) throws { try check(Glibc.link(path(name), path(newName))) }
  func symlink(to target: String, at name: String) throws { try check(Glibc.symlink(target, path(name))) }
  func setMode(_ mode: UInt32, of name: String) throws { try check(chmod(path(name), mode)) }
  func truncate(_ name: String, to size: Int) throws { try check(Glibc.truncate(path(name), size)) }

  func status(_ name: String) -> FileStatus? {
    try? LinuxFileSystem().status(of: Array(path(name).utf8), at: AT_FDCWD)
  }

  /// All names, sorted as bytes.
  func names(in subfolder: String = "") -> [[UInt8]] {
    let system = LinuxFileSystem()
    guard let directory = try? system.open(Array(path(subfolder).utf8), at: AT_FDCWD, flags: O_DIRECTORY, mode: 0)
    else { return [] }
    defer { close(directory) }
    var listing = Listing(directory: directory, fileSystem: system)
    var names: [[UInt8]] = []
    while let entries = try? listing.next(), !entries.isEmpty { names += entries.map(\.name) }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func withPath<Value>(_ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Value) -> Value {
    let bytes = Array(path.utf8) + [UInt8(ascii: "/")] + name
    return (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? body("")
    }
  }

  private func check(_ result: Int32) throws { if result != 0 { throw Errno.last } }
}

/// Runs a program to its end; throws its exit status where it isn't 0.
func run(_ program: String, _ arguments: String...) throws {
  var process = pid_t()
  var pointers: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
  defer { pointers.forEach { free($0) } }
  pointers.append(nil)
  let error = posix_spawn(&process, program, nil, nil, pointers, environ)
  guard error == 0 else { throw Errno(error) }
  var status: Int32 = 0
  while waitpid(process, &status, 0) == -1, errno == EINTR {}
  guard status == 0 else { throw ExitStatus(program: program, status: status) }
}

struct ExitStatus: Error {
  let program: String
  let status: Int32
}
