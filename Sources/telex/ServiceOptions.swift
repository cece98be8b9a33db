import ArgumentParser
import TelexService

/// How a subcommand finds the running service.
struct ServiceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Configuration file of the service.", valueName: "file"), completion: .file())
  var config: String?

  @Option(
    name: .customLong("runtime-directory"),
    help: ArgumentHelp("Where the service writes status.json.", valueName: "folder"), completion: .directory)
  var directory: String?

  /// Where `status.json` is. The file may be wrong (a reload must still find the service): what is right in it counts.
  var runtimeDirectory: String { directory ?? loader.read().configuration.runtimeDirectory }

  var loader: ConfigurationLoader {
    let environment = ConfigurationLoader.processEnvironment
    return ConfigurationLoader(
      file: config ?? ConfigurationLoader.standardFile(environment: environment), environment: environment,
      flags: directory.map { ["runtime_directory": $0] } ?? [:])
  }
}
