import Glibc
import TelexModel
import Testing

/// `systemd/install` into a folder, with the programs of this build.
@Suite struct InstallTests {
  let program: Program

  init() throws { program = try Program() }

  private func install(_ arguments: String...) throws -> Program.Outcome {
    let telex = try Program.executable()
    let binaries = telex.lastIndex(of: "/").map { String(telex[..<$0]) } ?? "."
    let words = arguments + ["--destdir", program.folder + "/target", "--binaries", binaries]
    return try program.run(try PackageFiles.path("systemd/install"), bytes: words.map { Array($0.utf8) })
  }

  private func exists(_ path: String) -> Bool { access(program.folder + "/target/" + path, F_OK) == 0 }

  @Test func everythingIsInItsPlaceAndWorks() throws {
    let run = try install()
    #expect(run.status == 0, "\(run.errors)")
    for path in [
      "usr/bin/telex", "usr/lib/telex/telexd", "usr/lib/telex/resources/TelexText/Resources", "etc/telex/telex.yaml",
      "usr/lib/systemd/system/telexd.service", "usr/lib/sysusers.d/telex.conf", "usr/lib/tmpfiles.d/telex.conf",
      "usr/lib/systemd/catalog/telex.catalog", "usr/lib/systemd/catalog/telex.fr.catalog",
      "usr/share/bash-completion/completions/telex", "usr/share/zsh/vendor-completions/_telex",
      "usr/share/fish/vendor_completions.d/telex.fish", "usr/share/doc/telex/telex.schema.json",
    ] {
      #expect(exists(path), "\(path)")
    }
    let telex = program.folder + "/target/usr/bin/telex"
    let analysis = try program.run(
      telex, bytes: [Array("analyse".utf8), Array("-".utf8)], input: Array("Bonjour.\n".utf8))
    #expect(analysis.status == 0, "\(analysis.errors)")
    let check = try program.run(
      telex, bytes: ["check", "--user", "root", "--folder", program.folder].map { Array($0.utf8) })
    #expect(check.text.contains("\(program.folder)/target/usr/lib/telex/resources\n"), "\(check.text)")
  }

  @Test func anEditedConfigurationStays() throws {
    #expect(try install().status == 0)
    let path = "target/etc/telex/telex.yaml"
    let shipped = try program.read(path)
    try program.write("workers: 3\n", named: path)
    let again = try install()
    #expect(again.status == 0, "\(again.errors)")
    #expect(try program.read(path) == Array("workers: 3\n".utf8))
    #expect(!exists("etc/telex/telex.yaml.new"), "nothing new was shipped")

    // As after an upgrade that ships another file.
    try program.write("# of an older version\n", named: "target/usr/lib/telex/telex.yaml.shipped")
    let upgrade = try install()
    #expect(upgrade.errors.contains("was edited and stays; what is new is in "), "\(upgrade.errors)")
    #expect(try program.read(path) == Array("workers: 3\n".utf8))
    #expect(try program.read(path + ".new") == shipped)
  }

  @Test func aConfigurationThatNobodyEditedIsRenewed() throws {
    #expect(try install().status == 0)
    let path = "target/etc/telex/telex.yaml"
    let shipped = try program.read(path)
    try program.write("# of an older version\n", named: "target/usr/lib/telex/telex.yaml.shipped")
    try program.write("# of an older version\n", named: path)
    #expect(try install().status == 0)
    #expect(try program.read(path) == shipped)
  }

  @Test func uninstallingLeavesOnlyTheConfiguration() throws {
    #expect(try install().status == 0)
    let run = try install("--uninstall")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("These stay"))
    #expect(exists("etc/telex/telex.yaml"))
    #expect(!exists("usr/lib/telex"))
    #expect(!exists("usr/bin/telex"))
    #expect(!exists("usr/lib/systemd/system/telexd.service"))
  }

  @Test(arguments: [["--nonsense"], ["--destdir", "relative"], ["--foreground"], ["stray"]])
  func wrongUsageIsSaid(arguments: [String]) throws {
    let run = try program.run(try PackageFiles.path("systemd/install"), bytes: arguments.map { Array($0.utf8) })
    #expect(run.status == 64)
    #expect(run.errors.contains("see systemd/install --help"))
  }
}
