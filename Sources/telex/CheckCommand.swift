import ArgumentParser
import Glibc
import TelexModel
import TelexService

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks whether everything is set up as the service needs it.",
    discussion: """
      Configuration, folders and their permissions, file system, notifications, data files, and the running service. \
      As root, folders are tried as the user the service runs as. For a moment a hidden file stands in the folder; \
      nothing else is changed.

      EXAMPLES
        sudo telex check
        telex check --config new.yaml      before it is put in place

      EXIT STATUS
        0 all is well, warnings apart; 1 something fails; 78 the configuration is wrong.
      """)

  @Flag(help: "Print JSON.") var json = false

  @Option(help: ArgumentHelp("User the service runs as (root only).", valueName: "name"))
  var user = "telex"

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let loader = options.loader
    let (configuration, issues) = loader.read()
    var checks = ConfigurationCheck.checks(loader: loader, issues: issues)
    let identity = ServiceUser(named: user)
    checks += identity.whileActing {
      [identity.check] + FolderCheck(configuration).checks + DirectoryCheck.checks(configuration)
    }
    checks += [DataCheck.check(configuration), ServiceCheck.check(configuration)]
    if json { printJSON(checks) } else { printText(checks) }
    if !issues.isEmpty { throw Exit.misconfigured }
    if checks.contains(where: { $0.state == .fail }) { throw Exit.failure }
  }

  private func printText(_ checks: [Check]) {
    let width = checks.map(\.name.utf8.count).max() ?? 0
    for check in checks {
      let state = check.state.rawValue + String(repeating: " ", count: 6 - check.state.rawValue.utf8.count)
      let name = check.name + String(repeating: " ", count: width - check.name.utf8.count + 2)
      Terminal.print(state + name + check.message)
      if !check.remedy.isEmpty { Terminal.print(String(repeating: " ", count: 8 + width) + "→ " + check.remedy) }
    }
  }

  private func printJSON(_ checks: [Check]) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("checks")
      writer.array(checks) { writer, check in
        writer.object { writer in
          for (name, value) in [("name", check.name), ("state", check.state.rawValue), ("message", check.message)] {
            writer.key(escaping: name)
            writer.string(value)
          }
          if !check.remedy.isEmpty {
            writer.key("remedy")
            writer.string(check.remedy)
          }
        }
      }
    }
    Terminal.write(writer.finished(), to: STDOUT_FILENO)
  }
}
