import Glibc
import Testing

/// Help texts are part of the product: a change of one is seen and meant.
@Suite struct HelpTests {
  @Test(arguments: ["telex", "analyse", "show", "formats", "status", "reconcile", "check", "reload"])
  func theHelpIsAsRecorded(command: String) throws {
    let program = try Program()
    let run = try program.run(bytes: (command == "telex" ? ["--help"] : [command, "--help"]).map { Array($0.utf8) })
    #expect(run.status == 0)
    for line in run.text.split(separator: "\n") where !line.hasPrefix("USAGE:") { #expect(line.count <= 80, "\(line)") }
    let golden = try PackageFiles.path("Tests/CommandTests/Golden/\(command).txt")
    if getenv("TELEX_RECORD") != nil {
      try PackageFiles.replace(golden, with: run.text)
    } else {
      let expected = String(decoding: try PackageFiles.contents(golden), as: UTF8.self)
      #expect(run.text == expected, "TELEX_RECORD=1 writes it anew")
    }
  }

  @Test func aMisspeltSubcommandIsAnErrorOfUsage() throws {
    let run = try Program().run("analyze", "a.txt")
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }
}
