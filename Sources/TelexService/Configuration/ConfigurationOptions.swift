package import ArgumentParser

/// The settings as flags, one for each row of `Setting.all` (a test holds the two together).
///
/// Values stay text here: the table reads and judges them like those of the file, so that messages are the same.
package struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Configuration file (default: \(ConfigurationFile.systemPath), where it exists).", valueName: "file"))
  package var config: String?

  @Option(help: .setting("folder")) package var folder: String?
  @Option(help: .setting("folder_missing")) package var folderMissing: String?
  @Option(help: .setting("ignore")) package var ignore: String?
  @Option(help: .setting("marker")) package var marker: String?
  @Option(help: .setting("owner_policy")) package var ownerPolicy: String?
  @Option(help: .setting("quiet_period")) package var quietPeriod: String?
  @Option(help: .setting("grace")) package var grace: String?
  @Option(help: .setting("rescan_period")) package var rescanPeriod: String?
  @Option(help: .setting("polling_period")) package var pollingPeriod: String?
  @Option(help: .setting("on_success")) package var onSuccess: String?
  @Option(help: .setting("on_failure")) package var onFailure: String?
  @Option(help: .setting("on_delete")) package var onDelete: String?
  @Option(help: .setting("success_folder")) package var successFolder: String?
  @Option(help: .setting("failure_folder")) package var failureFolder: String?
  @Option(help: .setting("result_mode")) package var resultMode: String?
  @Option(help: .setting("reanalyse")) package var reanalyse: String?
  @Option(help: .setting("workers")) package var workers: String?
  @Option(help: .setting("worker_memory")) package var workerMemory: String?
  @Option(help: .setting("deadline")) package var deadline: String?
  @Option(help: .setting("size_limit")) package var sizeLimit: String?
  @Option(help: .setting("journal_rate")) package var journalRate: String?
  @Option(help: .setting("runtime_directory")) package var runtimeDirectory: String?
  @Option(help: .setting("state_directory")) package var stateDirectory: String?
  @Option(help: .setting("resources")) package var resources: String?

  package init() {}

  /// The flags that were given, by setting key.
  package var flags: [String: String] {
    let values: [String: String?] = [
      "folder": folder, "folder_missing": folderMissing, "ignore": ignore, "marker": marker,
      "owner_policy": ownerPolicy,
      "quiet_period": quietPeriod, "grace": grace, "rescan_period": rescanPeriod, "on_success": onSuccess,
      "on_failure": onFailure, "on_delete": onDelete, "success_folder": successFolder, "failure_folder": failureFolder,
      "result_mode": resultMode, "polling_period": pollingPeriod, "reanalyse": reanalyse,
      "workers": workers, "worker_memory": workerMemory, "deadline": deadline, "size_limit": sizeLimit,
      "journal_rate": journalRate, "runtime_directory": runtimeDirectory, "state_directory": stateDirectory,
      "resources": resources,
    ]
    return values.compactMapValues { $0 }
  }

  /// What reads the configuration these flags and the process's environment ask for. On reload it is asked again.
  package var loader: ConfigurationLoader {
    let environment = ConfigurationLoader.processEnvironment
    return ConfigurationLoader(
      file: config ?? ConfigurationLoader.standardFile(environment: environment), environment: environment, flags: flags
    )
  }
}

extension ArgumentHelp {
  /// The table's own words on a setting.
  fileprivate static func setting(_ key: String) -> ArgumentHelp {
    guard let setting = Setting.named(key) else { return ArgumentHelp("Unknown setting \(key).", visibility: .private) }
    let standard = setting.text(in: Configuration())
    let first = setting.summary.prefix(1).uppercased()
    return ArgumentHelp(
      "\(first)\(setting.summary.dropFirst())\(standard.isEmpty ? "" : " (default: \(standard))").",
      valueName: setting.kind.valueName)
  }
}

extension Setting.Kind {
  fileprivate var valueName: String {
    switch self {
    case .path: "path"
    case .text: "text"
    case .list: "patterns"
    case .integer: "number"
    case .size: "size"
    case .duration: "time"
    case .mode: "mode"
    case .choice(let values, _, _): values.joined(separator: "|")
    }
  }
}
