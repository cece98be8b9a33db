import Glibc
import TelexModel
import Testing

@testable import TelexService

/// The whole service with the real program: what it promises in ordinary days, and the faults of SPOOL 4 that aren't
/// deaths.
@Suite(.serialized) struct DaemonTests {
  @Test func aDispatchDroppedGetsItsResultBesideIt() throws {
    let place = try ServicePlace()
    let daemon = try DaemonProcess(place)
    try daemon.awaitReady()
    try place.drop(count: 3)
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place)
  }

  @Test func itsLifeIsToldToTheJournal() throws {
    let place = try ServicePlace()
    try place.drop(Dispatches.text(1), as: "une.txt")
    try place.drop([0x00, 0x01, 0x02, 0x00], as: Array("binaire.txt".utf8))
    let daemon = try DaemonProcess(place)
    var entries: [ReceivedEntry] = []
    let wanted: Set = [MessageKind.processed.rawValue, MessageKind.rejected.rawValue]
    while !wanted.isSubset(of: entries.compactMap { $0["MESSAGE_ID"] }) {
      entries.append(ReceivedEntry(try #require(place.journal.receive(), "\(daemon.log)")))
    }
    try daemon.stop()
    entries += place.journal.waiting().map(ReceivedEntry.init)
    func entry(_ kind: MessageKind) -> ReceivedEntry? { entries.first { $0["MESSAGE_ID"] == kind.rawValue } }
    #expect(entry(.started)?["TELEX_DIR"] == place.inbox)
    #expect(entry(.started)?["TELEX_VERSION"] == telexVersion)
    #expect(entry(.ready)?["TELEX_BACKLOG"] == "2")
    let processed = try #require(entry(.processed))
    #expect(processed["TELEX_FILE"] == "une.txt")
    #expect(processed["TELEX_RESULT"] == "une.txt.telex.json")
    #expect(processed["TELEX_SHA256"] == hexDigest(Array(Dispatches.text(1).utf8)))
    let rejected = try #require(entry(.rejected))
    #expect(rejected["TELEX_FILE"] == "binaire.txt")
    #expect(rejected["TELEX_REASON"] == "binary")
    #expect(rejected["PRIORITY"] == "4")
    #expect(entry(.stopping) != nil)
    #expect(entry(.stopped)?["TELEX_PROCESSED"] == "1")
    #expect(entry(.stopped)?["TELEX_REJECTED"] == "1")
    #expect(entries.allSatisfy { $0.isWellFormed && $0["CODE_FILE"] != nil })
  }

  @Test func statusAndMetricsAreFilesForOthers() throws {
    let place = try ServicePlace()
    let daemon = try DaemonProcess(place, flags: ["--workers", "2"])
    try daemon.awaitReady()
    try place.drop(count: 2)
    #expect(try place.awaitResults())
    try daemon.stop()
    let status = try JSONReader.value(of: Array(place.status.utf8))
    #expect(status["schema"]?.string == ServiceStatus.schema)
    #expect(status["pid"]?.int == Int(daemon.pid))
    #expect(status["state"]?.string == "stopped")
    #expect(status["reload"]?["count"]?.int == 0)
    #expect(status["totals"]?["results"]?.int == 2)
    #expect(status["workers"]?["configured"]?.int == 2)
    #expect(status["workers"]?["systemCallFilter"]?.bool == true)
    let metrics = try contents(of: place.folder.path + "/run/metrics.prom")
    #expect(metrics.contains("\ntelex_results_total 2\n"))
    for line in metrics.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.split(separator: " ").count == 2, "\(line)")
    }
    var information = stat()
    #expect(stat(place.folder.path + "/run/status.json", &information) == 0 && information.st_mode & 0o777 == 0o644)
  }

  @Test func fault6FilesArriveWhileItIsSuspended() throws {
    let place = try ServicePlace()
    let daemon = try DaemonProcess(place)
    try daemon.awaitReady()
    daemon.signal(SIGSTOP)
    try place.drop(count: 40)
    daemon.signal(SIGCONT)
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place)
  }

  @Test func fault7PingsStopWhenTheLoopDoes() throws {
    let place = try ServicePlace()
    let daemon = try DaemonProcess(
      place, environment: ["WATCHDOG_USEC": "150000", TestFaults.variable: "block=FAIT-BLOQUER"])
    try daemon.awaitReady()
    for _ in 0..<3 { #expect(daemon.awaitNotice("WATCHDOG=1") != nil, "\(daemon.log)") }
    try place.drop("Dépêche qui FAIT-BLOQUER la boucle.\n", as: "block.txt")
    // The loop stands still once no ping has come for as long as forty would take.
    var silent = false
    for _ in 0..<200 where !silent { silent = place.notifications.receive(patience: .seconds(2)) == nil }
    #expect(silent, "pings go on although the loop is blocked")
    daemon.signal(SIGKILL)
  }

  @Test func fault47NamesOfAllKinds() throws {
    let place = try ServicePlace()
    var names: [[UInt8]] = [
      "a\nREADY=1\nMAINPID=1", "\u{1B}[31mrouge.txt", "txt.\u{202E}eliF", "-rf", "%s%n", "$(id)", "é.txt",
      "e\u{301}.txt", "'; drop.txt", String(repeating: "n", count: 200),
    ].map { Array($0.utf8) }
    names.append([0x64, 0xE9, 0x70, 0xEA, 0x63, 0x68, 0x65])
    for (number, name) in names.enumerated() { try place.drop(Array(Dispatches.text(number).utf8), as: name) }
    let daemon = try DaemonProcess(place)
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    for datagram in place.notifications.waiting() {
      let lines = datagram.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
      #expect(!lines.contains { $0.hasPrefix("MAINPID=") }, "\(lines)")
    }
    let entries = place.journal.waiting().map(ReceivedEntry.init)
    #expect(entries.allSatisfy { $0.isWellFormed })
    for entry in entries where entry["MESSAGE_ID"] == MessageKind.processed.rawValue {
      #expect(names.contains(entry.fields["TELEX_FILE"] ?? []))
      #expect(entry.fields["MESSAGE"]?.allSatisfy { $0 >= 0x20 && $0 != 0x7F } == true)
    }
    try Oracle().check(place)
  }

  @Test func fault57ResultsThatAreGoneOrDamagedAreMadeAnew() throws {
    let place = try ServicePlace()
    try place.drop(count: 4)
    let first = try DaemonProcess(place)
    #expect(try place.awaitResults(), "\(first.log)")
    try first.stop()
    let paths = (0..<4).map { place.resultPath(of: Array(Dispatches.name($0).utf8)) }
    unlink(paths[0])
    truncate(paths[1], 100)
    truncate(paths[2], 0)
    let second = try DaemonProcess(place)
    let oracle = try Oracle()
    let watch = try FolderWatch(place.inbox)
    let isWhole = {
      place.dropped.allSatisfy { place.result(of: $0.key) == oracle.result(of: $0.value, name: $0.key) }
    }
    while !isWhole() { try #require(watch.wait(), "\(second.log)") }
    try second.stop()
    oracle.check(place)
  }

  @Test func fault61WithoutAServiceManager() throws {
    for socket in [nil, "/nowhere", "@telex-test-nobody", "relative"] as [String?] {
      let place = try ServicePlace()
      try place.drop(count: 2)
      let daemon = try DaemonProcess(place, environment: ["NOTIFY_SOCKET": socket])
      #expect(try place.awaitResults(), "\(daemon.log)")
      try daemon.stop()
      try Oracle().check(place)
    }
  }

  @Test func fault62WithoutAJournal() throws {
    let place = try ServicePlace()
    try place.drop(count: 2)
    let daemon = try DaemonProcess(place, environment: [Journal.socketVariable: "/nowhere/journal"])
    #expect(try place.awaitResults())
    try daemon.stop()
    #expect(daemon.log.contains("<6>analysed 0000.txt\n"), "\(daemon.log)")
    try Oracle().check(place)
  }

  @Test func wrongConfigurationsEndWith78AndSayWhere() throws {
    let place = try ServicePlace()
    let file = try place.folder.write("workers: many\n", to: "telex.yaml")
    let daemon = try DaemonProcess(place, flags: ["--config", file])
    #expect(try daemon.waitForExit() == .exit(78))
    let entry = ReceivedEntry(try #require(place.journal.receive()))
    #expect(entry["MESSAGE_ID"] == MessageKind.fatal.rawValue)
    #expect(entry["TELEX_CONFIG_LINE"] == "1")
    #expect(entry["TELEX_EXIT_STATUS"] == "78")
  }

  @Test func dataFilesThatAreMissingEndWith78() throws {
    let place = try ServicePlace()
    let daemon = try DaemonProcess(place, flags: ["--resources", place.folder.path])
    #expect(try daemon.waitForExit() == .exit(78), "\(daemon.log)")
    #expect(!place.notifications.waiting().contains { $0.starts(with: "READY=1".utf8) })
  }

  @Test func wrongUsageEndsWith64() throws {
    let daemon = try DaemonProcess(try ServicePlace(), flags: ["--no-such-flag"])
    #expect(try daemon.waitForExit() == .exit(64))
  }
}

extension ServicePlace {
  /// status.json as it is now.
  var status: String {
    readFile(cPath(folder.path + "/run/status.json")).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
