import Glibc
import TelexModel
import Testing

@Suite struct AnalyseCommandTests {
  let program: Program
  let dispatch = "Le port de Marval restera fermé\n\nMARVAL, 14 mai 2022 (AVA) - Le port restera fermé jusqu'à lundi.\n"

  init() throws { program = try Program() }

  @Test func theResultStandsBesideTheFile() throws {
    try program.write(dispatch, named: "a.txt")
    let run = try program.run("analyse", "a.txt")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.isEmpty)
    #expect(try program.names() == ["a.txt", "a.txt.telex.json"].map { Array($0.utf8) })
    let result = try JSONReader.value(of: program.read("a.txt.telex.json"))
    #expect(result["schema"]?.string == "telex.result/1")
    #expect(result["status"]?.string == "analysed")
    #expect(result["source"]?["file"]?.string == "a.txt")
    #expect(result["text"]?.string?.contains("Le port restera fermé jusqu'à lundi.") == true)
  }

  @Test func placeAndTimeOfTheMachineChangeNothing() throws {
    let home = try program.run("analyse", "-", input: dispatch)
    let away = try program.run(
      "analyse", "-", input: dispatch,
      environment: ["TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"])
    #expect(home.status == 0 && home.output == away.output)
  }

  @Test func theResultsGoIntoTheFolderGiven() throws {
    try program.write(dispatch, named: "a.txt")
    try program.write(dispatch, named: "b.txt")
    mkdir(program.folder + "/out", 0o700)
    let run = try program.run("analyse", "--output", "out", "a.txt", program.folder + "/b.txt")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.names() == ["a.txt", "b.txt", "out"].map { Array($0.utf8) })
    #expect(try program.read("out/a.txt.telex.json").count > 100)
    #expect(try program.read("out/b.txt.telex.json").count > 100)
  }

  @Test func aSecondRunReplacesResultsAndLeavesThemOutAsInputs() throws {
    try program.write(dispatch, named: "a.txt")
    #expect(try program.run("analyse", "a.txt").status == 0)
    let first = try program.read("a.txt.telex.json")
    let run = try program.run("analyse", "a.txt", "a.txt.telex.json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.names().count == 2)
    #expect(try program.read("a.txt.telex.json") == first, "the same bytes give the same bytes")
  }

  @Test func standardInputIsPrinted() throws {
    try program.write(dispatch, named: "a.txt")
    let run = try program.run("analyse", "-", input: dispatch)
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.names().count == 1)
    let result = try JSONReader.value(of: run.output)
    #expect(result["status"]?.string == "analysed")
    #expect(result["source"]?["file"]?.string == "-")
  }

  @Test func theDateGivenGoesBeforeTheDispatchsOwn() throws {
    let run = try program.run("analyse", "--created", "2021-03", "-", input: dispatch)
    let time = try JSONReader.value(of: run.output)["documentTime"]
    #expect(time?["value"]?.string == "2021-03")
    #expect(time?["granularity"]?.string == "month")
    #expect(time?["basis"]?.string == "option")
  }

  @Test(arguments: ["2021-13", "2021-02-29", "21", "2021-3", "2021-03-1", "", "2021-03-23T10:00", "٢٠٢١"])
  func otherDatesAreRefused(date: String) throws {
    let run = try program.run("analyse", "--created", date, "-", input: dispatch)
    #expect(run.status == 64)
    #expect(run.errors.contains("is no date: write it like 2021, 2021-03 or 2021-03-23."))
  }

  @Test func aRefusalHasAResultAndAnExitStatus() throws {
    try program.write("", named: "empty.txt")
    try program.write(dispatch, named: "good.txt")
    let run = try program.run("analyse", "empty.txt", "good.txt")
    #expect(run.status == 65)
    #expect(run.errors.hasPrefix("telex: empty.txt: refused (empty): "), "\(run.errors)")
    #expect(try JSONReader.value(of: program.read("empty.txt.telex.json"))["reason"]?["code"]?.string == "empty")
    #expect(try JSONReader.value(of: program.read("good.txt.telex.json"))["status"]?.string == "analysed")
  }

  @Test func anEmbargoIsObeyedByHandToo() throws {
    try program.write("Titre: Un rapport\nEmbargo: 2199-05-14T18:00:00+02:00\n\nLe secret du port.\n", named: "a.txt")
    let run = try program.run("analyse", "a.txt")
    #expect(run.status == 65)
    #expect(run.errors == "telex: a.txt: under embargo until 2199-05-14 16:00:00; its result is a notice\n")
    let result = try program.read("a.txt.telex.json")
    #expect(try JSONReader.value(of: result)["status"]?.string == "withheld")
    #expect(!String(decoding: result, as: UTF8.self).contains("secret"))
  }

  @Test func whatIsTooLargeIsRefusedUnread() throws {
    try program.write("size_limit: 1 KiB\n", named: "telex.yaml")
    try program.write(String(repeating: "a", count: 1025), named: "large.txt")
    let run = try program.run("analyse", "--config", "telex.yaml", "large.txt")
    #expect(run.status == 65)
    let reason = try JSONReader.value(of: program.read("large.txt.telex.json"))["reason"]
    #expect(reason?["code"]?.string == "too-large")
    #expect(reason?["message"]?.string?.contains("1 KiB") == true)
  }

  @Test func whatCannotBeReadIsNamedAndTheRestIsDone() throws {
    try program.write(dispatch, named: "a.txt")
    mkdir(program.folder + "/folder", 0o700)
    mkfifo(program.folder + "/pipe", 0o600)
    let run = try program.run("analyse", "none.txt", "folder", "pipe", "a.txt")
    #expect(run.status == 66)
    #expect(
      run.errors == """
        telex: none.txt: cannot be read: No such file or directory
        telex: folder: cannot be read: Is a folder; name the files in it
        telex: pipe: cannot be read: Is no regular file; give pipes as -

        """)
    #expect(try program.names().contains(Array("a.txt.telex.json".utf8)))
  }

  @Test func aForeignFileIsNeverOverwritten() throws {
    try program.write(dispatch, named: "a.txt")
    try program.write("my notes", named: "a.txt.telex.json")
    symlink("elsewhere", program.folder + "/b.txt.telex.json")
    try program.write(dispatch, named: "b.txt")
    let run = try program.run("analyse", "a.txt", "b.txt")
    #expect(run.status == 73)
    #expect(run.errors.contains("a.txt: its result cannot be written: a file that is no result of Telex has its name"))
    #expect(try program.read("a.txt.telex.json") == Array("my notes".utf8))
    #expect(access(program.folder + "/elsewhere", F_OK) != 0)
  }

  @Test func aFolderThatIsMissingIsNamed() throws {
    try program.write(dispatch, named: "a.txt")
    let run = try program.run("analyse", "--output", "none", "a.txt")
    #expect(run.status == 73)
    #expect(run.errors == "telex: a.txt: its result cannot be written into none: No such file or directory\n")
  }

  /// Latin-1, a line feed, an escape sequence, a direction mark, a format directive, the longest name, a leading dash.
  @Test(arguments: [
    [0x64, 0xE9, 0x70], Array("a\nb".utf8), Array("\u{1B}[31mred".utf8), Array("a\u{202E}txt.exe".utf8),
    Array("%s%n $(id)".utf8), [UInt8](repeating: 0x61, count: 255), Array("-rf".utf8), Array("é".utf8),
  ])
  func hostileNamesAreNamesLikeOthers(name: [UInt8]) throws {
    try program.write(Array(dispatch.utf8), named: name)
    let run = try program.run(bytes: [Array("analyse".utf8), Array("--".utf8), name])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try program.names().count == 2)
    let result = try #require(try program.names().first { $0 != name })
    #expect(result.count <= 255)
    #expect(try JSONReader.value(of: program.read(result))["status"]?.string == "analysed")
  }

  @Test func hostileNamesCannotSpeakToTheTerminal() throws {
    let run = try program.run(bytes: [Array("analyse".utf8), Array("a\u{1B}[2Jb\n".utf8) + [0xE9]])
    #expect(run.status == 66)
    #expect(run.errors == "telex: a\\x1b[2Jb\\x0a\\xe9: cannot be read: No such file or directory\n")
  }

  @Test func aWrongConfigurationThatIsNamedIsAnError() throws {
    try program.write("wokers: 1\n", named: "telex.yaml")
    let run = try program.run("analyse", "--config", "telex.yaml", "-", input: dispatch)
    #expect(run.status == 78)
    #expect(run.errors == "telex: telex.yaml:1:1: “wokers” is no setting: did you mean workers?\n")
    #expect(run.output.isEmpty)
  }

  @Test func missingDataIsAnError() throws {
    let run = try program.run("analyse", "-", input: dispatch, environment: ["TELEX_RESOURCES": "/nowhere"])
    #expect(run.status == 78)
    #expect(run.errors.contains("/nowhere"), "\(run.errors)")
  }

  @Test func aDashStandsAlone() throws {
    #expect(try program.run("analyse", "-", "a.txt").status == 64)
    #expect(try program.run("analyse", "--output", "x", "-").status == 64)
    #expect(try program.run("analyse").status == 64)
  }
}
