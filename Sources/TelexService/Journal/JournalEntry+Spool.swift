package import TelexSpool

/// What the operator is told of each event of the spool.
extension JournalEntry {
  /// Nil for what is of no interest by itself: it is counted in `status.json`.
  package init?(_ event: SpoolEvent, folder: String) {
    switch event {
    case .started(let started):
      self = JournalEntry(
        .started, "Telex \(telexVersion) watches \(folder) (\(started.fileSystem), \(started.mode.rawValue))"
      )
      .with(.version, telexVersion).with(.folder, started.folder).with(.fileSystem, started.fileSystem)
      .with(.mode, started.mode.rawValue)
    case .ready(let backlog):
      self = JournalEntry(.ready, "ready, \(backlog) waiting").with(.backlog, backlog)
    case .processed(let publication):
      self = JournalEntry(.processed, "analysed \(PrintableText.name(publication.name))").with(publication)
    case .withdrawn(let result):
      self = JournalEntry(.withdrawn, "a kill notice takes back \(PrintableText.name(result)): marked as withdrawn")
        .with(.result, result)
    case .rejected(let publication, let code, let message):
      let detail = message.isEmpty ? "" : ": \(message)"
      self = JournalEntry(.rejected, "refused \(PrintableText.name(publication.name)): \(code)\(detail)")
        .with(publication).with(.reason, code).with(.detail, message)
    case .quarantined(let name, let sha256, let code, let attempts, let directory):
      self = JournalEntry(
        .quarantined,
        "set \(PrintableText.name(name)) aside after \(attempts) tries (\(code)); kept in \(PrintableText.name(directory))"
      )
      .with(.file, name).with(.sha256, sha256).with(.reason, code).with(.tries, attempts)
    case .suspect(let name, let attempt):
      self = JournalEntry(
        .workerDied, "\(PrintableText.name(name)) was in hand when telexd died; try \(attempt) is alone"
      )
      .with(.file, name).with(.tries, attempt).with(.reason, "crash")
    case .transientOpened(let fault) where fault.pauses:
      self = JournalEntry(.paused, "paused: \(fault.errno.message); nothing is lost, trying again every few seconds")
        .with(.folder, folder).with(.reason, fault.errno.name).with(.file, fault.name).with(errno: fault.errno.code)
    case .transientClosed(let fault) where fault.pauses:
      self = JournalEntry(
        .resumed, "going on after \(Self.seconds(fault.duration)) of \(fault.errno.message), \(fault.count) failures"
      )
      .with(.folder, folder).with(.reason, fault.errno.name).with(.count, fault.count).with(.duration, fault.duration)
    case .transientOpened(let fault):
      self = JournalEntry(
        .waiting,
        "\(fault.name.map(PrintableText.name) ?? folder) can't be taken yet: \(fault.errno.message); trying again"
      )
      .with(.reason, fault.errno.name).with(.file, fault.name).with(errno: fault.errno.code)
    case .transientClosed(let fault):
      self = JournalEntry(
        .resumed, "\(fault.errno.message) is over after \(Self.seconds(fault.duration)), \(fault.count) failures"
      )
      .with(.reason, fault.errno.name).with(.count, fault.count).with(.duration, fault.duration)
    case .overflow:
      self = JournalEntry(.overflow, "too many changes at once for the kernel's queue: listing \(folder) anew")
        .with(.folder, folder)
    case .polling(.blind):
      self = JournalEntry(.eventsBlind, "\(folder) does not tell of its changes: polling it").with(.folder, folder)
        .with(.reason, "blind")
    case .polling(.fileSystem(let name)):
      self = JournalEntry(.eventsBlind, "\(name) does not tell of others' changes: polling \(folder)")
        .with(.folder, folder).with(.reason, "file-system").with(.fileSystem, name)
    case .polling(.unavailable(let fault)):
      self = JournalEntry(.eventsBlind, "no notifications (\(fault.message)): polling \(folder)").with(.folder, folder)
        .with(.reason, fault.name).with(errno: fault.code)
    case .eventsBack:
      self = JournalEntry(.eventsBack, "\(folder) tells of its changes again").with(.folder, folder)
    case .inotifyLimit(let sysctl, let fault):
      self = JournalEntry(.watchLimit, "the kernel grants no watch (\(fault.message)): raise \(sysctl)")
        .with(.sysctl, sysctl).with(.folder, folder).with(errno: fault.code)
    case .folderLost(let loss):
      self = JournalEntry(.folderLost, "\(folder) can't be worked on: \(loss.meaning); waiting for it")
        .with(.folder, folder).with(.reason, loss.rawValue)
    case .folderBack(let suspended):
      self = JournalEntry(.folderBack, "\(folder) is back after \(Self.seconds(suspended))").with(.folder, folder)
        .with(.duration, suspended)
    case .nameConflict(let name, let result):
      self = JournalEntry(
        .nameConflict,
        "\(PrintableText.name(result)) is no result of Telex: move it away, so that \(PrintableText.name(name)) can have its own"
      )
      .with(.file, name).with(.result, result)
    case .policyFailed(let name, let action, let fault):
      self = JournalEntry(
        .cleanUpFailed, "\(PrintableText.name(name)) is analysed, but to \(action) it failed: \(fault.message)"
      )
      .with(.file, name).with(.reason, action).with(errno: fault.code)
    case .removalRefused(let orphans, let results):
      self = JournalEntry(
        .removalRefused,
        "\(orphans) of \(results) results have lost their inputs at once; none was removed, see \"telex reconcile\""
      )
      .with(.count, orphans)
    case .stateFailed(let file, let fault):
      self = JournalEntry(.stateUnwritable, "\(file) can't be written (\(fault.message)); going on without it")
        .with(.detail, file).with(errno: fault.code)
    case .workerFailed, .rescanned, .superseded, .gone, .drained:
      return nil
    }
  }

  private func with(_ publication: SpoolEvent.Publication) -> JournalEntry {
    with(.file, publication.name).with(.result, publication.result).with(.sha256, publication.sha256)
      .with(.size, publication.size).with(.duration, publication.latency).with(.tries, publication.attempt)
  }

  private func with(_ field: Field, _ bytes: [UInt8]?) -> JournalEntry { bytes.map { with(field, $0) } ?? self }

  private func with(_ field: Field, _ duration: Duration) -> JournalEntry {
    with(field, duration.wholeNanoseconds / 1000)
  }

  private static func seconds(_ duration: Duration) -> String {
    "\((duration.inSeconds * 10).rounded() / 10) s"
  }
}

/// And of each event of the workers.
extension JournalEntry {
  package init?(_ event: WorkerPool.Event) {
    switch event {
    case .available:
      return nil
    case .died(let pid, let failure, let death, let name, let sha256, let attempt):
      let what = failure == .timeout ? "ran over its deadline and was ended" : death.sentence
      let shownName = PrintableText.name(name)
      self = JournalEntry(
        .workerDied, "worker \(pid) \(what), with \(shownName) in hand (try \(attempt), \(failure.rawValue))"
      )
      .with(.worker, pid).with(.reason, failure.rawValue).with(.file, name).with(.sha256, sha256).with(.tries, attempt)
      .with(.signal, death.signal.map(String.init)).with(.status, death.status.map(String.init))
      .with(.detail, death.lastWords)
    case .startFailed(let pid, let status, let reason, let delay):
      self = JournalEntry(
        .workerStartFailed, "a worker does not start: \(reason); next try in \(Self.seconds(delay))"
      )
      .with(.worker, pid.map { String($0) }).with(.status, status.map { String($0) }).with(.detail, reason)
    }
  }
}
