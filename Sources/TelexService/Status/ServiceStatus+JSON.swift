import TelexModel
import TelexSpool

extension ServiceStatus {
  /// Version of the contents of `status.json`. Members may be added; none changes its meaning without another number.
  package static let schema = "telex.status/1"

  /// The bytes of `status.json`.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("schema", Self.schema)
      writer.member("version", telexVersion)
      writer.member("pid", Int(pid))
      writer.member("state", phase.rawValue)
      writer.member("status", line)
      writer.member("startedAt", startedAt)
      writer.member("writtenAt", writtenAt)
      writer.key("configuration")
      writer.object { writer in
        writer.member("file", configurationFile)
        writer.member("fingerprint", fingerprint)
      }
      writer.key("reload")
      writer.object { writer in
        writer.member("count", reload.count)
        writer.member("outcome", reload.outcome.rawValue)
        writer.member("message", reload.message)
      }
      writer.key("folder")
      writer.object { writeFolder(&$0) }
      writer.key("queue")
      writer.object { writeQueue(&$0) }
      writer.key("totals")
      writer.object { writeTotals(&$0) }
      writer.key("perMinute")
      writer.object { writer in
        writer.member("arrivals", rates.arrivals)
        writer.member("results", rates.results)
        writer.member("rejections", rates.rejections)
      }
      writer.key("latency")
      writer.object { writer in
        writer.member("count", Int(spool.latency.count))
        writer.member("p50Seconds", spool.latency.percentile(0.5)?.inSeconds)
        writer.member("p95Seconds", spool.latency.percentile(0.95)?.inSeconds)
        writer.member("p99Seconds", spool.latency.percentile(0.99)?.inSeconds)
      }
      writer.key("workers")
      writer.object { writeWorkers(&$0) }
      writer.key("last")
      writer.object { writer in
        writer.member("file", last.map { PrintableText.name($0.name) })
        writer.member("at", last?.at)
      }
      writer.key("process")
      writer.object { writer in
        writer.member("residentBytes", memory.resident)
        writer.member("descriptors", memory.descriptors)
      }
    }
    return writer.finished()
  }

  private func writeFolder(_ writer: inout JSONWriter) {
    writer.member("path", folder)
    writer.member("fileSystem", spool.fileSystem)
    writer.member("mode", spool.mode.rawValue)
    let pollingReason: String? =
      switch spool.pollingReason {
      case .fileSystem: "file-system"
      case .blind: "blind"
      case .unavailable(let errno): errno.name
      case nil: nil
      }
    writer.member("pollingReason", pollingReason)
    writer.member("loss", spool.folderLoss?.rawValue)
    writer.member("pausedFor", spool.breaker?.name)
    writer.member("pausedSeconds", spool.breakerOpenFor?.inSeconds)
    writer.member("cookieRoundTripSeconds", spool.cookieRoundTrip?.inSeconds)
  }

  private func writeQueue(_ writer: inout JSONWriter) {
    writer.member("waiting", spool.waiting)
    writer.member("waitingByReason", spool.waitingByReason)
    writer.member("oldestWaitingSeconds", spool.oldestWaiting?.inSeconds)
    writer.member("inHand", spool.inHand)
    writer.member("unaccounted", spool.unaccounted)
  }

  private func writeTotals(_ writer: inout JSONWriter) {
    writer.member("arrivals", spool.arrivals)
    writer.member("results", spool.results)
    writer.member("analysed", analysed)
    writer.member("refused", refused)
    writer.member("rejections", spool.rejections)
    writer.member("quarantined", spool.quarantined)
    writer.member("superseded", spool.superseded)
    writer.member("withdrawn", spool.withdrawn)
    writer.member("ignored", spool.ignored)
    writer.member("retries", spool.retries)
    writer.member("events", spool.inotifyEvents)
    writer.member("overflows", spool.overflows)
    writer.member("rescans", spool.rescans)
    writer.member("foundOnlyByRescan", spool.foundOnlyByRescan)
    writer.member("folderChanges", spool.folderChanges)
  }

  private func writeWorkers(_ writer: inout JSONWriter) {
    writer.member("configured", workersConfigured)
    writer.member("busy", workers.busy)
    writer.member("idle", workers.idle)
    writer.member("started", workers.started)
    writer.member("deaths", workers.deaths)
    if let workersFiltered {
      writer.key("systemCallFilter")
      writer.bool(workersFiltered)
    }
  }
}

/// A member and its value in one; what is unknown is null.
extension JSONWriter {
  fileprivate mutating func member(_ name: StaticString, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  fileprivate mutating func member(_ name: StaticString, _ value: Int?) {
    key(name)
    if let value { number(value) } else { null() }
  }

  fileprivate mutating func member(_ name: StaticString, _ value: Double?) {
    key(name)
    if let value { number(value) } else { null() }
  }

  fileprivate mutating func member(_ name: StaticString, _ counts: [String: Int]) {
    key(name)
    object { writer in
      for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
        writer.key(escaping: name)
        writer.number(count)
      }
    }
  }
}
