import TelexService

/// Whether the file, the environment and the flags say something that can be.
enum ConfigurationCheck {
  static func checks(loader: ConfigurationLoader, issues: [ConfigurationIssue]) -> [Check] {
    var checks = issues.map { Check.fail("configuration", "\($0.origin): \($0.problem)", remedy: $0.remedy) }
    if checks.isEmpty {
      checks.append(.ok("configuration", loader.file.map { "\($0) is right" } ?? "no file, defaults are used"))
    }
    // Mistyped variables are ignored by the service, since others may use the prefix too; here they are told.
    let known = Set(Setting.all.map(\.environmentName) + ["TELEX_CONFIG"])
    for name in loader.environment.keys.sorted() where name.hasPrefix("TELEX_") && !known.contains(name) {
      let meant = Spelling.nearest(to: name, among: known.sorted()).map { "did you mean \($0)?" } ?? "remove it"
      checks.append(.warn("environment", "\(name) is no setting", remedy: meant))
    }
    return checks
  }
}
