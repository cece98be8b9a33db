import Glibc
import Testing

@testable import TelexService

/// Fault 65 of SPOOL 4: dispatches come steadily while the daemon is killed, its folder unmounted and mounted again, and
/// old files are taken away. A few seconds of it, or as many as `TELEX_SOAK_SECONDS` says: a day is 86400.
@Suite(.serialized) struct SoakTests {
  private static let seconds = getenv("TELEX_SOAK_SECONDS").flatMap { Int(String(cString: $0)) } ?? 8
  private static let rate = 20
  /// Files that stay in the folder.
  private static let kept = 40

  @Test func fault65DispatchesComeWhileAllKindsOfThingsHappen() throws {
    let place = try ServicePlace()
    // The folder seen through another mount, which can go and come back with what is in it.
    let mount = try TemporaryFolder(in: "/tmp")
    let isMounted = geteuid() == 0 && command("mount", "--bind", place.inbox, mount.path)
    defer { if isMounted { command("umount", "-l", mount.path) } }
    let flags = isMounted ? ["--folder", mount.path] : []
    var daemon = try DaemonProcess(place, flags: flags)
    try daemon.awaitReady()
    let atFirst = try (descriptors: openDescriptors(of: daemon.pid), memory: memory(of: daemon.pid))
    var random = SplitMix64(state: 65)
    var names: [[UInt8]] = []
    for number in 0..<(Self.seconds * Self.rate) {
      let name = Array(Dispatches.name(number).utf8)
      try place.drop(Array(Dispatches.text(number).utf8), as: name)
      names.append(name)
      if names.count > Self.kept, place.result(of: names[0]) != nil { place.rotate(names.removeFirst()) }
      // The pace; and the journal must be read, or it is full.
      _ = place.journal.receive(patience: .milliseconds(1000 / Self.rate))
      _ = place.journal.waiting()
      _ = place.notifications.waiting()
      switch random.next() % UInt64(Self.rate * 4) {
      case 0:
        daemon.signal(SIGKILL)
        try daemon.waitForExit()
        daemon = try DaemonProcess(place, flags: flags)
        try daemon.awaitReady()
      case 1 where isMounted:
        command("umount", "-l", mount.path)
        command("mount", "--bind", place.inbox, mount.path)
      default: break
      }
    }
    #expect(try place.awaitResults(patience: .seconds(90)), "\(place.state) \(daemon.log)")
    try daemon.stop()
    // A last life without disturbance: what it holds at its end is what the first held at its beginning.
    daemon = try DaemonProcess(place, flags: flags)
    try daemon.awaitReady()
    try place.drop(count: 3)
    #expect(try place.awaitResults(), "\(daemon.log)")
    // It writes its status every few seconds, and then has a file open for a moment.
    let watch = try FolderWatch(place.folder.path + "/run")
    var descriptors = try openDescriptors(of: daemon.pid)
    for _ in 0..<10 where descriptors > atFirst.descriptors {
      try #require(watch.wait())
      descriptors = try openDescriptors(of: daemon.pid)
    }
    #expect(descriptors <= atFirst.descriptors)
    #expect(try memory(of: daemon.pid) <= atFirst.memory + 16 << 10, "kilobytes resident")
    try daemon.stop()
    try Oracle().check(place)
  }

  /// Pipes are not counted: the daemon makes none, but may be born with those of tests that run beside this one.
  private func openDescriptors(of pid: pid_t) throws -> Int {
    let folder = "/proc/\(pid)/fd"
    let count = TelexServiceTests.names(in: folder).count { name in
      var target = [CChar](repeating: 0, count: 256)
      let length = readlink(cPath(folder, name), &target, target.count)
      return String(decoding: target.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        .hasPrefix("pipe:") == false
    }
    return try #require(count > 0 ? count : nil)
  }

  /// Kilobytes resident.
  private func memory(of pid: pid_t) throws -> Int {
    let status = try contents(of: "/proc/\(pid)/status").split(separator: "\n")
    let line = try #require(status.first { $0.hasPrefix("VmRSS:") })
    return try #require(Int(line.filter(\.isNumber)))
  }
}
