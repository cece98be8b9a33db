internal import Glibc

/// How often a dispatch has killed its worker, or was in hand when the daemon itself died: kept on disk, so that neither
/// a restart nor a power cut gives a poison file another five thousand tries.
///
/// Before it: a worker's death, told by the handler; or, after an unclean end, every claim of the backlog of that moment,
/// entered before the handler sees it. After it: from the first entry on the dispatch is tried alone; after the third
/// failure, or the second death of the daemon, it is condemned. Entries raise suspicion, not guilt: power cuts kill too,
/// which is why a suspect has nothing beside it that could be to blame. Ordinary operation writes nothing here.
final class Attempts {
  struct Record: Equatable {
    let name: [UInt8]
    /// Of the content concerned; another content under the same name starts anew.
    let sha256: String
    /// Deaths of workers.
    var failures = 0
    /// Deaths of the daemon.
    var deaths = 0
    /// How the last worker died.
    var lastFailure = Outcome.Failure.crash

    /// Number of the next try, from 1.
    var nextAttempt: Int { failures + deaths + 1 }
    var isCondemned: Bool { failures >= Attempts.failuresAllowed || deaths >= Attempts.deathsAllowed }
  }

  static let failuresAllowed = 3
  /// One less: the death after which recording begins has left no record.
  static let deathsAllowed = 2
  private static let header = "telex-attempts 1"
  private static let mostRecords = 100_000

  private var records: [String: Record] = [:]
  private let directory: Int32?
  private let fileSystem: any FileSystem

  /// - Parameter directory: nil counts in memory only.
  init(directory: Int32?, fileSystem: any FileSystem) {
    self.directory = directory
    self.fileSystem = fileSystem
    load()
  }

  /// Whether the daemon has died with any dispatch in hand that is still to be judged.
  var hasDeaths: Bool { records.values.contains { $0.deaths > 0 } }

  /// What stands against the name, whatever its content is now.
  func isSuspect(_ name: [UInt8]) -> Bool { !records.isEmpty && records[Digest.hex(of: name)] != nil }

  /// What stands against this content.
  func record(of name: [UInt8], sha256: String) -> Record? {
    guard !records.isEmpty, let record = records[Digest.hex(of: name)], record.sha256 == sha256 else { return nil }
    return record
  }

  /// A worker died on it. Counted even where it can't be written.
  func failed(_ name: [UInt8], sha256: String, _ failure: Outcome.Failure) throws(Errno) -> Record {
    var record = record(of: name, sha256: sha256) ?? Record(name: name, sha256: sha256)
    record.failures += 1
    record.lastFailure = failure
    try store(record)
    return record
  }

  /// It is about to be handed over: should the daemon die now, it will have been in hand.
  func begun(_ name: [UInt8], sha256: String) throws(Errno) {
    var record = record(of: name, sha256: sha256) ?? Record(name: name, sha256: sha256)
    record.deaths += 1
    try store(record)
  }

  /// The daemon lived through it.
  func survived(_ name: [UInt8], sha256: String) throws(Errno) {
    guard var record = record(of: name, sha256: sha256), record.deaths > 0 else { return }
    record.deaths -= 1
    if record.deaths == 0, record.failures == 0 { clear(name) } else { try store(record) }
  }

  func clear(_ name: [UInt8]) {
    guard !records.isEmpty else { return }
    let key = Digest.hex(of: name)
    guard records.removeValue(forKey: key) != nil, let directory else { return }
    try? fileSystem.remove(Array(key.utf8), at: directory)
  }

  /// Forgets files that are not there any more.
  func prune(keeping isThere: ([UInt8]) -> Bool) {
    for record in records.values where !isThere(record.name) { clear(record.name) }
  }

  private func store(_ record: Record) throws(Errno) {
    let key = Digest.hex(of: record.name)
    records[key] = record
    guard let directory else { return }
    let text = [
      Self.header, Digest.hex(record.name), record.sha256, "\(record.failures)", "\(record.deaths)",
      record.lastFailure.rawValue, "",
    ].joined(separator: "\n")
    try fileSystem.replaceFile(Array(key.utf8), at: directory, with: Array(text.utf8), mode: 0o600)
    try fileSystem.synchronizeFully(directory)
  }

  private func load() {
    guard let directory else { return }
    var listing = Listing(directory: directory, fileSystem: fileSystem)
    while records.count < Self.mostRecords, let entries = try? listing.next(), !entries.isEmpty {
      for entry in entries {
        guard let bytes = try? fileSystem.contents(entry.name, at: directory, limit: 4096),
          let record = Self.parse(bytes)
        else { continue }
        records[Digest.hex(of: record.name)] = record
      }
    }
  }

  private static func parse(_ bytes: [UInt8]) -> Record? {
    let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    guard lines.count == 6, lines[0] == header, let name = Digest.bytes(ofHex: lines[1]),
      let failures = Int(lines[3]), let deaths = Int(lines[4]), let last = Outcome.Failure(rawValue: lines[5])
    else { return nil }
    return Record(name: name, sha256: lines[2], failures: failures, deaths: deaths, lastFailure: last)
  }
}
