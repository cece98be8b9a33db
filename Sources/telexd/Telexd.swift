import ArgumentParser
import Glibc
import TelexService

/// The service's program: reads its flags and becomes the daemon (`Daemon`), or, as the daemon's own child, a worker.
@main
struct Telexd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "telexd",
    abstract: "Analyses each French newswire dispatch that lands in a folder.",
    discussion: """
      For each file NAME in the folder, NAME.telex.json appears beside it. systemd starts this program; by hand, use
      --foreground to see its messages as plain lines. SIGHUP reads the configuration again, SIGTERM finishes what is in
      hand and ends; a second one ends at once.

      Exit status: 0 after a stop, 64 wrong usage, 69 something needed is not available, 70 a fault in Telex, 74
      input/output error, 75 another telexd serves the folder, 77 a permission is missing, 78 wrong configuration.
      """,
    version: telexVersion)

  @OptionGroup var options: ConfigurationOptions

  @Flag(help: "Messages as plain lines on standard error, even where there is a journal.")
  var foreground = false

  static func main() {
    if CommandLine.arguments.dropFirst().first == WorkerMain.subcommand { WorkerMain.run() }
    do {
      let command = try parse()
      let code = Daemon.run(
        loader: command.options.loader, foreground: command.foreground,
        environment: ConfigurationLoader.processEnvironment)
      Glibc.exit(code.rawValue)
    } catch {
      exit(withError: error)
    }
  }
}
