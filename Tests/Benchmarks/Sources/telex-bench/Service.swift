import Glibc

/// A telexd with a folder of its own, run as systemd runs it: it says on a socket when it is ready.
final class Service {
  let pid: pid_t
  /// The drop folder.
  let folder: String
  /// On the same file system: what is written here is renamed into the folder.
  let staging: String
  let runtime: String
  /// From the start of the process to its READY=1. Seconds.
  let startTime: Double
  private let socketPath: String
  /// Where it takes the journal to be.
  private let journal: Int32

  /// - Parameter files: how many dispatches are in the folder already.
  init(_ options: Options, files: Int = 0, workers: Int = 2) throws {
    let root = "\(options.folder)/run-\(getpid())-\(Int(now() * 1000))"
    mkdir(root, 0o700)
    (folder, staging, runtime) = (root + "/in", root + "/staging", root + "/runtime")
    for path in [folder, staging, runtime, root + "/state"] {
      guard mkdir(path, 0o700) == 0 else { throw Failure(call: path) }
    }
    for index in 0..<files { try writeFile(options.dispatch(number: index), "\(folder)/backlog-\(index).txt") }
    try writeFile(
      Array(
        """
        folder: "\(folder)"
        runtime_directory: "\(runtime)"
        state_directory: "\(root)/state"
        workers: \(workers)
        journal_rate: 10000

        """.utf8), root + "/telex.yaml")
    socketPath = "/tmp/telex-bench-\(getpid()).socket"
    let ready = try Self.socket(socketPath)
    defer { close(ready) }
    journal = try Self.socket(socketPath + ".journal")
    let begin = now()
    pid = try Self.spawn(options.telexd, configuration: root + "/telex.yaml", notify: socketPath)
    try Self.awaitReady(ready, of: pid)
    startTime = now() - begin
  }

  deinit {
    kill(pid, SIGTERM)
    waitpid(pid, nil, 0)
    close(journal)
    unlink(socketPath)
    unlink(socketPath + ".journal")
  }

  /// Waits until the journal was told that the result of this dispatch is there to stay. Only for one at a time: the
  /// socket holds few entries.
  func awaitAnnouncement(of name: String) throws {
    var entry = pollfd(fd: journal, events: Int16(POLLIN), revents: 0)
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while poll(&entry, 1, 10_000) > 0 {
      let count = recv(journal, &buffer, buffer.count, 0)
      if String(decoding: buffer[..<max(0, count)], as: UTF8.self).contains("MESSAGE=analysed \(name)\n") { return }
    }
    throw Failure("\(name) was not announced within 10 s")
  }

  /// Puts a dispatch into the folder by rename; it is written beforehand.
  /// - Returns: the moment before the rename.
  func drop(_ name: String) throws -> Double {
    let moment = now()
    guard rename("\(staging)/\(name)", "\(folder)/\(name)") == 0 else { throw Failure(call: "rename \(name)") }
    return moment
  }

  /// The daemon and its workers.
  var processes: [pid_t] {
    let children = (try? readFile("/proc/\(pid)/task/\(pid)/children")) ?? []
    return [pid] + String(decoding: children, as: UTF8.self).split(separator: " ").compactMap { pid_t($0) }
  }

  /// Proportional set size of all processes together. Bytes.
  var proportionalMemory: Int {
    processes.reduce(0) { sum, process in
      let text = String(decoding: (try? readFile("/proc/\(process)/smaps_rollup")) ?? [], as: UTF8.self)
      let line = text.split(separator: "\n").first { $0.hasPrefix("Pss:") }
      return sum + (line.flatMap { Int($0.filter(\.isNumber)) } ?? 0) * 1024
    }
  }

  /// Seconds since `status.json` was written; nil where there is none.
  var statusAge: Double? {
    var info = stat()
    guard stat(runtime + "/status.json", &info) == 0 else { return nil }
    var wall = timespec()
    clock_gettime(CLOCK_REALTIME, &wall)
    return Double(wall.tv_sec - info.st_mtim.tv_sec) + Double(wall.tv_nsec - info.st_mtim.tv_nsec) / 1e9
  }

  private static func socket(_ path: String) throws -> Int32 {
    unlink(path)
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw Failure(call: "bind \(path)") }
    return descriptor
  }

  private static func awaitReady(_ descriptor: Int32, of pid: pid_t) throws {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    var buffer = [UInt8](repeating: 0, count: 4096)
    let begin = now()
    while now() - begin < 120, waitpid(pid, nil, WNOHANG) == 0 {
      guard poll(&entry, 1, 1000) > 0 else { continue }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if String(decoding: buffer[..<max(0, count)], as: UTF8.self).contains("READY=1") { return }
    }
    throw Failure("telexd did not become ready")
  }

  private static func spawn(_ program: String, configuration: String, notify: String) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Where there is no journal, its entries go to standard error: nobody is to read them here.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = [program, "--config", configuration]
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    argv.append(nil)
    let resources = getenv("TELEX_RESOURCES").map { ["TELEX_RESOURCES=\(String(cString: $0))"] } ?? []
    let variables = ["NOTIFY_SOCKET=\(notify)", "TELEX_JOURNAL_SOCKET=\(notify).journal"] + resources
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) }
    envp.append(nil)
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, program, &actions, nil, &argv, &envp)
    guard result == 0 else { throw Failure("\(program): \(String(cString: strerror(result)))") }
    return pid
  }
}
