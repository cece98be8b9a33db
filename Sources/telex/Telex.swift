import ArgumentParser
import TelexService

@main
struct Telex: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "telex",
    abstract: "Analyses French newswire dispatches, and looks after the service that does.",
    discussion: """
      The service is called telexd: drop a dispatch into its folder (/var/spool/telex, where nothing else is \
      configured), and NAME.telex.json appears beside it.

      telex analyse depeche.txt      the same by hand
      telex show depeche.txt.telex.json   a result, to look at
      telex formats depeche.xml      what a file is taken for, and why
      telex parse --conllu text.txt  the syntax of a text
      telex status                   how the service is doing
      telex reconcile                what became of every file in the folder
      telex check                    whether everything is set up as it must be
      telex reload                   have the service read its configuration again
      """,
    version: telexVersion,
    subcommands: [
      AnalyseCommand.self, ShowCommand.self, FormatsCommand.self, ParseCommand.self, StatusCommand.self,
      ReconcileCommand.self, CheckCommand.self, ReloadCommand.self,
    ])

  static func main() {
    // Dispatches are read in processes of their own, which are this program again.
    if CommandLine.arguments.dropFirst().first == WorkerMain.subcommand { WorkerMain.run() }
    main(Arguments.all)
  }
}
