import Glibc
import Testing

@testable import TelexService

@Suite struct JournalTests {
  @Test func entriesCarryAllTheirFields() throws {
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/journal")
    let name: [UInt8] = Array("d".utf8) + [0xE9, 0x0A] + Array("PRIORITY=0\n.txt".utf8)
    Journal(socketPath: socket.path).write(
      JournalEntry(.rejected, "refused \(PrintableText.name(name)): empty").with(.file, name).with(.reason, "empty")
        .with(.size, 0).with(errno: EACCES))
    let entry = ReceivedEntry(try #require(socket.receive()))
    #expect(entry.isWellFormed)
    #expect(entry["MESSAGE"] == #"refused d\xe9\x0aPRIORITY=0\x0a.txt: empty"#)
    #expect(entry["MESSAGE_ID"] == MessageKind.rejected.rawValue)
    #expect(entry["PRIORITY"] == "4")
    #expect(entry["SYSLOG_IDENTIFIER"] == "telexd")
    #expect(entry.fields["TELEX_FILE"] == name)
    #expect(entry["TELEX_REASON"] == "empty")
    #expect(entry["TELEX_SIZE"] == "0")
    #expect(entry["ERRNO"] == String(EACCES))
    #expect(entry["CODE_FILE"]?.hasSuffix("JournalTests.swift") == true)
    #expect(entry["CODE_LINE"].flatMap { Int($0) } ?? 0 > 0)
    #expect(entry["CODE_FUNC"] == "entriesCarryAllTheirFields()")
    for field in entry.fields.keys {
      #expect(field.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") } && field.first != "_")
    }
  }

  /// 62
  @Test func withoutAJournalLinesGoToStandardError() throws {
    var pipe: [Int32] = [-1, -1]
    #expect(Glibc.pipe(&pipe) == 0)
    defer { for descriptor in pipe { close(descriptor) } }
    let journal = Journal(socketPath: "/nowhere/journal", errorOutput: pipe[1])
    journal.write(JournalEntry(.ready, "ready\nor not"))
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = read(pipe[0], &buffer, buffer.count)
    #expect(String(decoding: buffer[..<count], as: UTF8.self) == "<6>ready\\x0aor not\n")
  }

  /// 62
  @Test func aJournalThatDoesNotReadBlocksNobodyAndIsToldWhatItMissed() throws {
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/journal")
    var pipe: [Int32] = [-1, -1]
    #expect(Glibc.pipe(&pipe) == 0)
    defer { for descriptor in pipe { close(descriptor) } }
    let journal = Journal(socketPath: socket.path, errorOutput: pipe[1])
    let total = 100_000
    for number in 0..<total { journal.write(JournalEntry(.ready, "entry \(number)")) }
    let delivered = socket.waiting().count
    let lines = try drain(pipe[0])
    journal.write(JournalEntry(.ready, "at last"))
    let note = ReceivedEntry(try #require(socket.receive()))
    #expect(note["MESSAGE_ID"] == MessageKind.entriesLost.rawValue)
    #expect(note["TELEX_COUNT"].flatMap { Int($0) } == total - delivered - lines)
    #expect(ReceivedEntry(try #require(socket.receive()))["MESSAGE"] == "at last")
  }

  /// The number of lines that wait in a pipe.
  private func drain(_ descriptor: Int32) throws -> Int {
    #expect(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    var lines = 0
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 {
      lines += buffer[..<count].count { $0 == 0x0A }
    }
    return lines
  }
}
