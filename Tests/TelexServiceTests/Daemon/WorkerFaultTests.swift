import Glibc
import Testing

@testable import TelexService

/// Faults of SPOOL 4 where a worker crashes, hangs or eats memory, with the real program and real workers.
@Suite(.serialized) struct WorkerFaultTests {
  let faults = "crash=FAIT-TOMBER,hang=FAIT-TOURNER,memory=FAIT-GONFLER,open=FAIT-OUVRIR"

  private func configuration(deadline: Duration = .seconds(10)) -> Configuration {
    var configuration = Configuration()
    configuration.deadline = deadline
    return configuration
  }

  @Test func fault40MemoryWithoutEnd() throws {
    let place = try ServicePlace()
    try place.drop(count: 10)
    try place.drop("Dépêche qui FAIT-GONFLER la mémoire.\n", as: "glutton.txt")
    let daemon = try DaemonProcess(place, environment: [TestFaults.variable: faults])
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place, refused: ["glutton.txt": "resource"])
  }

  @Test func fault52ACrashCostsOneDispatch() throws {
    let place = try ServicePlace()
    try place.drop(count: 99)
    try place.drop("Dépêche qui FAIT-TOMBER l'analyse.\n", as: "poison.txt")
    let daemon = try DaemonProcess(place, environment: [TestFaults.variable: faults])
    #expect(try place.awaitResults(), "\(daemon.log)")
    #expect(try daemon.waitForExit(patience: .zero) == nil, "the daemon itself lives on")
    try daemon.stop()
    try Oracle().check(place, refused: ["poison.txt": "crash"])
    let quarantine = names(in: place.inbox + "/.telex/quarantine").map { String(decoding: $0, as: UTF8.self) }
    #expect(quarantine == [hexDigest(try #require(place.dropped[Array("poison.txt".utf8)]))])
  }

  @Test func fault54AnEndlessLoopIsEndedAtTheDeadline() throws {
    let place = try ServicePlace()
    try place.drop(count: 10)
    try place.drop("Dépêche qui FAIT-TOURNER l'analyse.\n", as: "endless.txt")
    let daemon = try DaemonProcess(
      place, flags: ["--deadline", "300ms"], environment: [TestFaults.variable: faults])
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle(configuration: configuration(deadline: .milliseconds(300)))
      .check(place, refused: ["endless.txt": "timeout"])
  }

  /// A worker that opens a file, makes a socket or signals the daemon traps unless it is kept from all three.
  @Test func aWorkerCanReachNothing() throws {
    let place = try ServicePlace()
    try place.drop("Dépêche qui FAIT-OUVRIR un fichier.\n", as: "opener.txt")
    let daemon = try DaemonProcess(place, environment: [TestFaults.variable: faults])
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    try Oracle().check(place)
  }

  @Test func resultsDoNotDependOnTheNumberOfWorkers() throws {
    for workers in [1, 5] {
      let place = try ServicePlace()
      try place.drop(count: 30)
      let daemon = try DaemonProcess(place, flags: ["--workers", "\(workers)"], environment: ["TZ": "Asia/Tokyo"])
      #expect(try place.awaitResults(), "\(daemon.log)")
      try daemon.stop()
      try Oracle().check(place)
    }
  }
}
