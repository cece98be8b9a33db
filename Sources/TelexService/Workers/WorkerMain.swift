import CTelexShims
import Glibc
import TelexSpool
import TelexText

/// A worker's whole life: set up, give up every right, then bytes in and results out until the daemon closes the socket.
///
/// `telexd` runs this in a process of its own (`WorkerProcess` is the other end). Code that reads hostile bytes runs
/// here and nowhere else.
package enum WorkerMain {
  /// The hidden subcommand of `telexd` that this is.
  package static let subcommand = "worker"

  /// Exit status where the socket breaks the protocol or the sandbox can't be entered; the daemon starts another.
  private static let internalFault: Int32 = 70
  /// Exit status where the data files are missing or damaged.
  private static let badConfiguration: Int32 = 78
  /// Bytes. What the analysis of a larger one took is given back at once; that of others serves the next.
  private static let largeDispatch = 64 << 10

  package static func run() -> Never {
    WorkerSandbox.bindToParent()
    let faults = TestFaults(environment: getenv(TestFaults.variable).map { String(cString: $0) })
    var channel = WorkerChannel(descriptor: WorkerProcess.channelNumber)
    do {
      guard case .prepare(let settings)? = try channel.receive() else { exit(0) }
      let resources = ResourceDirectory(root: settings.resources)
      let engine = try Engine(resources: resources, configuration: settings.fingerprint)
      let rehearsal = try resources.bytes("rehearsal.txt", of: "TelexService")
      let options = Engine.Options(created: CreationDate.documentTime(settings.created))
      telex_share_heap()
      // Where it may not, under a unit without sched_setaffinity(2), it runs where it is put.
      let helper = SecondThread(keepApart: { _ = telex_keep_apart($0) })
      let filtered = try WorkerSandbox.enter(memory: settings.memory)
      let growth = GrowthLimit(memory: settings.memory)
      // What only the start needed goes; what every dispatch needs comes, so that the first is not the slowest.
      telex_release_free_memory()
      telex_release_program_text()
      _ = engine.analyse(rehearsal, name: [], sha256: "", options: options.at(0, with: helper))
      channel.send(.ready(WorkerIntroduction(version: engine.current.version, filtered: filtered)))
      while case .analyse(let job)? = try channel.receive() {
        faults.strike(job.bytes)
        let outcome = engine.analyse(
          job.bytes, name: job.name, sha256: job.sha256,
          options: options.at(job.now, with: job.mayShare ? helper : nil))
        channel.send(.outcome(id: job.id, outcome, retiring: growth.isReached))
        if job.bytes.count > Self.largeDispatch { telex_release_free_memory() }
      }
    } catch let error as ResourceError {
      end(badConfiguration, error.description)
    } catch {
      end(internalFault, "\(error)")
    }
    exit(0)
  }

  /// Last words, which the daemon reads off standard error.
  private static func end(_ status: Int32, _ words: String) -> Never {
    let line = Array((words + "\n").utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(status)
  }
}

/// The worker's end of the socket. It waits, since a worker has nothing else to do.
private struct WorkerChannel {
  let descriptor: Int32
  private var decoder = FrameDecoder()

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next request; nil where the daemon has closed the socket.
  mutating func receive() throws(FrameError) -> WorkerRequest? {
    while true {
      if let frame = try decoder.next() { return try WorkerRequest(frame) }
      let isOpen = withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { chunk in
        while true {
          let count = read(descriptor, chunk.baseAddress, chunk.count)
          if count > 0 {
            decoder.append(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
            return true
          }
          if count == 0 || errno != EINTR { return false }
        }
      }
      guard isOpen else { return nil }
    }
  }

  func send(_ reply: WorkerReply) {
    guard let frame = reply.frame else { return }
    var bytes = frame.bytes[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { return }
    }
  }
}

/// When a worker has grown so much that the next dispatch might be blamed for what earlier ones left behind.
private struct GrowthLimit {
  /// Kilobytes of resident memory.
  let limit: Int

  /// - Parameter memory: bytes of address space that the worker may have.
  init(memory: Int) { limit = Self.resident + memory / 2 / 1024 }

  var isReached: Bool { Self.resident > limit }

  /// The most memory that was ever resident, in kilobytes.
  private static var resident: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }
}
