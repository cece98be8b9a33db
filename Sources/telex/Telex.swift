import ArgumentParser
import TelexService

@main
struct Telex: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "telex", version: telexVersion)
}
