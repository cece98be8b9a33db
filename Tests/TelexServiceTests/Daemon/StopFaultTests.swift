import Glibc
import Testing

@testable import TelexService

/// Faults of SPOOL 4 around stopping, with the real program.
@Suite(.serialized) struct StopFaultTests {
  /// A worker turns in circles on such a dispatch.
  private let endless = ("Dépêche qui FAIT-TOURNER l'analyse.\n", [TestFaults.variable: "hang=FAIT-TOURNER"])

  @Test func fault3StoppedInTheMidst() throws {
    let place = try ServicePlace()
    try place.drop(count: 150)
    var random = SplitMix64(state: 11)
    for _ in 0..<12 {
      let watch = try FolderWatch(place.inbox)
      let daemon = try DaemonProcess(place)
      if try place.awaitResults(patience: .zero) { break }
      _ = watch.wait(events: Int(random.next() % 12), patience: .seconds(10))
      try daemon.stop()
      let notices = place.notifications.waiting().map { String(decoding: $0, as: UTF8.self) }
      #expect(notices.count { $0.contains("STOPPING=1") } <= 1)
    }
    let last = try DaemonProcess(place)
    #expect(try place.awaitResults(), "\(last.log)")
    last.signal(SIGTERM)
    let lines = try #require(last.awaitNotice("STOPPING=1"))
    #expect(lines.contains { $0.hasPrefix("STATUS=stopping") }, "\(lines)")
    #expect(try last.waitForExit() == .exit(0))
    #expect(place.notifications.waiting().allSatisfy { !String(decoding: $0, as: UTF8.self).contains("STOPPING=1") })
    try Oracle().check(place)
  }

  @Test func fault4StoppedWithAWorkerStuck() throws {
    let place = try ServicePlace()
    try place.drop(endless.0, as: "endless.txt")
    let daemon = try DaemonProcess(
      place, flags: ["--deadline", "10s"], environment: endless.1.mapValues { $0 })
    try daemon.awaitReady()
    try awaitBusy(place)
    daemon.signal(SIGTERM)
    let lines = try #require(daemon.awaitNotice("STOPPING=1"))
    #expect(lines.contains { $0.hasPrefix("EXTEND_TIMEOUT_USEC=") }, "\(lines)")
    #expect(try daemon.waitForExit() == .exit(0), "\(daemon.log)")
    #expect(names(in: place.inbox + "/.telex/tmp").isEmpty)
  }

  @Test func fault5ASecondSignalEndsAtOnce() throws {
    let place = try ServicePlace()
    try place.drop(endless.0, as: "endless.txt")
    // The deadline would take ten minutes: only the second signal can end it.
    let daemon = try DaemonProcess(
      place, flags: ["--deadline", "600s"], environment: endless.1.mapValues { $0 })
    try daemon.awaitReady()
    try awaitBusy(place)
    daemon.signal(SIGTERM)
    _ = try #require(daemon.awaitNotice("STOPPING=1"))
    #expect(try daemon.waitForExit(patience: .zero) == nil, "it waits for what is in hand")
    daemon.signal(SIGTERM)
    #expect(try daemon.waitForExit(patience: .seconds(20)) == .exit(0), "\(daemon.log)")
    #expect(place.result(of: "endless.txt") == nil)
  }

  /// Waits until status.json, which is written at every change of state and every five seconds, shows a worker at work.
  private func awaitBusy(_ place: ServicePlace) throws {
    let watch = try FolderWatch(place.folder.path + "/run")
    for _ in 0..<100 where !place.status.contains("\"busy\": 1") { try #require(watch.wait(patience: .seconds(20))) }
    try #require(place.status.contains("\"busy\": 1"), "\(place.status)")
  }
}
