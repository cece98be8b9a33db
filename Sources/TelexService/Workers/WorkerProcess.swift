import CTelexShims
import Glibc
import TelexSpool

/// One worker process as the daemon sees it: a socket, a pid, and in the end how it died. Nothing here waits.
final class WorkerProcess {
  let pid: pid_t
  /// Readable when the process has ended.
  let ending: OwnedDescriptor
  /// The daemon's end of the socket.
  let channel: OwnedDescriptor
  /// What the worker prints, which is its last words or nothing.
  private let errors: OwnedDescriptor
  private var incoming = FrameDecoder()
  private var outgoing: ArraySlice<UInt8> = []
  private var ended = false

  /// Starts a worker: this very program again, with nothing open but its socket and a place for last words. Every
  /// descriptor of the daemon closes on exec.
  ///
  /// - Throws: `WorkerStartError` where the system refuses a process or a descriptor.
  init(executable: String, environment: [String: String]) throws(WorkerStartError) {
    let (channel, itsChannel) = try Self.socketPair()
    let (errors, itsErrors) = try Self.socketPair()
    // The worker waits for its next job; its last words must not wait for a reader.
    _ = fcntl(channel.number, F_SETFL, O_NONBLOCK)
    _ = fcntl(errors.number, F_SETFL, O_NONBLOCK)
    _ = fcntl(itsErrors.number, F_SETFL, O_NONBLOCK)
    pid = try Self.spawn(executable, channel: itsChannel.number, errors: itsErrors.number, environment: environment)
    let ending = telex_pidfd_open(pid)
    guard ending >= 0 else {
      let code = errno
      _ = Glibc.kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
      throw WorkerStartError(step: "pidfd_open", code: code)
    }
    self.ending = OwnedDescriptor(ending)
    self.channel = channel
    self.errors = errors
  }

  deinit {
    guard !ended else { return }
    _ = Glibc.kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  /// Whether bytes wait for room in the socket: `flush` wants to be called when there is some.
  var hasOutgoing: Bool { !outgoing.isEmpty }

  func send(_ request: WorkerRequest) {
    if outgoing.isEmpty { outgoing = request.frame.bytes[...] } else { outgoing += request.frame.bytes }
    flush()
  }

  /// Writes as much as the socket takes. A worker that is gone is noticed by its end, not here.
  func flush() {
    while !outgoing.isEmpty {
      let count = outgoing.withUnsafeBytes {
        Glibc.send(channel.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        outgoing = outgoing.dropFirst(count)
      } else if errno != EINTR {
        if errno != EAGAIN { outgoing = [] }
        return
      }
    }
    outgoing = []
  }

  /// The replies that have arrived whole.
  ///
  /// - Throws: `FrameError` where the worker breaks the protocol; it is to be ended then.
  func receive() throws(FrameError) -> [WorkerReply] {
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { chunk in
      while true {
        let count = recv(channel.number, chunk.baseAddress, chunk.count, 0)
        if count > 0 { incoming.append(UnsafeRawBufferPointer(rebasing: chunk[..<count])) }
        guard count == chunk.count || (count < 0 && errno == EINTR) else { return }
      }
    }
    var replies: [WorkerReply] = []
    while let frame = try incoming.next() { replies.append(try WorkerReply(frame)) }
    return replies
  }

  /// Ends the worker at once, whatever it does. `ending` tells when it is done.
  func kill() { if !ended { _ = Glibc.kill(pid, SIGKILL) } }

  /// How the worker ended; nil while it lives.
  func reap() -> WorkerDeath? {
    var status: Int32 = 0
    guard !ended, waitpid(pid, &status, WNOHANG) == pid else { return nil }
    ended = true
    return WorkerDeath(status: status, lastWords: lastWords())
  }

  private func lastWords() -> String {
    var text = [UInt8](repeating: 0, count: 4096)
    let count = max(0, recv(errors.number, &text, text.count, 0))
    let line = text[..<count].prefix { $0 != 0x0A }
    return PrintableText.line(String(decoding: line, as: UTF8.self), limit: 512)
  }

  private static func socketPair() throws(WorkerStartError) -> (OwnedDescriptor, OwnedDescriptor) {
    var pair: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &pair) == 0 else {
      throw WorkerStartError(step: "socketpair", code: errno)
    }
    return (OwnedDescriptor(pair[0]), OwnedDescriptor(pair[1]))
  }

  /// Where a worker finds its socket.
  static let channelNumber: Int32 = 3

  private static func spawn(
    _ executable: String, channel: Int32, errors: Int32, environment: [String: String]
  ) throws(WorkerStartError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, channel, channelNumber)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    // The daemon blocks the signals that it reads from a descriptor; its workers must not inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("telexd"), strdup(WorkerMain.subcommand), nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, executable, &actions, &attributes, &arguments, &variables)
    guard result == 0 else { throw WorkerStartError(step: "posix_spawn of \(executable)", code: result) }
    return pid
  }
}

/// A worker that could not be started: what the system refused.
struct WorkerStartError: Error, CustomStringConvertible {
  let step: String
  let code: Int32

  var description: String { "\(step): \(String(cString: strerror(code)))" }
}

/// A descriptor that closes itself.
final class OwnedDescriptor {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}
