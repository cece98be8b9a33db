import Glibc
import TelexModel
import Testing

@Suite struct ReconcileCommandTests {
  let program: Program

  init() throws {
    program = try Program()
    mkdir(program.folder + "/in", 0o700)
  }

  private func standings(_ run: Program.Outcome) throws -> [String: String] {
    let entries = try JSONReader.value(of: run.output)["entries"]?.array ?? []
    return Dictionary(
      entries.compactMap { entry in
        guard let file = entry["file"]?.string, let standing = entry["standing"]?.string else { return nil }
        return (file, [standing, entry["detail"]?.string].compactMap { $0 }.joined(separator: " "))
      }, uniquingKeysWith: { "\($0) and \($1)" })
  }

  @Test func everyEntryHasOneStanding() throws {
    for name in ["done.txt", "new.txt", "changed.txt", "conflict.txt", "orphan.txt"] {
      try program.write("Le port restera fermé.\n", named: "in/" + name)
    }
    try program.write("", named: "in/empty.txt")
    let analysis = try program.run(
      "analyse", "in/done.txt", "in/changed.txt", "in/orphan.txt", "in/empty.txt")
    #expect(analysis.status == 65)
    unlink(program.folder + "/in/orphan.txt")
    try program.write("Le port a rouvert.\n", named: "in/changed.txt")
    try program.write("my notes", named: "in/conflict.txt.telex.json")
    try program.write("", named: "in/half.part")
    mkdir(program.folder + "/in/folder", 0o700)
    symlink("/etc/hostname", program.folder + "/in/link.txt")

    let run = try program.run("reconcile", "--json", "--folder", "in")
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      try standings(run) == [
        "done.txt": "done", "new.txt": "pending new", "changed.txt": "pending changed",
        "conflict.txt": "pending name-conflict", "conflict.txt.telex.json": "foreign", "empty.txt": "failed empty",
        "orphan.txt.telex.json": "orphan", "half.part": "ignored pattern", "folder": "ignored folder",
        "link.txt": "ignored link",
      ])
  }

  @Test func onlyWhatCallsForAttentionIsListed() throws {
    try program.write("Le port restera fermé.\n", named: "in/a.txt")
    try program.write("", named: "in/empty.txt")
    #expect(try program.run("analyse", "in/a.txt", "in/empty.txt").status == 65)
    let run = try program.run("reconcile", "--folder", "in")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text == "failed       empty.txt  (empty)\n\(program.folder)/in: 1 done, 1 failed\n")
    let all = try program.run("reconcile", "--all", "--folder", "in")
    #expect(all.text.contains("done         a.txt\n"))
  }

  @Test func anEmptyFolderIsAccountedFor() throws {
    let run = try program.run("reconcile", "--folder", "in")
    #expect(run.status == 0)
    #expect(run.text == "\(program.folder)/in: empty\n")
  }

  @Test func settingsThatChangeResultsMakeThemStale() throws {
    try program.write("Le port restera fermé.\n", named: "in/a.txt")
    #expect(try program.run("analyse", "in/a.txt").status == 0)
    try program.write("folder: \(program.folder)/in\ndeadline: 3 s\n", named: "telex.yaml")
    #expect(try standings(program.run("reconcile", "--json", "--config", "telex.yaml")) == ["a.txt": "stale"])
  }

  @Test func aFolderThatIsMissingIsNamed() throws {
    let run = try program.run("reconcile", "--folder", "none")
    #expect(run.status == 66)
    #expect(run.errors.hasPrefix("telex: \(program.folder)/none: the drop folder can't be read"), "\(run.errors)")
  }

  @Test func aWrongConfigurationIsAnError() throws {
    try program.write("wokers: 1\n", named: "telex.yaml")
    #expect(try program.run("reconcile", "--config", "telex.yaml").status == 78)
  }
}
