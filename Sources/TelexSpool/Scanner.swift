internal import Glibc

/// One pass over the whole folder, comparing the set of names with the set of results.
///
/// Before it: `Session` decides that a scan is due. After it: the candidates, oldest first, enter the backlog. The pass
/// is taken in slices, so that the loop lives on. Only as many names are kept as the backlog has room for, the oldest by
/// change time; the others are counted, stay in the folder, and are found by the scan after the backlog has drained.
struct Scanner {
  struct Candidate {
    let name: [UInt8]
    let changed: Int64
  }

  /// What the pass has seen so far. Every input is in exactly one of the counts below `inputs`.
  struct Census {
    var listed = 0
    /// Names that are never inputs, and entries that are no files.
    var ignored = 0
    var special = 0
    var results = 0
    /// Results whose input is missing; looked for only where asked.
    var orphans = 0

    var inputs = 0
    var done = 0
    /// In the backlog already.
    var held = 0
    /// Waiting for the sender's marker.
    var unmarked = 0
    /// Found to be waiting, and not held for want of room.
    var setAside = 0
    /// Without a result, not held: candidates, and those beyond the room.
    var open = 0
    /// With a result that has to be compared with the input.
    var unverified = 0
  }

  /// What names and files are judged by.
  struct Criteria {
    let rules: IgnoreRules
    let marker: [UInt8]?
    let index: StatIndex
    let current: (version: String, configuration: String)
    let seeksOrphans: Bool
    let isHeld: ([UInt8]) -> Bool
    let setAside: Set<StatIndex.Entry>
  }

  /// Orphans named at most; the others are found by a later scan.
  private static let mostOrphans = 1024

  private(set) var census = Census()
  private(set) var orphans: [[UInt8]] = []
  private var fresh: Candidates
  private var rechecks: Candidates
  private var listing: Listing
  private let directory: Int32
  private let folder: Folder
  private let fileSystem: any FileSystem

  init(folder: Folder, fileSystem: any FileSystem, room: Int) throws(Errno) {
    self.folder = folder
    self.fileSystem = fileSystem
    directory = try fileSystem.open(
      [UInt8(ascii: ".")], at: folder.descriptor, flags: O_RDONLY | O_DIRECTORY, mode: 0)
    listing = Listing(directory: directory, fileSystem: fileSystem)
    fresh = Candidates(room: room, keepsOldest: true)
    rechecks = Candidates(room: max(room / 4, 1), keepsOldest: false)
  }

  func close() { fileSystem.release(directory) }

  /// Reads the next entries. True at the end.
  mutating func step(_ criteria: Criteria) throws(Errno) -> Bool {
    let entries = try listing.next()
    for entry in entries {
      census.listed += 1
      switch criteria.rules.verdict(on: entry.name) {
      case .input where entry.isSpecial: census.special += 1
      case .input: examine(entry.name, criteria)
      case .result: examineResult(entry.name, criteria)
      case .marker: break
      case .ignored where entry.name == Folder.workspaceName || entry.name == Heartbeat.cookieName: break
      case .ignored: census.ignored += 1
      }
    }
    return entries.isEmpty
  }

  /// The names to enter, in the order in which they arrived, and those whose result is to be checked.
  mutating func finish() -> (fresh: [Candidate], rechecks: [Candidate]) { (fresh.sorted(), rechecks.sorted()) }

  private mutating func examine(_ name: [UInt8], _ criteria: Criteria) {
    if criteria.isHeld(name) {
      census.inputs += 1
      census.held += 1
      return
    }
    // Gone meanwhile, or not to be looked at: an event tells, or the claim finds out.
    guard let input = status(name) else { return }
    guard input.isRegular else {
      census.special += 1
      return
    }
    census.inputs += 1
    if let marker = criteria.marker, status(name + marker) == nil {
      census.unmarked += 1
    } else if !criteria.setAside.isEmpty, criteria.setAside.contains(StatIndex.entry(name: name, input: input)) {
      census.setAside += 1
    } else {
      compare(name, input, criteria)
    }
  }

  private mutating func compare(_ name: [UInt8], _ input: FileStatus, _ criteria: Criteria) {
    let result = ResultName.of(name)
    let candidate = Candidate(name: name, changed: input.changed)
    guard let found = status(result) else {
      census.open += 1
      return fresh.add(candidate)
    }
    criteria.index.meetResult(result, found)
    if criteria.index.contains(
      StatIndex.entry(name: name, input: input, result: found, current: criteria.current))
    {
      census.done += 1
    } else {
      census.unverified += 1
      rechecks.add(candidate)
    }
  }

  private mutating func examineResult(_ result: [UInt8], _ criteria: Criteria) {
    census.results += 1
    guard criteria.seeksOrphans, let input = ResultName.input(of: result), status(input) == nil else { return }
    // An item's result: `a.xml.1.telex.json` is about `a.xml`.
    if let dot = input.lastIndex(of: UInt8(ascii: ".")), input[(dot + 1)...].allSatisfy({ (0x30...0x39).contains($0) }),
      status(Array(input[..<dot])) != nil
    {
      return
    }
    census.orphans += 1
    if orphans.count < Self.mostOrphans { orphans.append(result) }
  }

  private func status(_ name: [UInt8]) -> FileStatus? { try? fileSystem.status(of: name, at: folder.descriptor) }

  /// The `room` oldest, or youngest, of all candidates added: kept within twice that many.
  private struct Candidates {
    let room: Int
    let keepsOldest: Bool
    private var kept: [Candidate] = []

    init(room: Int, keepsOldest: Bool) {
      self.room = room
      self.keepsOldest = keepsOldest
    }

    mutating func add(_ candidate: Candidate) {
      kept.append(candidate)
      if kept.count >= 2 * room + 64 { cut() }
    }

    /// Oldest first.
    mutating func sorted() -> [Candidate] {
      cut()
      return kept.sorted { $0.changed < $1.changed }
    }

    private mutating func cut() {
      guard kept.count > room else { return }
      kept.sort { keepsOldest ? $0.changed < $1.changed : $0.changed > $1.changed }
      kept.removeLast(kept.count - room)
    }
  }
}
