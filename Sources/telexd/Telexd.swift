import ArgumentParser
import TelexService

@main
struct Telexd: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "telexd", version: telexVersion)
}
