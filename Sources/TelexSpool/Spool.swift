internal import Glibc

/// The drop folder as a queue: the directory is the queue, events are hints, the result is the ledger.
///
/// Before it: the service composes a handler, a loop and an observer. After it: a `Session` works on the folder while it
/// is there; this class opens sessions, notices when the folder goes or is another, and waits for it to come back.
/// Everything happens on the loop's thread, in callbacks; `observer` is told of everything that deserves a journal entry.
package final class Spool {
  /// How often the path is compared with the folder being watched.
  private static let identityPeriod = Duration.seconds(5)
  /// Between two looks for a lost folder: first and last.
  private static let returnPatience = (first: Duration.seconds(1), last: Duration.seconds(30))

  package private(set) var configuration: SpoolConfiguration
  private let handler: any Handler
  private let loop: EventLoop
  private let fileSystem: any FileSystem
  private let observer: (SpoolEvent) -> Void
  private let tally = Tally()
  private let index = StatIndex()
  private var state: StateDirectory?
  private var surroundings: Session.Surroundings?
  private var session: Session?
  /// Since when the folder is lost, and how often it was looked for.
  private var absence: (since: Moment, tries: Int)?
  /// What the path led to right after an unmount: the empty mount point, not to be taken for the folder.
  private var mountPoint: FolderIdentity?
  /// Folders worked on in this run: to these it returns without asking.
  private var served: [FolderIdentity] = []
  private var isReady = false
  private var isRecording = false
  private var isStopped = false
  private var drained: (() -> Void)?

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
  /// A folder that is missing is waited for, and the spool is ready, unless the configuration says otherwise.
  package func start() throws(SpoolError) {
    let state: StateDirectory?
    if let path = configuration.stateDirectory {
      state = try StateDirectory(path: path, fileSystem: fileSystem)
    } else {
      state = nil
    }
    self.state = state
    _ = state?.load(index)
    isRecording = state?.wasInterrupted ?? false
    surroundings = Session.Surroundings(
      loop: loop, fileSystem: fileSystem, handler: handler, index: index,
      attempts: Attempts(directory: state?.attempts, fileSystem: fileSystem), tally: tally,
      spare: SpareDescriptor(fileSystem), report: { [weak self] in self?.report($0) })
    do throws(Folder.Failure) {
      try openSession(cause: .start)
    } catch {
      if let error = fatal(error) {
        stop()
        throw error
      }
      suspend(error.loss)
      report(.ready(backlog: 0))
    }
    scheduleIdentityCheck()
  }

  /// Takes over what a reload may change, and rescans.
  package func reconfigure(_ configuration: SpoolConfiguration) throws(SpoolError) {
    guard configuration.folder == self.configuration.folder,
      configuration.stateDirectory == self.configuration.stateDirectory
    else {
      throw SpoolError(
        .unchangeable, path: configuration.folder,
        message: "the drop folder and the state directory change only with a restart")
    }
    self.configuration = configuration
    session?.reconfigure(configuration)
  }

  /// Compares the whole folder with the results, as soon as possible.
  package func requestRescan() { session?.startScan(.requested) }

  /// The handler's capacity has grown by itself.
  package func handlerHasRoom() { session?.schedulePump() }

  /// Takes nothing more; calls `completion` once everything in hand is published and the state saved.
  package func beginDraining(_ completion: @escaping () -> Void) {
    drained = completion
    if let session { session.beginDraining { [weak self] in self?.finishDraining() } } else { finishDraining() }
  }

  /// Drops everything in hand and closes the folder. Nothing needs repair afterwards.
  package func stop() {
    guard !isStopped else { return }
    isStopped = true
    session?.close()
    session = nil
    saveIndex()
    surroundings?.spare.close()
    state?.markStopped()
    state?.close()
    state = nil
  }

  package var snapshot: SpoolSnapshot {
    var snapshot = tally.snapshot
    session?.addGauges(to: &snapshot)
    snapshot.isDraining = drained != nil || snapshot.isDraining
    return snapshot
  }

  /// Names in memory at this moment.
  var heldNames: Int { session?.backlog.count ?? 0 }

  // MARK: Sessions

  private func openSession(cause: SpoolEvent.Rescan.Cause) throws(Folder.Failure) {
    guard let surroundings else { return }
    if let mountPoint, !served.contains(mountPoint),
      (try? FolderIdentity(ofPath: configuration.folder, fileSystem)) == mountPoint
    {
      throw Folder.Failure(loss: .unmounted, path: configuration.folder, errno: nil)
    }
    let folder = try Folder(path: configuration.folder, fileSystem: fileSystem)
    mountPoint = nil
    if !served.contains(folder.identity) { served = served.suffix(63) + [folder.identity] }
    tally.snapshot.fileSystem = folder.fileSystemType.name
    tally.snapshot.folderLoss = nil
    let session = Session(
      folder: folder, configuration: configuration, surroundings: surroundings, isRecording: isRecording,
      lost: { [weak self] loss in
        // Not in the midst of what the session is doing.
        self?.loop.deferToEndOfTick { self?.lose(folder.identity, loss) }
      })
    self.session = session
    if let absence {
      self.absence = nil
      report(.folderBack(suspended: absence.since.duration(to: loop.clock.now)))
    }
    session.begin(cause: cause)
  }

  private func scheduleIdentityCheck() {
    loop.after(Self.identityPeriod) { [weak self] in
      guard let self, !isStopped else { return }
      checkIdentity()
      scheduleIdentityCheck()
    }
  }

  private func checkIdentity() {
    guard let session else { return }
    let identity = session.folder.identity
    do throws(Errno) {
      let found = try FolderIdentity(ofPath: configuration.folder, fileSystem)
      if found != identity {
        lose(identity, .replaced)
      } else if !session.folder.isIntact {
        lose(identity, .workspace)
      }
    } catch {
      switch Fault(reading: error) {
      // Says nothing about the folder.
      case .descriptors: break
      case .permission: lose(identity, .unreadable)
      case .gone, .exhausted, .folder, .passing: lose(identity, .missing)
      }
    }
  }

  /// Ends the session on that folder, unless it has ended already. Nothing is deleted or declared gone.
  private func lose(_ identity: FolderIdentity, _ loss: FolderLoss) {
    guard let session, session.folder.identity == identity, !isStopped else { return }
    let mountedOn = session.folder.mountedOn
    isRecording = session.isRecording
    session.close()
    self.session = nil
    tally.snapshot.folderChanges += 1
    let isUnmounted = loss == .unmounted || isGone(identity.mount, from: mountedOn)
    if isUnmounted { mountPoint = bareMountPoint(on: mountedOn) }
    suspend(isUnmounted ? .unmounted : loss)
    if drained != nil { finishDraining() }
  }

  /// Whether a mount that was listed isn't any more. A number may be another mount's by now.
  private func isGone(_ mount: UInt64, from mountedOn: UInt64?) -> Bool {
    guard let mountedOn, let mounts = Mounts(fileSystem) else { return false }
    return mounts.parent(of: mount) != mountedOn
  }

  /// What the path leads to after an unmount, and what is not to be taken for the folder. Nil where something has been
  /// mounted there again meanwhile: that is to be looked at.
  private func bareMountPoint(on mountedOn: UInt64?) -> FolderIdentity? {
    guard let found = try? FolderIdentity(ofPath: configuration.folder, fileSystem) else { return nil }
    return mountedOn == nil || found.mount == mountedOn ? found : nil
  }

  private func suspend(_ loss: FolderLoss) {
    tally.snapshot.mode = .suspended
    tally.snapshot.pollingReason = nil
    tally.snapshot.folderLoss = loss
    absence = (loop.clock.now, 0)
    report(.folderLost(loss))
    // A folder replaced is there already.
    loop.deferToEndOfTick { [weak self] in self?.lookForFolder() }
  }

  private func lookForFolder() {
    guard let absence, !isStopped, drained == nil else { return }
    do throws(Folder.Failure) {
      try openSession(cause: .folderBack)
    } catch {
      tally.snapshot.folderLoss = error.loss
      self.absence = (absence.since, absence.tries + 1)
      let delay = min(Self.returnPatience.first * (1 << min(absence.tries, 5)), Self.returnPatience.last)
      loop.after(delay) { [weak self] in self?.lookForFolder() }
    }
  }

  /// What keeps the spool from starting at all; nil where it is worth waiting.
  private func fatal(_ failure: Folder.Failure) -> SpoolError? {
    let reason = failure.errno.map { ": \($0.message)" } ?? ""
    func error(_ code: SpoolError.Code, _ message: String) -> SpoolError {
      SpoolError(code, path: failure.path, errno: failure.errno, message: message + reason)
    }
    let isForbidden = failure.errno?.code == EACCES || failure.errno?.code == EPERM
    switch failure.loss {
    case .locked: return error(.locked, "another daemon serves this folder")
    case .workspace where failure.errno == nil || failure.errno?.code == ELOOP || failure.errno?.code == ENOTDIR:
      return error(.workspace, "not a folder of the service's own on the drop folder's filesystem; remove it")
    case .workspace where isForbidden: return error(.permission, "the service may not write here")
    case .unreadable where isForbidden && configuration.requiresFolderAtStart:
      return error(.permission, "the service may not read this folder")
    case .missing where configuration.requiresFolderAtStart: return error(.folderMissing, "no such folder")
    case .missing, .replaced, .unmounted, .unreadable, .workspace: return nil
    }
  }

  // MARK: Reports and state

  private func report(_ event: SpoolEvent) {
    switch event {
    case .ready:
      guard !isReady else { return }
      isReady = true
    case .rescanned(let rescan) where rescan.cause != .drained: saveIndex()
    default: break
    }
    observer(event)
  }

  private func saveIndex() {
    do throws(Errno) {
      try state?.save(index)
    } catch {
      observer(.stateFailed(file: "index", errno: error))
    }
  }

  private func finishDraining() {
    guard let completion = drained else { return }
    drained = nil
    stop()
    observer(.drained)
    completion()
  }
}
