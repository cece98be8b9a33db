import Glibc
import Testing

@testable import TelexSpool

/// The real client and server, one talking to the other without a network.
private let sftp = "sftp -q -b - -D /usr/lib/openssh/sftp-server >/dev/null"

@Suite("Files that are still being written, and the many ways of writing them")
struct WriterTests {
  @Test("F8 a slow writer with one descriptor: nothing is read before it closes")
  func slowWriter() throws {
    let rig = try SpoolRig()
    try rig.start()
    let file = try rig.folder.open("a.txt", O_WRONLY | O_CREAT)
    for letter in "une longue dépêche en trente secondes" {
      try rig.folder.append(String(letter), to: file)
      rig.pass(.seconds(1))
      #expect(rig.handler.begun.isEmpty)
    }
    rig.folder.close(file)
    rig.settle()
    try expectOracle(rig, ["a.txt": "une longue dépêche en trente secondes"])
    #expect(rig.handler.begun.count == 1)
  }

  @Test("F8 the writer is recognised without events, too: a scan that meets an open file waits")
  func slowWriterAtStart() throws {
    let rig = try SpoolRig()
    let file = try rig.folder.open("a.txt", O_WRONLY | O_CREAT)
    try rig.folder.append("début", to: file)
    try rig.start()
    rig.pass(.seconds(10))
    #expect(rig.handler.begun.isEmpty)
    #expect(rig.spool.snapshot.waitingByReason == ["settling": 1])
    try rig.folder.append(" et fin", to: file)
    rig.folder.close(file)
    rig.pass(.seconds(3))
    try expectOracle(rig, ["a.txt": "début et fin"])
  }

  /// A structured format, complete once it ends in `</fin>`.
  private func awaitsTheEnd(_ rig: SpoolRig) {
    rig.handler.script = { [unowned handler = rig.handler] claim in
      String(decoding: claim.bytes, as: UTF8.self).hasSuffix("</fin>")
        ? handler.analysed(claim) : .incomplete(code: "truncated", message: "no end")
    }
  }

  @Test("F9 a writer that closes after each third, two seconds apart: one result, of the whole")
  func thirds() throws {
    let rig = try SpoolRig()
    awaitsTheEnd(rig)
    try rig.start()
    for part in ["<a>un", "deux", "</fin>"] {
      #expect(rig.result("a.xml") == nil)
      let file = try rig.folder.open("a.xml", O_WRONLY | O_CREAT | O_APPEND)
      try rig.folder.append(part, to: file)
      rig.folder.close(file)
      rig.pass(.seconds(2))
    }
    try expectOracle(rig, ["a.xml": "<a>undeux</fin>"])
    #expect(rig.spool.snapshot.results == 1)
  }

  @Test("F10 the last third never comes: refused after the grace period; it comes after all: replaced")
  func truncated() throws {
    let rig = try SpoolRig()
    awaitsTheEnd(rig)
    try rig.start()
    try rig.folder.write("<a>un", to: "a.xml")
    rig.pass(.seconds(29))
    #expect(rig.status("a.xml") == nil)
    #expect(rig.spool.snapshot.waitingByReason == ["incomplete": 1])
    rig.pass(.seconds(2))
    try expectOracle(rig, [:], rejected: ["a.xml": "truncated"])
    #expect(rig.spool.snapshot.rejections == ["truncated": 1])

    // A refusal is remembered like a result.
    let analyses = rig.handler.begun.count
    try rig.restart()
    #expect(rig.handler.begun.count == analyses)

    let file = try rig.folder.open("a.xml", O_WRONLY | O_APPEND)
    try rig.folder.append("</fin>", to: file)
    rig.folder.close(file)
    rig.settle()
    try expectOracle(rig, ["a.xml": "<a>un</fin>"])
  }

  @Test("F11 a writer that has closed the descriptor but still maps the file is waited for")
  func mapped() throws {
    let rig = try SpoolRig()
    try rig.start()
    let file = try rig.folder.open("a.txt", O_RDWR | O_CREAT)
    try rig.folder.append("ancien", to: file)
    let memory = try #require(mmap(nil, 6, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
    rig.folder.close(file)
    rig.pass(.seconds(10))
    #expect(rig.handler.begun.isEmpty)
    memory.copyMemory(from: "nouvel", byteCount: 6)
    munmap(memory, 6)
    rig.pass(.seconds(3))
    try expectOracle(rig, ["a.txt": "nouvel"])
  }

