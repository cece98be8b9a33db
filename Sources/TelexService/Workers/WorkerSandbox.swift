import CTelexShims
import Glibc

/// How a worker gives up its rights, once its models are loaded and before it sees its first dispatch.
///
/// OpenSSH's way: limits of zero on what the kernel counts (new descriptors, file sizes, core files), so that whatever
/// code hostile bytes reach, it can open, write and execute nothing; no new privileges; and on top a system call
/// filter, where the kernel has it. The limits alone suffice; the filter is there for what nobody thought of.
enum WorkerSandbox {
  /// Ties this process to its parent's life and closes what it may have inherited beyond its socket. First thing a
  /// worker does.
  static func bindToParent() {
    // It was started as /proc/self/exe, and would be shown as "exe".
    telex_name_process("telexd-worker")
    telex_close_from(WorkerProcess.channelNumber + 1)
    // Where memory runs short the kernel shall take a worker and not the daemon.
    let score = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
    if score >= 0 {
      _ = write(score, "1000", 4)
      close(score)
    }
    _ = telex_prctl(PR_SET_PDEATHSIG, UInt(SIGKILL))
    _ = telex_prctl(PR_SET_DUMPABLE, 0)
  }

  /// Gives up everything but computing and the descriptors that are open. There is no way back.
  ///
  /// - Parameter memory: bytes of address space. At least `leastRoom` is left beyond what is in use.
  /// - Returns: whether the system call filter holds.
  /// - Throws: the errno of a limit that could not be set; a worker must not work then.
  static func enter(memory: Int) throws(SandboxError) -> Bool {
    guard telex_prctl(PR_SET_NO_NEW_PRIVS, 1) == 0 else { throw SandboxError("no new privileges", errno) }
    guard let pages = ProcessMemory.statm(field: 0) else { throw SandboxError("size of the address space", errno) }
    let addressSpace = max(memory, pages * sysconf(Int32(_SC_PAGESIZE)) + leastRoom)
    try limit(RLIMIT_CORE, to: 0, "core files")
    try limit(RLIMIT_FSIZE, to: 0, "file size")
    try limit(RLIMIT_AS, to: addressSpace, "address space")
    try limit(RLIMIT_NOFILE, to: 0, "descriptors")
    return telex_filter_system_calls() == 0
  }

  /// Bytes that one dispatch may always take, however large the models are that the worker has mapped.
  private static let leastRoom = 64 << 20

  private static func limit(_ resource: __rlimit_resource, to value: Int, _ name: String) throws(SandboxError) {
    let limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    let result = withUnsafePointer(to: limit) { setrlimit(__rlimit_resource_t(resource.rawValue), $0) }
    guard result == 0 else { throw SandboxError("limit of \(name)", errno) }
  }
}

/// A right that could not be given up.
struct SandboxError: Error, CustomStringConvertible {
  let what: String
  let code: Int32

  init(_ what: String, _ code: Int32) {
    self.what = what
    self.code = code
  }

  var description: String { "cannot set \(what): \(String(cString: strerror(code)))" }
}
