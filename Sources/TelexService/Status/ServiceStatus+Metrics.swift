import TelexSpool

extension ServiceStatus {
  /// The bytes of `metrics.prom`, for node_exporter's textfile collector: no time stamps, no file names.
  package var metrics: [UInt8] {
    var text = MetricsText()
    text.gauge("telex_up", "1 while telexd takes dispatches.", phase == .running ? 1 : 0)
    text.gauge("telex_last_write_seconds", "When this file was written, seconds since 1970.", writtenAt)
    text.gauge("telex_start_seconds", "When telexd started, seconds since 1970.", startedAt)
    text.gauge("telex_waiting", "Inputs that wait for their result.", spool.waiting)
    text.gauge("telex_in_hand", "Inputs being analysed.", spool.inHand)
    text.gauge(
      "telex_oldest_waiting_seconds", "Age of the oldest waiting input; 0 while none waits.",
      spool.oldestWaiting?.inSeconds ?? 0)
    text.gauge("telex_unaccounted", "Inputs without result or reason at the last rescan.", spool.unaccounted)
    text.counter("telex_arrivals_total", "Inputs seen.", spool.arrivals)
    text.counter("telex_results_total", "Results published, refusals included.", spool.results)
    text.counters("telex_rejections_total", "Inputs refused, by reason.", label: "code", spool.rejections)
    text.counter("telex_quarantined_total", "Inputs set aside after three failures.", spool.quarantined)
    text.counters("telex_retries_total", "System calls tried again, by error.", label: "errno", spool.retries)
    text.gauge("telex_polling", "1 while the folder is polled, as no events arrive.", spool.mode == .polling ? 1 : 0)
    text.gauge("telex_folder_lost", "1 while the folder can't be worked on.", spool.folderLoss == nil ? 0 : 1)
    text.gauge("telex_paused", "1 while results can't be written.", spool.breaker == nil ? 0 : 1)
    text.counter("telex_events_total", "Notifications of the folder.", spool.inotifyEvents)
    text.counter("telex_overflows_total", "Times that notifications were lost and the folder listed.", spool.overflows)
    text.counter("telex_rescans_total", "Listings of the whole folder.", spool.rescans)
    text.counter(
      "telex_found_only_by_rescan_total", "Inputs that no notification announced.", spool.foundOnlyByRescan)
    text.counter("telex_folder_changes_total", "Times that another folder stood at the path.", spool.folderChanges)
    text.gauge("telex_workers", "Worker processes that are configured.", workersConfigured)
    text.gauge("telex_workers_busy", "Worker processes with a dispatch in hand.", workers.busy)
    text.counter("telex_workers_started_total", "Worker processes started.", workers.started)
    text.counters("telex_worker_deaths_total", "Workers that died on a dispatch.", label: "cause", workers.deaths)
    text.counter("telex_reloads_total", "Times that the configuration was read again.", reload.count)
    text.gauge("telex_reload_ok", "0 where the last reload was refused.", reload.outcome == .ok ? 1 : 0)
    text.summary(
      "telex_latency_seconds", "From first sight of an input to its durable result.", spool.latency,
      quantiles: [("0.5", 0.5), ("0.95", 0.95), ("0.99", 0.99)])
    text.gauge("telex_resident_bytes", "Resident memory of telexd, workers not counted.", memory.resident ?? 0)
    text.gauge("telex_descriptors", "Open descriptors of telexd.", memory.descriptors ?? 0)
    text.gauge(
      "telex_info", "Version and configuration.", 1,
      labels: "{version=\"\(telexVersion)\",configuration=\"\(fingerprint.prefix(12))\"}")
    return Array(text.text.utf8)
  }
}

/// Prometheus' text format.
private struct MetricsText {
  private(set) var text = ""

  mutating func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible, labels: String = "") {
    describe(name, help, "gauge")
    text += "\(name)\(labels) \(value)\n"
  }

  mutating func counter(_ name: String, _ help: String, _ value: Int) {
    describe(name, help, "counter")
    text += "\(name) \(value)\n"
  }

  mutating func counters(_ name: String, _ help: String, label: String, _ values: [String: Int]) {
    guard !values.isEmpty else { return }
    describe(name, help, "counter")
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { text += "\(name){\(label)=\"\(key)\"} \(value)\n" }
  }

  mutating func summary(
    _ name: String, _ help: String, _ values: LatencyHistogram, quantiles: [(label: String, fraction: Double)]
  ) {
    describe(name, help, "summary")
    for (label, fraction) in quantiles {
      if let value = values.percentile(fraction) { text += "\(name){quantile=\"\(label)\"} \(value.inSeconds)\n" }
    }
    text += "\(name)_sum \(values.sum.inSeconds)\n\(name)_count \(values.count)\n"
  }

  private mutating func describe(_ name: String, _ help: String, _ type: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }
}