  @Test(
    "F12 each way of delivering gives one result",
    arguments: [
      "cp source/d.txt drop/d.txt", "mv source/d.txt drop/d.txt", "cp -p source/d.txt drop/d.txt",
      "install -m 600 source/d.txt drop/d.txt", "cat source/d.txt > drop/d.filepart; mv drop/d.filepart drop/d.txt",
      "cat source/d.txt > drop/.d.txt.aB3x9Z; mv drop/.d.txt.aB3x9Z drop/d.txt",
      "tar cf - -C source d.txt | tar xf - -C drop", "ln source/d.txt drop/d.txt",
      "dd if=source/d.txt of=drop/d.txt bs=3 status=none",
    ])
  func deliveries(command: String) throws { try expectOneResult(of: command) }

  @Test(
    "F12 rsync, into a temporary of its own and in place",
    .enabled(if: access("/usr/bin/rsync", X_OK) == 0, "no rsync"),
    arguments: [
      "rsync -a source/d.txt drop/", "rsync -t --inplace source/d.txt drop/", "rsync -a --delay-updates source/ drop/",
    ])
  func synchronisations(command: String) throws { try expectOneResult(of: command) }

  @Test(
    "F12 sftp, straight under its name and by way of .filepart",
    .enabled(
      if: access("/usr/bin/sftp", X_OK) == 0 && access("/usr/lib/openssh/sftp-server", X_OK) == 0, "no sftp-server"),
    arguments: [
      "echo put source/d.txt drop/d.txt | \(sftp)", "echo put -p source/d.txt drop/d.txt | \(sftp)",
      "printf 'put source/d.txt drop/d.filepart\\nrename drop/d.filepart drop/d.txt\\n' | \(sftp)",
    ])
  func uploads(command: String) throws { try expectOneResult(of: command) }

  private func expectOneResult(of command: String) throws {
    let source = try TemporaryFolder()
    try source.makeFolder("source")
    try source.makeFolder("drop")
    try source.write("la dépêche entière", to: "source/d.txt")
    // Long ago: no clock decides what is new.
    try run("/bin/sh", "-c", "touch -d 1999-12-31 \(source.path)/source/d.txt")
    let rig = try SpoolRig { $0.folder = Array(source.path("drop").utf8) }
    try rig.start()
    try run("/bin/sh", "-c", "cd \(source.path) && \(command)")
    rig.pass(.seconds(3))
    #expect(rig.handler.begun.map(\.bytes) == [Array("la dépêche entière".utf8)])
    #expect(source.read("drop/d.txt.telex.json") != nil)
    #expect(rig.spool.snapshot.results == 1)
  }

  @Test("F13 vim: backup, probe file, write, remove; only the final text is read")
  func vim() throws {
    let rig = try SpoolRig()
    try rig.folder.write("avant", to: "a.txt")
    try rig.start()
    try rig.folder.write("", to: ".a.txt.swp")
    try rig.folder.write("", to: "4913")
    try rig.folder.remove("4913")
    try rig.folder.rename("a.txt", to: "a.txt~")
    try rig.folder.write("après", to: "a.txt")
    try rig.folder.remove("a.txt~")
    try rig.folder.remove(".a.txt.swp")
    rig.pass(.seconds(2))
    try expectOracle(rig, ["a.txt": "après"])
    #expect(rig.handler.begun.map { String(decoding: $0.bytes, as: UTF8.self) } == ["avant", "après"])
  }

  @Test("F13 gedit and LibreOffice: temporary, lock file, rename over the old")
  func renameOver() throws {
    let rig = try SpoolRig()
    try rig.folder.write("avant", to: "a.txt")
    try rig.start()
    try rig.folder.write("verrou", to: ".~lock.a.txt#")
    try rig.folder.write("après", to: ".goutputstream-X1Y2Z3")
    try rig.folder.rename(".goutputstream-X1Y2Z3", to: "a.txt")
    try rig.folder.remove(".~lock.a.txt#")
    rig.pass(.seconds(2))
    try expectOracle(rig, ["a.txt": "après"])
    #expect(rig.handler.begun.count == 2)
  }

