import TelexSpool

/// Turns what happens into journal entries, and keeps bursts from drowning the journal.
final class Chronicle {
  private let journal: Journal
  private let folder: String
  private let loop: EventLoop
  private var throttle: ProcessedThrottle
  private var summaryIsDue = false

  /// - Parameter rate: entries a second about single dispatches.
  init(journal: Journal, rate: Int, folder: String, loop: EventLoop) {
    self.journal = journal
    self.folder = folder
    self.loop = loop
    throttle = ProcessedThrottle(rate: rate)
  }

  var rate: Int {
    get { throttle.rate }
    set { throttle.rate = newValue }
  }

  func record(_ event: SpoolEvent) {
    if case .processed(let publication) = event, !throttle.admits(publication.name, now: milliseconds) {
      return summariseSoon()
    }
    if let entry = JournalEntry(event, folder: folder) { journal.write(entry) }
  }

  func record(_ event: WorkerPool.Event) {
    if let entry = JournalEntry(event) { journal.write(entry) }
  }

  func reloaded(_ configuration: Configuration, file: String?, _ message: String) {
    journal.write(
      JournalEntry(.reloaded, message.isEmpty ? "configuration read again" : "configuration read again; \(message)")
        .with(.configuration, configuration.fingerprint).with(.configurationFile, file))
  }

  func refusedReload(_ error: ConfigurationError) {
    journal.write(
      JournalEntry(
        .reloadInvalid,
        "configuration refused, the old one stays: \(error.issues.map(\.description).joined(separator: "; "))"
      )
      .with(origin: error))
  }

  func stopping(_ snapshot: SpoolSnapshot) {
    journal.write(
      JournalEntry(.stopping, "stopping: \(snapshot.inHand) in hand, \(snapshot.waiting) stay for the next start")
        .with(.backlog, snapshot.waiting).with(.count, snapshot.inHand))
  }

  /// The last words, with totals.
  func conclude(_ status: ServiceStatus, _ exitCode: ExitCode) {
    if let entry = throttle.summary(now: milliseconds, always: true) { journal.write(entry) }
    journal.write(
      JournalEntry(.stopped, "stopped: \(status.analysed) dispatches analysed, \(status.refused) refused")
        .with(.processed, status.analysed).with(.rejected, status.refused).with(.status, exitCode.rawValue))
  }

  /// One entry for all that is folded within a second.
  private func summariseSoon() {
    guard !summaryIsDue else { return }
    summaryIsDue = true
    loop.after(.seconds(1)) { [weak self] in
      guard let self else { return }
      summaryIsDue = false
      if let entry = throttle.summary(now: milliseconds, always: true) { journal.write(entry) }
    }
  }

  private var milliseconds: UInt64 { UInt64(max(0, loop.clock.now.nanoseconds / 1_000_000)) }
}
