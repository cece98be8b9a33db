internal import Glibc

/// The drop folder as a queue: the directory is the queue, events are hints, the result is the ledger.
///
/// Before it: the service composes a handler, a loop and an observer. After it: a `Session` works on the folder while it
/// is there; this class opens sessions, notices when the folder goes or is another, and waits for it to come back.
/// Everything happens on the loop's thread, in callbacks; `observer` is told of everything that deserves a journal entry.
package final class Spool {
  package private(set) var configuration: SpoolConfiguration
  private let handler: any Handler
  private let loop: EventLoop
  private let fileSystem: any FileSystem
  private let observer: (SpoolEvent) -> Void
  private let tally = Tally()
  private let index = StatIndex()
  private var session: Session?

  package init(
    configuration: SpoolConfiguration, handler: any Handler, loop: EventLoop,
    fileSystem: any FileSystem = LinuxFileSystem(), observer: @escaping (SpoolEvent) -> Void
  ) {
    self.configuration = configuration
    self.handler = handler
    self.loop = loop
    self.fileSystem = fileSystem
    self.observer = observer
  }

  /// Locks, opens and watches the folder, and begins the first listing; `SpoolEvent.ready` follows. Returns at once.
  package func start() throws(SpoolError) {
    do throws(Folder.Failure) {
      try openSession(cause: .start)
    } catch {
      throw SpoolError(
        error.loss == .locked ? .locked : .folderMissing, path: error.path, errno: error.errno,
        message: error.errno?.message ?? "not ours")
    }
  }

  /// Takes over what a reload may change, and rescans.
  package func reconfigure(_ configuration: SpoolConfiguration) throws(SpoolError) {
    self.configuration = configuration
  }

  /// Compares the whole folder with the results, as soon as possible.
  package func requestRescan() { session?.startScan(.requested) }

  /// The handler's capacity has grown by itself.
  package func handlerHasRoom() { session?.schedulePump() }

  /// Takes nothing more; calls `completion` once everything in hand is published and the state saved.
  package func beginDraining(_ completion: @escaping () -> Void) {
    guard let session else { return loop.deferToEndOfTick(completion) }
    session.beginDraining(completion)
  }

  /// Drops everything in hand and closes the folder. Nothing needs repair afterwards.
  package func stop() {
    session?.close()
    session = nil
  }

  package var snapshot: SpoolSnapshot {
    var snapshot = tally.snapshot
    snapshot.waiting = (session?.backlog.count ?? 0) + (session?.rescan.beyondBacklog ?? 0)
    snapshot.inHand = session?.inHand.count ?? 0
    return snapshot
  }

  private func openSession(cause: SpoolEvent.Rescan.Cause) throws(Folder.Failure) {
    let folder = try Folder(path: configuration.folder, fileSystem: fileSystem)
    tally.snapshot.fileSystem = folder.fileSystemType.name
    let session = Session(
      folder: folder, configuration: configuration, handler: handler, loop: loop, fileSystem: fileSystem,
      index: index, tally: tally, report: observer, lost: { _ in })
    self.session = session
    session.begin(cause: cause)
  }
}
