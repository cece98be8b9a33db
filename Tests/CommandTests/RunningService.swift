import Glibc

/// A `telexd` of its own on folders under a program's folder, from its READY=1 to the end of the value.
final class RunningService {
  let pid: pid_t
  let configuration: String

  /// - Parameter settings: lines of the configuration beside its folders.
  init(of program: Program, settings: String = "") throws {
    configuration = program.folder + "/telex.yaml"
    for name in ["in", "run", "state"] { mkdir(program.folder + "/" + name, 0o700) }
    try program.write(
      """
      folder: \(program.folder)/in
      runtime_directory: \(program.folder)/run
      state_directory: \(program.folder)/state
      workers: 1
      \(settings)

      """, named: "telex.yaml")
    let socket = try NotifySocket(path: program.folder + "/notify")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let words = ["telexd", "--foreground", "--config", configuration]
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = [strdup("NOTIFY_SOCKET=\(socket.path)"), nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, try Program.executable("telexd"), &actions, nil, &argv, &envp)
    guard result == 0 else { throw Program.Failure(call: "posix_spawn", code: result) }
    self.pid = pid
    try socket.waitUntilReady()
  }

  deinit { stop() }

  func stop() {
    kill(pid, SIGTERM)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
  }
}

/// What the service manager listens on (sd_notify(3)).
private final class NotifySocket {
  let path: String
  private let descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw Program.Failure(call: "bind \(path)", code: errno) }
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func waitUntilReady() throws {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw Program.Failure(call: "waiting for READY=1", code: errno) }
      if String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").contains("READY=1") { return }
    }
  }
}
