import ArgumentParser
import Glibc
import Testing

@testable import TelexService

@Suite struct SettingTableTests {
  @Test func keysAreUniqueAndWellFormed() {
    let keys = Setting.all.map(\.key)
    #expect(Set(keys).count == keys.count)
    for key in keys { #expect(key.allSatisfy { $0 == "_" || ($0.isASCII && $0.isLowercase) }, "\(key)") }
  }

  @Test func defaultsAreAcceptedAsTheyAreWritten() throws {
    for setting in Setting.all {
      var configuration = Configuration()
      try setting.set(setting.text(in: configuration), in: &configuration)
      #expect(configuration == Configuration(), "\(setting.key)")
    }
    #expect(Configuration().contradictions.isEmpty)
  }

  /// Every setting stands in the commented file with its default, and nothing else does.
  @Test func theCommentedFileShowsEveryDefault() throws {
    let path = try packageFile("config/telex.yaml")
    let text = try contents(of: path)
    #expect(try ConfigurationLoader(file: path).load() == Configuration(), "as shipped")

    let lines = text.split(separator: "\n").filter { $0.hasPrefix("#") && !$0.hasPrefix("# ") && $0 != "#" }
    let folder = try TemporaryFolder()
    let uncommented = try folder.write(lines.map { $0.dropFirst() }.joined(separator: "\n"), to: "telex.yaml")
    #expect(try ConfigurationFile(path: uncommented).entries().map(\.key) == Setting.all.map(\.key))
    #expect(try ConfigurationLoader(file: uncommented).load() == Configuration())
  }

  @Test func theSchemaIsThatOfTheTable() throws {
    let path = try packageFile("config/telex.schema.json")
    if getenv("TELEX_RECORD") != nil, let stream = fopen(path, "we") {
      fputs(Configuration.schema, stream)
      fclose(stream)
    }
    #expect(try contents(of: path) == Configuration.schema, "TELEX_RECORD=1 writes it anew")
  }

  @Test func theReadmeShowsTheTable() throws {
    let path = try packageFile("README.md")
    let readme = try contents(of: path)
    let rows = Setting.all.map { setting in
      let standard = setting.text(in: Configuration())
      return "| `\(setting.key)` | \(standard.isEmpty ? "" : "`\(standard)`") | \(setting.summary) |\n"
    }
    let table = "| setting | default | what |\n| --- | --- | --- |\n" + rows.joined()
    let start = try #require(readme.firstRange(of: "<!-- settings -->\n")).upperBound
    let end = try #require(readme.firstRange(of: "<!-- /settings -->")).lowerBound
    if getenv("TELEX_RECORD") != nil, let stream = fopen(path, "we") {
      fputs(readme[..<start] + table + readme[end...], stream)
      fclose(stream)
    } else {
      #expect(String(readme[start..<end]) == table, "TELEX_RECORD=1 writes it anew")
    }
  }

  @Test func thereIsAFlagForEverySetting() throws {
    let values = Dictionary(uniqueKeysWithValues: Setting.all.map { ($0.key, "v-" + $0.key) })
    let arguments = Setting.all.flatMap { [$0.flagName, "v-" + $0.key] }
    #expect(try ConfigurationOptions.parse(arguments).flags == values)
    #expect(try ConfigurationOptions.parse([]).flags.isEmpty)
    let help = ConfigurationOptions.helpMessage(columns: 120)
    for setting in Setting.all { #expect(help.contains(setting.flagName + " <"), "\(setting.key)") }
    #expect(!help.contains("Unknown setting"))
  }

  @Test func theFingerprintFollowsTheSettingsThatChangeResults() throws {
    let base = Configuration().fingerprint
    #expect(base.utf8.count == 64)
    var other = Configuration()
    other.workers = 7
    other.folder = "/elsewhere"
    #expect(other.fingerprint == base)
    other.sizeLimit = 1 << 20
    #expect(other.fingerprint != base)
  }

  @Test func aReloadKeepsWhatNeedsARestart() {
    let running = Configuration()
    var new = running
    new.folder = "/elsewhere"
    new.workers = 5
    let (taken, needRestart) = new.reloaded(over: running)
    #expect(needRestart == ["folder"])
    #expect(taken.folder == running.folder)
    #expect(taken.workers == 5)
  }

  @Test(arguments: [
    ("0", Duration.zero), ("500ms", .milliseconds(500)), ("30 s", .seconds(30)), ("5 min", .seconds(300)),
    ("1 h", .seconds(3600)),
  ])
  func periodsAreRead(text: String, period: Duration) {
    #expect(Period.value(text) == period)
    #expect(Period.value(Period.text(period)) == period)
  }

  @Test(arguments: ["", "s", "-1 s", "1.5 s", "9223372036854775807 h", "1 day", "٣ s"])
  func otherPeriodsAreNot(text: String) { #expect(Period.value(text) == nil) }

  @Test(arguments: ["", "MiB", "1 MB", "-1", "9223372036854775807 GiB"])
  func otherSizesAreNot(text: String) { #expect(Size.value(text) == nil) }

  @Test func theUsersOwnFileIsFoundFirstButNotByRoot() throws {
    let folder = try TemporaryFolder()
    mkdir(folder.path + "/telex", 0o700)
    let file = try folder.write("", to: "telex/telex.yaml")
    let environment = ["XDG_CONFIG_HOME": folder.path]
    #expect(ConfigurationLoader.standardFile(environment: environment, user: 1000) == file)
    #expect(ConfigurationLoader.standardFile(environment: environment, user: 0) != file)
    #expect(ConfigurationLoader.standardFile(environment: ["TELEX_CONFIG": "/x/y"], user: 0) == "/x/y")
  }

  @Test(arguments: [("wokers", "workers"), ("dead_line", "deadline"), ("quiet-period", "quiet_period"), ("zzz", nil)])
  func misspeltNamesAreGuessed(word: String, meant: String?) {
    #expect(Spelling.nearest(to: word, among: Setting.all.map(\.key)) == meant)
  }
}
