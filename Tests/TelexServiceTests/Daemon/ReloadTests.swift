import Glibc
import Testing

@testable import TelexService

/// Fault 60: reloads, valid and invalid, at rest and in the midst of a burst.
@Suite(.serialized) struct ReloadTests {
  @Test func fault60AHundredReloads() throws {
    let place = try ServicePlace()
    let file = try place.folder.write("workers: 1\n", to: "telex.yaml")
    let daemon = try DaemonProcess(place, flags: ["--config", file])
    try daemon.awaitReady()
    for number in 0..<100 {
      let isValid = number % 3 != 2
      _ = try place.folder.write(isValid ? "workers: \(1 + number % 2)\n" : "folder: in\nworker: 1\n", to: "telex.yaml")
      if number % 10 == 0 {
        for dispatch in 0..<5 {
          try place.drop(Dispatches.text(number + dispatch), as: Dispatches.name(number + dispatch))
        }
      }
      daemon.signal(SIGHUP)
      let reloading = try #require(daemon.awaitNotice("RELOADING=1"), "\(daemon.log)")
      #expect(reloading.contains { $0.hasPrefix("MONOTONIC_USEC=") }, "\(reloading)")
      _ = try #require(daemon.awaitNotice("READY=1"), "\(daemon.log)")
      #expect(place.status.contains("\"count\": \(number + 1),\n    \"outcome\": \"\(isValid ? "ok" : "invalid")\""))
    }
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place)
  }

  @Test func anInvalidConfigurationIsNamedAndTheOldOneStays() throws {
    let place = try ServicePlace()
    let file = try place.folder.write("workers: 1\n", to: "telex.yaml")
    let daemon = try DaemonProcess(place, flags: ["--config", file])
    try daemon.awaitReady()
    _ = try place.folder.write("workers: 1\nquiet_perod: 1s\n", to: "telex.yaml")
    daemon.signal(SIGHUP)
    _ = try #require(daemon.awaitNotice("RELOADING=1"))
    _ = try #require(daemon.awaitNotice("READY=1"))
    #expect(place.status.contains("quiet_perod"), "\(place.status)")
    let entries = place.journal.waiting().map(ReceivedEntry.init)
    let refused = try #require(entries.first { $0["MESSAGE_ID"] == MessageKind.reloadInvalid.rawValue })
    #expect(refused["TELEX_CONFIG_FILE"] == file)
    #expect(refused["TELEX_CONFIG_LINE"] == "2")
    #expect(refused["PRIORITY"] == "3")
    try daemon.stop()
  }

  @Test func theFolderNeverChangesOnReload() throws {
    let place = try ServicePlace()
    mkdir(place.folder.path + "/other", 0o755)
    let file = try place.folder.write("workers: 1\n", to: "telex.yaml")
    let daemon = try DaemonProcess(place, flags: ["--config", file], environment: ["TELEX_STATE_DIRECTORY": nil])
    try daemon.awaitReady()
    _ = try place.folder.write("workers: 1\nresources: /usr/lib/telex/resources\n", to: "telex.yaml")
    daemon.signal(SIGHUP)
    _ = try #require(daemon.awaitNotice("RELOADING=1"))
    _ = try #require(daemon.awaitNotice("READY=1"))
    #expect(place.status.contains("takes effect after a restart: resources"), "\(place.status)")
    try place.drop(count: 1)
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place)
  }
}
