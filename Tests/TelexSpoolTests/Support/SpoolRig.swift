import Glibc
import Testing

@testable import TelexSpool

/// A spool on a temporary folder, with a manual clock and a scripted handler, run turn by turn in the test's thread.
final class SpoolRig {
  let folder: TemporaryFolder
  let state: TemporaryFolder
  let clock = ManualClock()
  let handler: ScriptedHandler
  private(set) var loop: EventLoop
  private(set) var spool: Spool
  private(set) var events: [SpoolEvent] = []
  var configuration: SpoolConfiguration
  let system: FaultyFileSystem
  /// Names of what is open when the spool has come to rest after its start.
  private(set) var descriptorsAtStart: [String] = []

  /// Every claim is answered at once with a complete result, unless the test changes `handler.script`.
  init(
    system: FaultyFileSystem = FaultyFileSystem(), folder: TemporaryFolder? = nil,
    configure: (inout SpoolConfiguration) -> Void = { _ in }
  ) throws {
    let folder = try folder ?? TemporaryFolder()
    let state = try TemporaryFolder(in: "/dev/shm")
    var configuration = SpoolConfiguration(folder: Array(folder.path.utf8))
    configuration.stateDirectory = Array(state.path.utf8)
    configure(&configuration)
    (self.folder, self.state, self.configuration, self.system) = (folder, state, configuration, system)
    handler = ScriptedHandler()
    loop = EventLoop(clock: clock)
    spool = Spool(configuration: configuration, handler: handler, loop: loop, fileSystem: system) { _ in }
    handler.script = { [unowned handler] in handler.analysed($0) }
    makeSpool()
  }

  deinit { spool.stop() }

  private func makeSpool() {
    loop = EventLoop(clock: clock)
    handler.loop = loop
    spool = Spool(configuration: configuration, handler: handler, loop: loop, fileSystem: system) {
      [unowned self] in events.append($0)
    }
  }

  func start() throws {
    try spool.start()
    settle()
    descriptorsAtStart = system.openNames
  }

  /// A new process on the same folder and state.
  func restart() throws {
    spool.stop()
    makeSpool()
    try start()
  }

  /// As `restart`, but what the old process does while it stops doesn't count: to the new one it looks like kill -9.
  func restartAfterKill() throws {
    try run("/bin/cp", "-a", state.path, state.path + ".killed")
    spool.stop()
    try run("/bin/rm", "-rf", state.path)
    try run("/bin/mv", state.path + ".killed", state.path)
    makeSpool()
    try start()
  }

  /// Turns of the loop until there is nothing to do at this moment.
  func settle() {
    var idle = 0
    while idle < 2 { idle = loop.runOnce(blocking: false) ? 0 : idle + 1 }
  }

  /// Lets time pass, firing each timer at its moment.
  func pass(_ duration: Duration) {
    settle()
    let end = clock.now.advanced(by: duration)
    while let next = loop.nextTimer, next <= end {
      if next > clock.now { clock.advance(by: clock.now.duration(to: next)) }
      settle()
    }
    clock.advance(by: clock.now.duration(to: end))
    settle()
  }

  func forgetEvents() { events = [] }

  /// The body of a result: the bytes of the input it is about.
  func result(_ name: String) -> String? {
    guard let bytes = folder.read(name + ".telex.json"), handler.identity(ofResult: bytes) != nil else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 7, omittingEmptySubsequences: false)
    return lines.last.map { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  /// `analysed`, or `rejected` and its code.
  func status(_ name: String) -> String? {
    guard let bytes = folder.read(name + ".telex.json"), handler.identity(ofResult: bytes) != nil else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 7, omittingEmptySubsequences: false)
    return String(decoding: lines[6], as: UTF8.self)
  }
}
