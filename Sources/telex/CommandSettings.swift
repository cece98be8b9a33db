import ArgumentParser
import TelexService
import TelexText

/// What the subcommands need of the configuration, with failures told and turned into exit codes.
enum CommandSettings {
  /// The configuration for work by hand: a named file must be right; the installed one is used if it is.
  static func configuration(file: String?) throws -> Configuration {
    let environment = ConfigurationLoader.processEnvironment
    let loader = ConfigurationLoader(
      file: file ?? ConfigurationLoader.standardFile(environment: environment), environment: environment)
    let (configuration, issues) = loader.read()
    for issue in issues { Terminal.complain(issue.description) }
    if file != nil, !issues.isEmpty { throw Exit.misconfigured }
    return configuration
  }

  /// Where the word lists and models are.
  static func resources(of configuration: Configuration) throws -> ResourceDirectory {
    if !configuration.resources.isEmpty { return ResourceDirectory(root: configuration.resources) }
    guard let located = ResourceDirectory.located() else {
      Terminal.complain("word lists and models are missing beside the program: reinstall Telex, or set TELEX_RESOURCES")
      throw Exit.misconfigured
    }
    return located
  }
}
