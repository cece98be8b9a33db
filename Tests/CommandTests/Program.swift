import Glibc
import Testing

/// The built `telex`, run in a process of its own with a folder of its own as working directory.
final class Program: Sendable {
  /// Working directory, removed when the value goes.
  let folder: String

  init() throws {
    var template = Array("/tmp/telex-command-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw Failure(call: "mkdtemp", code: errno) }
    folder = String(cString: made)
  }

  deinit {
    func remove(_ folder: [UInt8]) {
      guard
        let stream = (folder + [0]).withUnsafeBufferPointer({ buffer in
          buffer.withMemoryRebound(to: CChar.self) { $0.baseAddress.flatMap { opendir($0) } }
        })
      else { return }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = entryName(entry)
        guard name != Array(".".utf8), name != Array("..".utf8) else { continue }
        let path = folder + [0x2F] + name
        if entry.pointee.d_type == UInt8(DT_DIR) { remove(path) } else { onPath(path) { _ = unlink($0) } }
      }
      onPath(folder) { _ = rmdir($0) }
    }
    remove(Array(folder.utf8))
  }

  struct Outcome {
    let status: Int32
    let output: [UInt8]
    let errors: String
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) throws -> Outcome {
    try run(bytes: arguments.map { Array($0.utf8) }, input: Array(input.utf8), environment: environment)
  }

  /// - Parameter environment: beside PATH and a configuration folder with nothing in it.
  func run(
    _ executable: String? = nil, bytes arguments: [[UInt8]], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    let scratch = try Scratch()
    try write(input, to: scratch.input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, scratch.input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, scratch.output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.errors, O_WRONLY | O_CREAT, 0o600)
    var variables = [
      "PATH": "/usr/bin:/bin", "TZ": "UTC", "XDG_CONFIG_HOME": scratch.folder, "TELEX_CONFIG": scratch.configuration,
    ]
    try write([], to: scratch.configuration)
    variables.merge(environment) { $1 }

    // env(1) changes the folder: the C library's own call for it is not among those that Swift imports.
    let words = ["env", "-C", folder, try executable ?? Self.executable()].map { Array($0.utf8) } + arguments
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { bytes in onPath(bytes) { strdup($0) } }
    argv.append(nil)
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") }
    envp.append(nil)
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, "/usr/bin/env", &actions, nil, &argv, &envp)
    guard result == 0 else { throw Failure(call: "posix_spawn", code: result) }
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return Outcome(
      status: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F), output: try contents(of: scratch.output),
      errors: String(decoding: try contents(of: scratch.errors), as: UTF8.self))
  }

  /// A program of the package: beside the test program, where the build puts all of them.
  static func executable(_ program: String = "telex") throws -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { throw Failure(call: "readlink", code: errno) }
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard let slash = path.lastIndex(of: "/") else { throw Failure(call: path, code: ENOENT) }
    return path[..<slash] + "/" + program
  }

  /// Where a run's streams go: not into the folder under test.
  private final class Scratch {
    let folder: String
    var input: String { folder + "/in" }
    var output: String { folder + "/out" }
    var errors: String { folder + "/err" }
    var configuration: String { folder + "/telex.yaml" }

    init() throws {
      var template = Array("/tmp/telex-streams-XXXXXX".utf8CString)
      guard let made = mkdtemp(&template) else { throw Failure(call: "mkdtemp", code: errno) }
      folder = String(cString: made)
    }

    deinit {
      for path in [input, output, errors, configuration] { unlink(path) }
      rmdir(folder)
    }
  }
}

// MARK: Files, whose names are bytes

extension Program {
  func write(_ text: String, named name: String) throws { try write(Array(text.utf8), named: Array(name.utf8)) }

  func write(_ bytes: [UInt8], named name: [UInt8]) throws { try Program.write(bytes, path: path(name)) }

  func read(_ name: String) throws -> [UInt8] { try read(Array(name.utf8)) }

  func read(_ name: [UInt8]) throws -> [UInt8] { try Program.contents(path: path(name)) }

  func path(_ name: [UInt8]) -> [UInt8] { Array(folder.utf8) + [0x2F] + name }

  /// Names in the folder, sorted.
  func names() throws -> [[UInt8]] {
    guard let stream = opendir(folder) else { throw Failure(call: "opendir", code: errno) }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) { names.append(entryName(entry)) }
    return names.filter { $0 != Array(".".utf8) && $0 != Array("..".utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func write(_ bytes: [UInt8], to path: String) throws { try Program.write(bytes, path: Array(path.utf8)) }
  private func contents(of path: String) throws -> [UInt8] { try Program.contents(path: Array(path.utf8)) }

  private static func write(_ bytes: [UInt8], path: [UInt8]) throws {
    guard let stream = onPath(path, { fopen($0, "we") }) else { throw Failure(call: "fopen", code: errno) }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Failure(call: "fwrite", code: errno) }
  }

  private static func contents(path: [UInt8]) throws -> [UInt8] {
    guard let stream = onPath(path, { fopen($0, "re") }) else {
      throw Failure(call: "fopen \(String(decoding: path, as: UTF8.self))", code: errno)
    }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
    return bytes
  }

  struct Failure: Error, CustomStringConvertible {
    let call: String
    let code: Int32
    var description: String { "\(call): \(String(cString: strerror(code)))" }
  }
}

private func entryName(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
  withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
}

/// Calls `body` with the path's bytes and the NUL that ends them.
@discardableResult
private func onPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  let terminated = path.map(CChar.init(bitPattern:)) + [0]
  return terminated.withUnsafeBufferPointer { $0.baseAddress.map(body) ?? body("") }
}
