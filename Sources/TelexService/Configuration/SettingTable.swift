extension Setting {
  /// Every setting there is, in the order of the commented file.
  package static let all: [Setting] = [
    Setting("folder", .path(\.folder), reloads: false, "the drop folder that is watched"),
    Setting(
      "folder_missing", .choice(\.folderMissing), reloads: false,
      "where the folder does not exist at start: wait for it, or fail"),
    Setting("ignore", .list(\.ignore), "patterns of file names that are no dispatches, besides the built-in ones"),
    Setting(
      "marker", .text(\.marker), "suffix of the file by which senders say that a dispatch is complete; empty: none"),
    Setting(
      "owner_policy", .choice(\.ownerPolicy), changesResults: true,
      "whose files are read: any, all of trusted owners, or hard links of trusted owners only"),
    Setting(
      "quiet_period", .duration(\.quietPeriod, .zero ... .seconds(600)),
      "how long a file must lie unchanged where leases cannot prove it complete"),
    Setting(
      "grace", .duration(\.grace, .zero ... .seconds(86_400)),
      "how long an unfinished XML or JSON file may still grow before it is refused"),
    Setting(
      "rescan_period", .duration(\.rescanPeriod, .seconds(1) ... .seconds(86_400)),
      "how often the whole folder is compared with what is known"),
    Setting(
      "polling_period", .duration(\.pollingPeriod, .milliseconds(100) ... .seconds(86_400)),
      "the same where the file system sends no notifications"),

    Setting("on_success", .choice(\.onSuccess), "what becomes of an input once its result is safe"),
    Setting("on_failure", .choice(\.onFailure), "what becomes of an input that was refused"),
    Setting("on_delete", .choice(\.onDelete), "what becomes of a result whose input was deleted"),
    Setting(
      "success_folder", .path(\.successFolder, optional: true), "where on_success: move puts inputs; same file system"),
    Setting(
      "failure_folder", .path(\.failureFolder, optional: true), "where on_failure: move puts inputs; same file system"),
    Setting("result_mode", .mode(\.resultMode), "permissions of result files, octal"),
    Setting(
      "reanalyse", .choice(\.reanalyse),
      "results of an older engine or other settings: renewed in the background, or never"),

    Setting("workers", .integer(\.workers, 0...256), "number of worker processes; 0: one a core"),
    Setting(
      "worker_memory", .size(\.workerMemory, (256 << 20)...(64 << 30)), changesResults: true,
      "address space one worker may use"),
    Setting(
      "deadline", .duration(\.deadline, .milliseconds(100) ... .seconds(600)), changesResults: true,
      "how long the analysis of one dispatch may take"),
    Setting(
      "size_limit", .size(\.sizeLimit, (1 << 10)...(1 << 30)), changesResults: true, "largest input that is read"),

    Setting(
      "journal_rate", .integer(\.journalRate, 0...10_000),
      "journal entries a second about single dispatches; the rest is counted"),
    Setting(
      "runtime_directory", .path(\.runtimeDirectory), reloads: false, "where status.json and metrics.prom are written"),
    Setting(
      "state_directory", .path(\.stateDirectory), reloads: false, "where the index and the crash counters are kept"),
    Setting(
      "resources", .path(\.resources, optional: true), reloads: false,
      "word lists and models; empty: those installed beside the program"),
  ]

  /// The setting of that key.
  package static func named(_ key: String) -> Setting? { all.first { $0.key == key } }
}

extension Configuration {
  /// This configuration as far as a reload may take it over: what needs a restart stays as in `running`, and is named.
  package func reloaded(over running: Configuration) -> (taken: Configuration, needRestart: [String]) {
    var taken = self
    var kept: [String] = []
    for setting in Setting.all where !setting.reloads && setting.text(in: self) != setting.text(in: running) {
      kept.append(setting.key)
      setting.copy(from: running, to: &taken)
    }
    return (taken, kept)
  }
}
