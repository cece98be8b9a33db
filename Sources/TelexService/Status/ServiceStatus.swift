package import TelexSpool

/// The service at one moment, as `status.json`, the metrics and the status line show it.
package struct ServiceStatus {
  /// How the last reload ended.
  package struct Reload: Equatable, Sendable {
    package enum Outcome: String, Sendable { case ok, invalid }

    /// Reloads so far; `telex reload` waits for it to grow.
    package var count = 0
    package var outcome = Outcome.ok
    /// What is wrong with the configuration, a line each; or which settings need a restart.
    package var message = ""
  }

  package enum Phase: String, Sendable { case starting, running, stopping, stopped }

  package var phase = Phase.starting
  package var pid: Int32
  /// Seconds since 1970.
  package var startedAt: Int
  package var writtenAt: Int
  package var folder: String
  package var configurationFile: String?
  package var fingerprint: String
  package var reload = Reload()
  package var spool = SpoolSnapshot()
  package var workers = WorkerPool.Counters()
  package var workersConfigured: Int
  /// Whether workers have the system call filter; nil before the first is ready.
  package var workersFiltered: Bool?
  package var rates = Rates()
  /// Name of the last dispatch that was analysed, raw bytes, and when.
  package var last: (name: [UInt8], at: Int)?
  package var memory = ProcessMemory()

  /// Counts of the last minute.
  package struct Rates: Equatable, Sendable {
    package var arrivals = 0
    /// Refusals included.
    package var results = 0
    package var rejections = 0
  }
}

extension ServiceStatus {
  /// Inputs refused since the start.
  package var refused: Int { spool.rejections.values.reduce(0, +) }
  /// Inputs analysed since the start. Each published result is one or the other.
  package var analysed: Int { max(0, spool.results - refused) }

  /// Why nothing is taken at present, in a few words; nil while work goes on.
  package var impediment: String? {
    if let loss = spool.folderLoss { return "waiting for folder \(folder) (\(loss.rawValue))" }
    if let breaker = spool.breaker {
      return breaker.name == "ENOSPC" ? "paused: no space" : "paused: \(breaker.message)"
    }
    return nil
  }

  /// The line that `systemctl status` shows.
  package var line: String {
    var parts: [String] = []
    switch phase {
    case .starting: parts.append("starting: listing \(folder)")
    case .stopping: parts.append("stopping: finishing \(spool.inHand)")
    case .stopped: parts.append("stopped")
    case .running:
      if let impediment { parts.append(impediment) }
      parts.append("\(spool.waiting + spool.inHand) waiting")
      parts.append("\(rates.results)/min")
      if let last { parts.append("last \(PrintableText.name(last.name))") }
      switch spool.pollingReason {
      case .fileSystem(let name): parts.append("polling (\(name))")
      case .blind: parts.append("polling (no events arrive)")
      case .unavailable(let errno): parts.append("polling (no inotify: \(errno.message); see fs.inotify in sysctl)")
      case nil: break
      }
    }
    return parts.joined(separator: ", ")
  }
}
