import Glibc
import Testing

@testable import TelexService

/// Faults of SPOOL 4 where the daemon itself dies, with the real program. Numbers are those of the catalogue.
@Suite(.serialized) struct CrashFaultTests {
  let oracle: Oracle

  init() throws { oracle = try Oracle() }

  @Test func fault1KilledAtRandomMoments() throws {
    let place = try ServicePlace()
    try place.drop(count: 250)
    var random = SplitMix64(state: 7)
    for _ in 0..<24 {
      let watch = try FolderWatch(place.inbox)
      let daemon = try DaemonProcess(place)
      // Some die before they are ready, the others in the midst of publishing.
      switch random.next() % 4 {
      case 0: break
      case 1: try daemon.awaitReady()
      default: _ = watch.wait(events: Int(random.next() % 16))
      }
      daemon.signal(SIGKILL)
      #expect(try daemon.waitForExit() == .signal(SIGKILL))
      oracle.checkNothingPartial(place)
      _ = place.notifications.waiting()
    }
    let last = try DaemonProcess(place)
    #expect(try place.awaitResults(), "\(last.log)")
    try last.stop()
    oracle.check(place)
  }

  @Test(arguments: ["renameat2,renameat,rename", "fsync,fdatasync", "openat2", "openat", "write", "unlinkat,unlink"])
  func fault2KilledInASystemCall(calls: String) throws {
    guard access("/usr/bin/strace", X_OK) == 0 else { return }
    let place = try ServicePlace()
    var number = 0
    var survived = false
    while !survived, number < 300 {
      // Many files are opened before the first dispatch is; a sample of them will do.
      number += calls == "openat" ? 11 : 1
      // Two fresh dispatches each time, so that there is something to publish.
      for dispatch in [number * 2, number * 2 + 1] {
        try place.drop(Dispatches.text(dispatch), as: Dispatches.name(dispatch))
      }
      let injection = "inject=\(calls):signal=KILL:when=\(number)"
      let victim = try DaemonProcess(
        place, prefix: ["strace", "-D", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e", injection])
      // Either it dies there, or the call doesn't come so often and it does all there is to do.
      while try victim.waitForExit(patience: .zero) == nil, !survived {
        survived = try place.awaitResults(patience: .seconds(1))
      }
      if survived { victim.signal(SIGKILL) }
      try victim.waitForExit()
      oracle.checkNothingPartial(place)
      let next = try DaemonProcess(place)
      #expect(try place.awaitResults(), "\(next.log)")
      try next.stop()
      oracle.check(place, "after death in call \(number) of \(calls)")
    }
    #expect(survived, "\(calls) never ended")
  }

  @Test func fault53ADispatchThatKillsTheDaemonIsCondemnedAlone() throws {
    let place = try ServicePlace()
    try place.drop(count: 20)
    try place.drop("Dépêche FATALE-AU-DEMON de Vauclerc.\n", as: "killer.txt")
    var deaths = 0
    while deaths < 10 {
      let daemon = try DaemonProcess(place, environment: [TestFaults.variable: "daemon=FATALE-AU-DEMON"])
      var done = false
      var end: ProcessEnd?
      while end == nil, !done {
        done = try place.awaitResults(patience: .seconds(1))
        end = try daemon.waitForExit(patience: .zero)
      }
      if done {
        try daemon.stop()
        break
      }
      #expect(end == .signal(SIGKILL), "\(daemon.log)")
      deaths += 1
    }
    #expect(deaths <= 3, "condemned after \(deaths) deaths")
    oracle.check(place, refused: ["killer.txt": "crash"])
    #expect(!names(in: place.inbox + "/.telex/quarantine").isEmpty)
  }

  @Test func fault58TwoDaemonsOnOneFolder() throws {
    let place = try ServicePlace()
    let first = try DaemonProcess(place)
    try first.awaitReady()
    let second = try DaemonProcess(place)
    #expect(try second.waitForExit() == .exit(75), "\(second.log)")
    try place.drop(count: 5)
    #expect(try place.awaitResults())
    try first.stop()
    oracle.check(place)
  }
}

/// A small generator of repeatable randomness.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
