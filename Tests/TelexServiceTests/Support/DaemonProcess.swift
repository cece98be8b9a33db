import Glibc
import Testing

@testable import TelexService

/// telexd itself, as a process of its own on a place of the test's.
final class DaemonProcess {
  let pid: pid_t
  private let place: ServicePlace
  private var status: Int32?

  /// - Parameters:
  ///   - flags: beyond those that name the place.
  ///   - environment: beyond the sockets; a value of nil takes a variable away.
  ///   - prefix: a program to run it under, such as strace, with its arguments.
  init(
    _ place: ServicePlace, flags: [String] = [], environment: [String: String?] = [:], prefix: [String] = []
  ) throws {
    self.place = place
    var variables: [String: String?] = [
      "NOTIFY_SOCKET": place.notifications.path, Journal.socketVariable: place.journal.path, "PATH": "/usr/bin:/bin",
    ]
    variables.merge(environment) { $1 }
    let arguments =
      prefix + [
        try Self.executable(), "--folder", place.inbox, "--runtime-directory", place.folder.path + "/run",
        "--state-directory", place.folder.path + "/state",
      ] + flags
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let log = place.folder.path + "/stderr"
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] =
      variables.compactMap { name, value in value.map { strdup("\(name)=\($0)") } } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawnp(&pid, arguments[0], &actions, nil, &argv, &envp)
    guard result == 0 else { throw POSIXFailure(call: "posix_spawnp \(arguments[0])", code: result) }
    self.pid = pid
  }

  deinit {
    guard status == nil else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  func signal(_ number: Int32) { _ = Glibc.kill(pid, number) }

  /// Waits for the daemon's end; nil where it doesn't come.
  @discardableResult
  func waitForExit(patience: Duration = .seconds(60)) throws -> ProcessEnd? {
    if let status { return ProcessEnd(status) }
    let descriptor = try ProcessDescriptor(pid)
    guard descriptor.awaitEnd(patience: patience) else { return nil }
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    self.status = status
    return ProcessEnd(status)
  }

  /// SIGTERM, and the end that it ought to have.
  func stop(sourceLocation: SourceLocation = #_sourceLocation) throws {
    signal(SIGTERM)
    let end = try waitForExit()
    #expect(end == .exit(0), "telexd ended otherwise: \(log)", sourceLocation: sourceLocation)
  }

  /// Waits for a notification that holds this line, and gives all lines of it; nil where it doesn't come.
  func awaitNotice(_ line: String) -> [String]? {
    while let datagram = place.notifications.receive(patience: .seconds(60)) {
      let lines = String(decoding: datagram, as: UTF8.self).split(separator: "\n").map(String.init)
      if lines.contains(line) { return lines }
    }
    return nil
  }

  func awaitReady(sourceLocation: SourceLocation = #_sourceLocation) throws {
    _ = try #require(awaitNotice("READY=1"), "never ready: \(log)", sourceLocation: sourceLocation)
  }

  /// What it printed.
  var log: String {
    readFile(cPath(place.folder.path + "/stderr")).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// telexd beside the tests' own bundle.
  static func executable() throws -> String {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let folder = try bundle.map { $0[..<($0.lastIndex(of: "/") ?? $0.startIndex)] } ?? packageFile(".build/debug")[...]
    return folder + "/telexd"
  }
}

/// How a process ended.
enum ProcessEnd: Equatable {
  case exit(Int32)
  case signal(Int32)

  init(_ status: Int32) { self = status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F) }
}
