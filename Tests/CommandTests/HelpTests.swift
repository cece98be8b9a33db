import Glibc
import Testing

/// Help texts are part of the product: a change of one is seen and meant.
@Suite struct HelpTests {
  @Test(arguments: ["telex", "analyse", "status", "check", "reload"])
  func theHelpIsAsRecorded(command: String) throws {
    let program = try Program()
    let run = try program.run(bytes: (command == "telex" ? ["--help"] : [command, "--help"]).map { Array($0.utf8) })
    #expect(run.status == 0)
    for line in run.text.split(separator: "\n") where !line.hasPrefix("USAGE:") { #expect(line.count <= 80, "\(line)") }
    let golden = golden(command)
    if getenv("TELEX_RECORD") != nil, let stream = fopen(golden, "w") {
      fputs(run.text, stream)
      fclose(stream)
    }
    var expected = ""
    if let stream = fopen(golden, "r") {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&buffer, 1, buffer.count, stream)
      expected = String(decoding: buffer[..<count], as: UTF8.self)
      fclose(stream)
    }
    #expect(run.text == expected, "TELEX_RECORD=1 writes it anew")
  }

  @Test func aMisspeltSubcommandIsAnErrorOfUsage() throws {
    let run = try Program().run("analyze", "a.txt")
    #expect(run.status == 64)
    #expect(run.output.isEmpty)
  }

  private func golden(_ command: String, source: String = #filePath) -> String {
    let folder = source.lastIndex(of: "/").map { source[..<$0] } ?? "."
    return "\(folder)/Golden/\(command).txt"
  }
}