  @Test("F14 a hard link put into the folder raises CREATE only")
  func hardLink() throws {
    let rig = try SpoolRig()
    try rig.start()
    try rig.folder.makeFolder("ailleurs")
    try rig.folder.write("lié", to: "ailleurs/x")
    try rig.folder.link("ailleurs/x", to: "a.txt")
    rig.pass(.seconds(1))
    try expectOracle(rig, ["a.txt": "lié"])
  }

  @Test("F14 O_TMPFILE, linked while still open, then written on")
  func unnamedFile() throws {
    let rig = try SpoolRig()
    try rig.start()
    let unnamed = rig.folder.path.withCString { Glibc.open($0, O_WRONLY | 0o20_200_000, 0o644) }
    try #require(unnamed >= 0)
    try rig.folder.append("première ", to: unnamed)
    #expect(linkat(AT_FDCWD, "/proc/self/fd/\(unnamed)", AT_FDCWD, rig.folder.path("a.txt"), AT_SYMLINK_FOLLOW) == 0)
    rig.pass(.seconds(1))
    #expect(rig.handler.begun.isEmpty)
    try rig.folder.append("moitié", to: unnamed)
    rig.folder.close(unnamed)
    rig.pass(.seconds(3))
    try expectOracle(rig, ["a.txt": "première moitié"])
  }

  @Test("F15 written through another hard link: no event; the next rescan finds it")
  func otherLink() throws {
    let outside = try TemporaryFolder()
    try outside.write("avant", to: "x")
    let rig = try SpoolRig()
    #expect(Glibc.link(outside.path("x"), rig.folder.path("a.txt")) == 0)
    try rig.start()
    #expect(rig.result("a.txt") == "avant")
    try outside.write("après!", to: "x")
    rig.pass(.seconds(400))
    try expectOracle(rig, ["a.txt": "après!"])
  }

  @Test("F16 truncate(2) by path raises MODIFY only")
  func truncation() throws {
    let rig = try SpoolRig()
    try rig.folder.write("trop long", to: "a.txt")
    try rig.start()
    try rig.folder.truncate("a.txt", to: 4)
    rig.pass(.seconds(1))
    try expectOracle(rig, ["a.txt": "trop"])
  }

  @Test("F16 space allocated first, written later; and copied inside the kernel")
  func allocatedAndCopied() throws {
    let rig = try SpoolRig()
    try rig.start()
    let file = try rig.folder.open("a.txt", O_RDWR | O_CREAT)
    #expect(posix_fallocate(file, 0, 5) == 0)
    rig.pass(.seconds(5))
    try rig.folder.append("plein", to: file)
    rig.folder.close(file)
    // By copy_file_range(2), or a reflink where the filesystem can.
    try run("/bin/cp", rig.folder.path("a.txt"), rig.folder.path("b.txt"))
    rig.pass(.seconds(3))
    try expectOracle(rig, ["a.txt": "plein", "b.txt": "plein"])
    #expect(rig.handler.begun.count == 2)
  }

  @Test("F17 fifty rewrites of one name in a second: few analyses, the last content wins")
  func rewrites() throws {
    let rig = try SpoolRig()
    rig.handler.script = { _ in nil }
    try rig.start()
    for number in 1...50 {
      try rig.folder.write("version \(number)", to: "a.txt")
      if number.isMultiple(of: 10) { rig.pass(.milliseconds(200)) }
    }
    for claim in rig.handler.inHand { rig.handler.finish(claim.id, rig.handler.analysed(claim)) }
    rig.pass(.seconds(2))
    for claim in rig.handler.inHand { rig.handler.finish(claim.id, rig.handler.analysed(claim)) }
    rig.pass(.seconds(2))
    try expectOracle(rig, ["a.txt": "version 50"])
    #expect(rig.handler.begun.count <= 6)
  }

  @Test("where leases can't be had, a file is taken when two looks a quiet period apart agree")
  func quietPeriod() throws {
    let system = FaultyFileSystem()
    system.fail(.probeLease, EACCES)
    let rig = try SpoolRig(system: system)
    try rig.start()
    let file = try rig.folder.open("a.txt", O_WRONLY | O_CREAT)
    try rig.folder.append("début", to: file)
    rig.pass(.milliseconds(700))
    #expect(rig.handler.begun.isEmpty)
    try rig.folder.append(" fin", to: file)
    rig.folder.close(file)
    rig.pass(.milliseconds(400))
    #expect(rig.handler.begun.isEmpty)
    rig.pass(.milliseconds(200))
    try expectOracle(rig, ["a.txt": "début fin"])
  }
}
