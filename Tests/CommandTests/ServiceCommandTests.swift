import Glibc
import TelexModel
import Testing

/// `telex status`, `check` and `reload` beside a telexd that really runs.
@Suite struct ServiceCommandTests {
  let program: Program

  init() throws { program = try Program() }

  private func json(_ outcome: Program.Outcome) throws -> JSONValue { try JSONReader.value(of: outcome.output) }

  @Test func withoutAServiceTheStatusIsCritical() throws {
    let run = try program.run("status", "--runtime-directory", program.folder)
    #expect(run.status == 2)
    #expect(
      run.text == "TELEX CRITICAL - telexd is not running (there is no \(program.folder)/status.json); "
        + "start it: systemctl start telexd\n")
    let report = try json(program.run("status", "--json", "--runtime-directory", program.folder))
    #expect(report["level"]?.string == "critical")
    #expect(report["service"] == .null)
  }

  @Test func aServiceThatRunsIsWell() throws {
    let service = try RunningService(of: program)
    let run = try program.run("status", "--config", service.configuration)
    #expect(run.status == 0, "\(run.text)")
    #expect(run.text.hasPrefix("TELEX OK - "), "\(run.text)")
    let report = try json(program.run("status", "--json", "--config", service.configuration))
    #expect(report["level"]?.string == "ok")
    #expect(report["findings"]?.array == [])
    #expect(report["service"]?["pid"]?.int == Int(service.pid))
    #expect(report["service"]?["folder"]?["path"]?.string == program.folder + "/in")
  }

  @Test func aServiceThatWasStoppedIsToldFromOneThatWasKilled() throws {
    let service = try RunningService(of: program)
    kill(service.pid, SIGKILL)
    var info = siginfo_t()
    waitid(P_PID, id_t(service.pid), &info, WEXITED | WNOWAIT)
    let killed = try program.run("status", "--config", service.configuration)
    #expect(killed.status == 2)
    #expect(killed.text.contains("has ended without a word"), "\(killed.text)")
    service.stop()
    let other = try Program()
    let second = try RunningService(of: other)
    second.stop()
    let stopped = try program.run("status", "--config", second.configuration)
    #expect(stopped.status == 2)
    #expect(stopped.text.contains("telexd was stopped"), "\(stopped.text)")
  }

  @Test func aReloadReturnsWhenItIsDone() throws {
    let service = try RunningService(of: program)
    try program.write(
      String(decoding: try program.read("telex.yaml"), as: UTF8.self) + "grace: 7 s\n", named: "telex.yaml")
    let run = try program.run("reload", "--config", service.configuration)
    #expect(run.status == 0, "\(run.errors)")
    let report = try json(program.run("status", "--json", "--config", service.configuration))
    #expect(report["service"]?["reload"]?["count"]?.int == 1)
    #expect(report["service"]?["reload"]?["outcome"]?.string == "ok")
  }

  @Test func aReloadThatIsRefusedSaysWhy() throws {
    let service = try RunningService(of: program)
    try program.write(
      String(decoding: try program.read("telex.yaml"), as: UTF8.self) + "wokers: 7\n", named: "telex.yaml")
    let run = try program.run("reload", "--config", service.configuration)
    #expect(run.status == 78, "\(run.errors)")
    #expect(run.errors.contains("telex.yaml:6:1: “wokers” is no setting: did you mean workers?"), "\(run.errors)")
    let status = try program.run("status", "--config", service.configuration)
    #expect(status.status == 1)
    #expect(status.text.hasPrefix("TELEX WARNING - the last reload was refused: "), "\(status.text)")
    #expect(kill(service.pid, 0) == 0)
  }

  @Test func aReloadSignalsNobodyElse() throws {
    // A status file of a service long gone, whose number has come to this very process.
    try program.write(
      #"{"schema": "telex.status/1", "pid": \#(getpid()), "state": "running", "writtenAt": 0}"#, named: "status.json")
    let run = try program.run("reload", "--runtime-directory", program.folder)
    #expect(run.status == 69)
    #expect(run.errors.contains("is not telexd"), "\(run.errors)")
  }

  @Test func aDamagedStatusIsNamed() throws {
    try program.write("{", named: "status.json")
    let run = try program.run("reload", "--runtime-directory", program.folder)
    #expect(run.status == 69)
    #expect(run.errors.contains("status.json: cannot be used"), "\(run.errors)")
  }

  @Test func aSoundInstallationIsChecked() throws {
    let service = try RunningService(of: program)
    let run = try program.run("check", "--json", "--user", "root", "--config", service.configuration)
    #expect(run.status == 0, "\(run.text)")
    let checks = try #require(try json(run)["checks"]?.array)
    #expect(!checks.contains { $0["state"]?.string == "fail" }, "\(run.text)")
    for name in ["configuration", "folder", "file system", "writing", "notifications", "data", "service"] {
      #expect(checks.contains { $0["name"]?.string == name }, "\(name)")
    }
    #expect(try program.names().allSatisfy { !$0.starts(with: Array(".telex-check".utf8)) })
  }

  @Test func whatIsWrongIsToldWithItsRemedy() throws {
    try program.write("folder: \(program.folder)/none\n", named: "telex.yaml")
    let missing = try program.run("check", "--user", "root", "--config", "telex.yaml")
    #expect(missing.status == 1)
    #expect(missing.text.contains("fail  folder"), "\(missing.text)")
    #expect(missing.text.contains("→ make it: install -d -o telex -g telex -m 2770 \(program.folder)/none"))

    try program.write("wokers: 1\nfolder: \(program.folder)\n", named: "telex.yaml")
    let wrong = try program.run(
      "check", "--user", "root", "--config", "telex.yaml", environment: ["TELEX_WORKRES": "2"])
    #expect(wrong.status == 78)
    #expect(wrong.text.contains("telex.yaml:1:1: “wokers” is no setting\n"), "\(wrong.text)")
    #expect(wrong.text.contains("TELEX_WORKRES is no setting\n"))
    #expect(wrong.text.contains("→ did you mean TELEX_WORKERS?\n"))
  }

  @Test func dataThatIsMissingIsNamed() throws {
    let run = try program.run("check", "--user", "root", "--folder", program.folder, "--resources", "/nowhere")
    #expect(run.status == 1)
    #expect(run.text.contains("fail  data"), "\(run.text)")
  }
}
