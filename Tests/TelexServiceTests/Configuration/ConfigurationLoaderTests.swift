import Testing

@testable import TelexService

@Suite struct ConfigurationLoaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ yaml: String, environment: [String: String] = [:], flags: [String: String] = [:]
  ) throws -> Configuration {
    let file = try folder.write(yaml, to: "telex.yaml")
    return try ConfigurationLoader(file: file, environment: environment, flags: flags).load()
  }

  /// The messages for a file, without its path.
  private func complaints(
    _ yaml: String, environment: [String: String] = [:], flags: [String: String] = [:]
  ) throws -> [String] {
    let file = try folder.write(yaml, to: "telex.yaml")
    do {
      _ = try ConfigurationLoader(file: file, environment: environment, flags: flags).load()
      return []
    } catch {
      return error.issues.map { issue in
        let text = issue.description
        return text.hasPrefix(file) ? String(text.dropFirst(file.count)) : text
      }
    }
  }

  @Test(arguments: ["", "# nothing but a comment\n", "---\n", "{}\n", "---\n...\n"])
  func anEmptyFileGivesTheDefaults(yaml: String) throws {
    #expect(try load(yaml) == Configuration())
  }

  @Test func noFileGivesTheDefaults() throws {
    #expect(try ConfigurationLoader().load() == Configuration())
  }

  @Test func everyKindOfValueIsRead() throws {
    let yaml = """
      folder: /srv/dépêches/
      workers: 3
      worker_memory: 2 GiB
      deadline: 1500 ms
      size_limit: 65536
      ignore: ["*.bak", 'x?']
      marker: .done
      result_mode: 0664
      on_success: move
      success_folder: /srv/faites
      """
    var expected = Configuration()
    expected.folder = "/srv/dépêches"
    expected.workers = 3
    expected.workerMemory = 2 << 30
    expected.deadline = .milliseconds(1500)
    expected.sizeLimit = 65536
    expected.ignore = ["*.bak", "x?"]
    expected.marker = ".done"
    expected.resultMode = 0o664
    expected.onSuccess = .move
    expected.successFolder = "/srv/faites"
    #expect(try load(yaml) == expected)
  }

  @Test func flagGoesBeforeEnvironmentBeforeFileBeforeDefault() throws {
    let yaml = "workers: 1\ndeadline: 1 s\ngrace: 1 s\n"
    let read = try load(
      yaml, environment: ["TELEX_WORKERS": "2", "TELEX_DEADLINE": "2 s", "TELEX_IGNORE": "*.a, *.b"],
      flags: ["workers": "3"])
    #expect(read.workers == 3)
    #expect(read.deadline == .seconds(2))
    #expect(read.grace == .seconds(1))
    #expect(read.rescanPeriod == Configuration().rescanPeriod)
    #expect(read.ignore == ["*.a", "*.b"])
  }

  @Test(arguments: [
    ("wokers: 2", ":1:1: “wokers” is no setting: did you mean workers?"),
    ("\n  workers: four", ":2:12: workers: “four” is no whole number: give a number, such as 0"),
    ("workers: 300", ":1:10: workers: 300 is out of bounds: give a value from 0 to 256"),
    ("workers: -1", ":1:10: workers: -1 is out of bounds: give a value from 0 to 256"),
    ("workers: 2\nworkers: 3", ":2:1: workers stands on line 1 already: remove one of the two"),
    ("workers: [2]", ":1:10: workers: a list stands where one value is expected: write one value, such as 0"),
    ("workers:", ":1:9: workers: no value is given: give one, or put # before the line for the default"),
    ("deadline: 10", ":1:11: deadline: “10” is no period of time: write it like 500 ms, 30 s, 5 min or 1 h"),
    ("deadline: 1 h", ":1:11: deadline: 1 h is out of bounds: give a value from 100 ms to 10 min"),
    ("size_limit: 10 MB", ":1:13: size_limit: “10 MB” is no size: write it like 512 KiB, 16 MiB or 1 GiB"),
    ("folder: dispatches", ":1:9: folder: “dispatches” is no absolute path: begin it with /"),
    (
      "on_success: remove",
      ":1:13: on_success: “remove” is not known here; did you mean move?: write one of: keep, move, delete"
    ),
    ("result_mode: 0999", ":1:14: result_mode: “0999” is no file mode: give three octal digits, such as 0640"),
    ("result_mode: 04755", ":1:14: result_mode: “04755” is no file mode: give three octal digits, such as 0640"),
    (
      "folder: {path: /x}",
      ":1:9: folder: settings stand inside it: every setting begins its own line, without indentation"
    ),
    ("- folder", ":1:1: the file is no list of settings: write lines such as folder: /var/spool/telex"),
    ("folder: &a /x\nresources: *a", ":2:12: an alias (*name) stands here: write the value itself"),
    ("workers: 1\n---\nworkers: 2", ":2:1: a second document begins: remove this --- and what follows"),
  ])
  func aMistakeIsNamedWithItsPlaceAndRemedy(yaml: String, message: String) throws {
    #expect(try complaints(yaml) == [message])
  }

  @Test func brokenYAMLIsNamedWithItsLine() throws {
    let found = try complaints("workers: 1\nignore: [\"*.bak\"\ndeadline: 1 s\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(":3:1: no valid YAML") == true, "\(found)")
    let control = try complaints("workers: 1\n\nfolder: /x\u{1}\n")
    #expect(control.first?.hasPrefix(":3:") == true, "\(control)")
  }

  @Test func allMistakesAreToldAtOnce() throws {
    let found = try complaints(
      "wokers: 2\ndeadline: x\n", environment: ["TELEX_GRACE": "y"], flags: ["quiet_period": "-1 s"])
    #expect(
      found == [
        ":1:1: “wokers” is no setting: did you mean workers?",
        ":2:11: deadline: “x” is no period of time: write it like 500 ms, 30 s, 5 min or 1 h",
        "--quiet-period: quiet_period: “-1 s” is no period of time: write it like 500 ms, 30 s, 5 min or 1 h",
        "environment variable TELEX_GRACE: grace: “y” is no period of time: write it like 500 ms, 30 s, 5 min or 1 h",
      ])
  }

  @Test(arguments: [
    ("on_success: move", ":1:1: on_success and success_folder: nothing says where to move inputs: set success_folder"),
    (
      "\nfailure_folder: /x",
      ":2:1: failure_folder and on_failure: nothing is moved there: set on_failure: move, or remove failure_folder"
    ),
    (
      "on_success: delete\non_delete: remove",
      ":2:1: on_delete and on_success: the result would go with the input that Telex itself takes away: set on_delete: keep"
    ),
    (
      "size_limit: 1 GiB",
      ":1:1: size_limit and worker_memory: a worker could not hold the largest dispatch and its analysis: "
        + "allow at most a sixteenth of worker_memory"
    ),
    ("marker: done", ":1:1: marker: a suffix begins with a dot: write it like .done"),
  ])
  func contradictionsAreRefused(yaml: String, message: String) throws {
    #expect(try complaints(yaml) == [message])
  }

  @Test func theServiceManagersDirectoriesAreDefaults() throws {
    let environment = ["RUNTIME_DIRECTORY": "/run/user/7/telex", "STATE_DIRECTORY": "/home/x/state:/other"]
    let read = try load("", environment: environment)
    #expect(read.runtimeDirectory == "/run/user/7/telex")
    #expect(read.stateDirectory == "/home/x/state")
    #expect(try load("runtime_directory: /run/mine", environment: environment).runtimeDirectory == "/run/mine")
  }

  @Test func whatIsRightIsReadBesideWhatIsNot() throws {
    let file = try folder.write("runtime_directory: /run/mine\nworkers: x\n", to: "telex.yaml")
    let (configuration, issues) = ConfigurationLoader(file: file).read()
    #expect(configuration.runtimeDirectory == "/run/mine")
    #expect(issues.count == 1)
  }

  @Test func aMissingFileIsNamed() throws {
    let path = folder.path + "/none.yaml"
    #expect(throws: ConfigurationError.self) { try ConfigurationLoader(file: path).load() }
    do { _ = try ConfigurationLoader(file: path).load() } catch {
      #expect(error.description.hasPrefix("\(path): cannot be read (No such file or directory): install it"))
    }
  }

  @Test func aFolderOrPipeIsNoFile() throws {
    do { _ = try ConfigurationLoader(file: folder.path).load() } catch {
      #expect(error.description == "\(folder.path): is no regular file: name the YAML file itself")
    }
  }
}
