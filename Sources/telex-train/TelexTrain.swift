import ArgumentParser
import TelexTraining

@main
struct TelexTrain: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "telex-train")
}
