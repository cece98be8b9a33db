import Glibc
import Testing

@testable import TelexSpool

@Suite("Names, types and neighbours that mean harm")
struct HostileTests {
  @Test("F42 pipes, sockets, devices and folders are never opened, and block nobody")
  func specialFiles() throws {
    let rig = try SpoolRig()
    #expect(mkfifo(rig.folder.path("tube.xml"), 0o644) == 0)
    try rig.folder.makeFolder("dossier.xml")
    try makeSocket(rig.folder.path("prise.xml"))
    // Root may make devices; without it, the others will do.
    _ = mknod(rig.folder.path("zero.xml"), S_IFCHR | 0o644, makedev(1, 5))
    _ = mknod(rig.folder.path("disque.xml"), S_IFBLK | 0o644, makedev(7, 250))
    var opened: [String] = []
    rig.system.before = { call, name in if call == .open, name.hasSuffix(".xml") { opened.append(name) } }
    try rig.start()
    try rig.folder.write("dépêche", to: "a.xml")
    // And those that come while it runs.
    #expect(mkfifo(rig.folder.path("tube2.xml"), 0o644) == 0)
    try run("/bin/mv", rig.folder.path("tube2.xml"), rig.folder.path("tube3.xml"))
    rig.pass(.seconds(5))
    try expectOracle(rig, ["a.xml": "dépêche"])
    #expect(opened.allSatisfy { $0 == "a.xml" })
    #expect(rig.handler.begun.count == 1)
  }

  @Test("F43 symbolic links are not followed, whatever they point to")
  func symbolicLinks() throws {
    let rig = try SpoolRig()
    try rig.folder.symlink(to: "/etc/shadow", at: "ombre.txt")
    try rig.folder.symlink(to: "boucle.txt", at: "boucle.txt")
    try rig.folder.symlink(to: "nulle-part", at: "pendant.txt")
    #expect(mkfifo(rig.folder.path(".tube"), 0o644) == 0)
    try rig.folder.symlink(to: ".tube", at: "tube.txt")
    try rig.start()
    try rig.folder.symlink(to: "/etc/passwd", at: "tard.txt")
    rig.pass(.seconds(5))
    #expect(rig.handler.begun.isEmpty)
    try expectOracle(rig, [:])
  }

  @Test("F44 a racer swaps file, link and pipe at every step: nothing is read but the file")
  func racingInput() throws {
    let system = FaultyFileSystem()
    let rig = try SpoolRig(system: system, folder: TemporaryFolder(in: "/dev/shm"))
    let outside = try TemporaryFolder()
    try outside.write("secret", to: "dehors")
    try rig.start()
    var turn = 0
    system.before = { [unowned rig] call, name in
      guard turn < 3_000, name.hasSuffix("a.txt"), [.open, .openBeneath, .read, .status].contains(call) else { return }
      turn += 1
      let path = rig.folder.path("a.txt")
      unlink(path)
      switch turn % 3 {
      case 0: try? rig.folder.write("dépêche", to: "a.txt")
      case 1: _ = symlink(outside.path("dehors"), path)
      default: mkfifo(path, 0o644)
      }
    }
    while turn < 3_000 {
      unlink(rig.folder.path("a.txt"))
      try? rig.folder.write("dépêche", to: "a.txt")
      rig.pass(.milliseconds(600))
    }
    unlink(rig.folder.path("a.txt"))
    try rig.folder.write("dépêche", to: "a.txt")
    rig.pass(.seconds(5))
    #expect(rig.handler.begun.allSatisfy { $0.bytes != Array("secret".utf8) })
    try expectOracle(rig, ["a.txt": "dépêche"])
  }

  @Test("F44 a racer in a thread of its own")
  func racingThread() throws {
    let rig = try SpoolRig()
    let outside = try TemporaryFolder()
    try outside.write("secret", to: "dehors")
    try rig.start()
    // A shell swaps as fast as it can while the loop runs.
    let script = """
      cd \(rig.folder.path); i=0
      while [ $i -lt 150 ]; do i=$((i+1)); ln -sfn \(outside.path("dehors")) l; mv -f l a.txt
      rm -f a.txt; mkfifo a.txt 2>/dev/null; rm -f a.txt; echo dépêche > .t; mv -f .t a.txt; done
      """
    var process = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", script].map { (text: String) in strdup(text) }
    arguments.append(nil)
    #expect(posix_spawn(&process, "/bin/sh", nil, nil, &arguments, environ) == 0)
    arguments.forEach { free($0) }
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 { rig.pass(.milliseconds(1)) }
    rig.pass(.seconds(5))
    #expect(rig.handler.begun.allSatisfy { $0.bytes == Array("dépêche\n".utf8) })
    try expectOracle(rig, ["a.txt": "dépêche\n"])
  }

