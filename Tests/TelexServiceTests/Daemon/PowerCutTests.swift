import Glibc
import Testing

@testable import TelexService

/// Fault 64 of SPOOL 4, with the real program on a disk whose power is cut.
@Suite(.serialized, .enabled(if: LoopDisk.isPossible, "mounting an image takes root and loop devices"))
struct PowerCutTests {
  @Test func fault64WhatWasAnnouncedIsThereAfterAPowerCut() throws {
    let lost = try namesLost(cuts: 6)
    #expect(lost.isEmpty, "announced, and not on the disk: \(lost)")
  }

  /// That the test above can fail: a kernel that only says that it has synchronised loses what was announced.
  @Test(.enabled(if: access("/usr/bin/strace", X_OK) == 0, "no strace"))
  func fault64WithoutSynchronisationItWouldNotBe() throws {
    let pretence = ["strace", "-D", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:retval=0"]
    let lost = try namesLost(cuts: 1, prefix: pretence)
    #expect(!lost.isEmpty, "the cut takes nothing away, so it proves nothing")
  }

  /// Drops dispatches, cuts the power in the midst of the work on them, and compares what the journal was told with
  /// what the disk holds.
  private func namesLost(cuts: Int, prefix: [String] = []) throws -> [String] {
    let disk = try LoopDisk()
    let place = try ServicePlace(on: disk.path)
    let oracle = try Oracle()
    let daemon = try DaemonProcess(place, flags: ["--journal-rate", "10000"], prefix: prefix)
    try daemon.awaitReady()
    var random = SplitMix64(state: 64)
    var announced: Set<[UInt8]> = []
    var lost: [String] = []
    func note(_ datagram: [UInt8]) -> Bool {
      let entry = ReceivedEntry(datagram)
      guard entry["MESSAGE_ID"] == MessageKind.processed.rawValue, let name = entry.fields["TELEX_FILE"] else {
        return false
      }
      return announced.insert(name).inserted
    }
    for cut in 0..<cuts {
      for number in (cut * 10)..<(cut * 10 + 10) {
        try place.drop(Dispatches.text(number), as: Dispatches.name(number))
      }
      var left = 1 + Int(random.next() % 9)
      while left > 0 { if note(try #require(place.journal.receive(), "\(daemon.log)")) { left -= 1 } }
      daemon.signal(SIGSTOP)
      var status: Int32 = 0
      waitpid(daemon.pid, &status, WUNTRACED)
      for datagram in place.journal.waiting() { _ = note(datagram) }
      try disk.afterPowerCut { path in
        for name in announced.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
          let found = readFile(cPath(path + "/in", name + Array(".telex.json".utf8)))
          if found != oracle.result(of: place.dropped[name] ?? [], name: name) { lost.append(PrintableText.name(name)) }
        }
      }
      daemon.signal(SIGCONT)
    }
    #expect(try place.awaitResults(), "\(daemon.log)")
    try daemon.stop()
    oracle.check(place)
    return lost
  }
}
