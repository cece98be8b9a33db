import Glibc

/// Makes a configuration: flags before environment before file before defaults.
///
/// Own code over libyaml's events, because the libraries that offer layered configuration lose the line a value stands
/// on, and an error that names no line is of little use to whoever edits a file over SSH at night.
package struct ConfigurationLoader: Sendable {
  /// Path of the YAML file; nil: none is read.
  package var file: String?
  package var environment: [String: String]
  /// Values by setting key, as given on the command line.
  package var flags: [String: String]

  package init(file: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]) {
    self.file = file
    self.environment = environment
    self.flags = flags
  }

  /// - Throws: `ConfigurationError` with everything that is wrong.
  package func load() throws(ConfigurationError) -> Configuration {
    let (configuration, issues) = read()
    guard issues.isEmpty else { throw ConfigurationError(issues) }
    return configuration
  }

  /// As much of the configuration as is right, for commands that must find the service while its file is wrong; and
  /// what is not.
  package func read() -> (configuration: Configuration, issues: [ConfigurationIssue]) {
    var configuration = Configuration()
    var issues: [ConfigurationIssue] = []
    var origins: [String: ConfigurationIssue.Origin] = [:]
    useDirectoriesOfTheServiceManager(in: &configuration)

    if let file {
      do {
        let entries = try ConfigurationFile(path: file).entries()
        read(entries, of: file, into: &configuration, &origins, &issues)
      } catch {
        issues += error.issues
      }
    }
    for setting in Setting.all {
      let given: [(String?, ConfigurationIssue.Origin)] = [
        (environment[setting.environmentName], .environment(setting.environmentName)),
        (flags[setting.key], .flag(setting.flagName)),
      ]
      for case (let text?, let origin) in given {
        origins[setting.key] = origin
        do throws(Setting.Refused) {
          try setting.set(text, in: &configuration)
        } catch {
          issues.append(ConfigurationIssue(at: origin, "\(setting.key): \(error.problem)", remedy: error.remedy))
        }
      }
    }
    // Only values that are right each for itself can contradict each other.
    guard issues.isEmpty else { return (configuration, issues) }
    issues = configuration.contradictions.map { contradiction in
      let origin = contradiction.keys.compactMap { origins[$0] }.first ?? .standard
      return ConfigurationIssue(
        at: origin, "\(contradiction.keys.joined(separator: " and ")): \(contradiction.problem)",
        remedy: contradiction.remedy)
    }
    return (configuration, issues)
  }

  /// systemd says which directories it made for the service (systemd.exec(5)); a user's own service has its elsewhere.
  private func useDirectoriesOfTheServiceManager(in configuration: inout Configuration) {
    if let path = environment["RUNTIME_DIRECTORY"]?.split(separator: ":").first, path.hasPrefix("/") {
      configuration.runtimeDirectory = String(path)
    } else if let path = environment["XDG_RUNTIME_DIR"], path.hasPrefix("/"), access(path + "/telex", F_OK) == 0 {
      configuration.runtimeDirectory = path + "/telex"
    }
    if let path = environment["STATE_DIRECTORY"]?.split(separator: ":").first, path.hasPrefix("/") {
      configuration.stateDirectory = String(path)
    }
  }

  private func read(
    _ entries: [ConfigurationFile.Entry], of file: String, into configuration: inout Configuration,
    _ origins: inout [String: ConfigurationIssue.Origin], _ issues: inout [ConfigurationIssue]
  ) {
    for entry in entries {
      let origin = ConfigurationIssue.Origin.file(file, line: entry.line, column: entry.column)
      guard let setting = Setting.named(entry.key) else {
        let nearest = Spelling.nearest(to: entry.key, among: Setting.all.map(\.key))
        issues.append(
          ConfigurationIssue(
            at: origin, "\(quoted(entry.key)) is no setting",
            remedy: nearest.map { "did you mean \($0)?" }
              ?? "see \(standardPath) or 'telex check --help' for the settings"))
        continue
      }
      if case .file(_, let line, _) = origins[entry.key] {
        issues.append(
          ConfigurationIssue(at: origin, "\(entry.key) stands on line \(line) already", remedy: "remove one of the two")
        )
        continue
      }
      origins[entry.key] = origin
      do throws(Setting.Refused) {
        switch entry.value {
        case .scalar(let text): try setting.set(text, in: &configuration)
        case .list(let items): try setting.set(items, in: &configuration)
        case .none:
          throw Setting.Refused("no value is given", remedy: "give one, or put # before the line for the default")
        case .mapping:
          throw Setting.Refused(
            "settings stand inside it", remedy: "every setting begins its own line, without indentation")
        }
      } catch {
        let place = ConfigurationIssue.Origin.file(file, line: entry.valueLine, column: entry.valueColumn)
        issues.append(ConfigurationIssue(at: place, "\(entry.key): \(error.problem)", remedy: error.remedy))
      }
    }
  }

  /// Where the file is on an installed system.
  private var standardPath: String { ConfigurationFile.systemPath }
}

extension ConfigurationLoader {
  /// The file that is read where none is named: `TELEX_CONFIG`, or the user's own, or the system's; nil where none exists.
  /// root never reads a user's file.
  package static func standardFile(environment: [String: String], user: UInt32? = nil) -> String? {
    if let named = environment["TELEX_CONFIG"] { return named }
    var candidates: [String] = []
    if (user ?? geteuid()) != 0 {
      if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
        candidates.append(folder + "/telex/telex.yaml")
      } else if let home = environment["HOME"], home.hasPrefix("/") {
        candidates.append(home + "/.config/telex/telex.yaml")
      }
    }
    candidates.append(ConfigurationFile.systemPath)
    return candidates.first { access($0, F_OK) == 0 }
  }

  /// The process's environment.
  package static var processEnvironment: [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return variables
  }
}