  @Test("F45 a link planted at the result's name, or at the temporary's: its target is untouched")
  func plantedLinks() throws {
    let outside = try TemporaryFolder()
    try outside.write("précieux", to: "cible")
    let rig = try SpoolRig()
    try rig.start()
    try rig.folder.symlink(to: outside.path("cible"), at: "a.txt.telex.json")
    for number in 1...5 {
      try rig.folder.symlink(to: outside.path("cible"), at: ".telex/tmp/\(getpid()).\(number)")
    }
    try rig.folder.write("A", to: "a.txt")
    try rig.folder.write("B", to: "b.txt")
    rig.settle()
    #expect(outside.text("cible") == "précieux")
    #expect(rig.result("b.txt") == "B")
    #expect(rig.spool.snapshot.waitingByReason == ["name-conflict": 1])
    // Planted at the very last moment.
    try rig.folder.remove("a.txt.telex.json")
    rig.system.before = { [unowned rig] call, name in
      guard call == .rename, name == "c.txt.telex.json" else { return }
      try? rig.folder.symlink(to: outside.path("cible"), at: name)
    }
    try rig.folder.write("C", to: "c.txt")
    rig.pass(.seconds(1))
    #expect(rig.result("a.txt") == "A")
    #expect(outside.text("cible") == "précieux")
    #expect(rig.folder.status("c.txt.telex.json")?.isSymbolicLink == true)
    #expect(rig.spool.snapshot.waitingByReason == ["name-conflict": 1])
  }

  @Test(
    "F46 a hard link to a file of a stranger: refused unread, and remembered",
    .enabled(if: geteuid() == 0, "giving files away takes root"))
  func strangersLink() throws {
    let rig = try SpoolRig()
    try rig.folder.makeFolder("ailleurs")
    try rig.folder.write("secret", to: "ailleurs/x")
    #expect(chown(rig.folder.path("ailleurs/x"), 4242, 4242) == 0)
    try rig.folder.link("ailleurs/x", to: "a.txt")
    try rig.start()
    #expect(rig.handler.begun.isEmpty)
    try expectOracle(rig, [:], rejected: ["a.txt": "owner"])
    try rig.restart()
    #expect(rig.spool.snapshot.results == 0)
    // With one link it is an ordinary file of somebody else's.
    try rig.folder.remove("ailleurs/x")
    rig.pass(.seconds(400))
    try expectOracle(rig, ["a.txt": "secret"])
  }

  @Test("F47 names of any bytes get their results")
  func names() throws {
    let rig = try SpoolRig()
    try rig.start()
    let long = [UInt8](repeating: UInt8(ascii: "n"), count: 255)
    let accented = Array(String(repeating: "é", count: 127).utf8)
    let names: [[UInt8]] = [
      [0x64, 0xE9, 0x70, 0xEA, 0x63, 0x68, 0x65], Array("a\nREADY=1".utf8), Array("a\n READY=1\n".utf8),
      Array("\u{1B}[2J".utf8), Array("\u{202E}txt.exe".utf8), long, accented, Array("-rf".utf8), Array("%s%n".utf8),
      Array("$(id)".utf8), Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8), Array(" ".utf8), [0xFF, 0xFE],
    ]
    for name in names { try rig.folder.write(name, to: name) }
    rig.pass(.seconds(1))
    for name in names {
      let result = try #require(rig.folder.read(ResultName.of(name)), "no result for \(name)")
      let identity = try #require(rig.handler.identity(ofResult: result))
      #expect(identity.name == name)
      #expect(identity.sha256 == Digest.hex(of: name))
    }
    #expect(Set(names.map(ResultName.of)).count == names.count)
    try expectOracle(rig, [:])
    try rig.restart()
    #expect(rig.handler.begun.count == names.count)
  }

  @Test("F51 a terabyte of nothing is refused unread, and the next file served at once")
  func tooLarge() throws {
    let rig = try SpoolRig { $0.sizeLimit = 1 << 20 }
    try rig.start()
    let file = try rig.folder.open("énorme.txt", O_WRONLY | O_CREAT)
    #expect(ftruncate(file, 1 << 40) == 0)
    rig.folder.close(file)
    try rig.folder.write("dépêche", to: "a.txt")
    rig.settle()
    #expect(rig.handler.begun.count == 1)
    try expectOracle(rig, ["a.txt": "dépêche"], rejected: ["énorme.txt": "too-large"])
    let refused = rig.events.contains {
      if case .rejected(let publication, let code, _) = $0 {
        return code == "too-large" && publication.size == 1 << 40 && publication.sha256 == nil
      }
      return false
    }
    #expect(refused)
    try rig.restart()
    #expect(rig.spool.snapshot.results == 0)
    // Cut to size, it is a dispatch like another.
    try rig.folder.truncate("énorme.txt", to: 3)
    rig.pass(.seconds(1))
    try expectOracle(rig, ["énorme.txt": "\0\0\0"])
  }

  @Test("F51 a file of exactly the limit is read, one byte more is not")
  func limit() throws {
    let rig = try SpoolRig { $0.sizeLimit = 10 }
    try rig.start()
    try rig.folder.write("0123456789", to: "a")
    try rig.folder.write("0123456789x", to: "b")
    rig.settle()
    try expectOracle(rig, ["a": "0123456789"], rejected: ["b": "too-large"])
  }

  private func makedev(_ major: UInt64, _ minor: UInt64) -> dev_t { dev_t(major << 8 | minor) }

  private func makeSocket(_ path: String) throws {
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(100)) }
    let result = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Errno.last }
  }
}
