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

  /// What the pass has seen so far.
  struct Census {
    var listed = 0
    var inputs = 0
    var done = 0
    /// In the backlog already.
    var held = 0
    /// Waiting for the sender's marker.
    var unmarked = 0
    var special = 0
    /// Without a result, not held: candidates and those beyond the room.
    var open = 0
    /// With a result that has to be compared with the input.
    var unverified = 0
  }

  private(set) var census = Census()
  private var fresh: Candidates
  private var rechecks: Candidates
  private var listing: Listing
  private let directory: Int32
  private let folder: Folder
  private let fileSystem: any FileSystem

  init(folder: Folder, fileSystem: any FileSystem, room: Int) throws(Errno) {
    self.folder = folder
    self.fileSystem = fileSystem
    directory = try fileSystem.open([UInt8(ascii: ".")], at: folder.descriptor, flags: O_RDONLY | O_DIRECTORY, mode: 0)
    listing = Listing(directory: directory, fileSystem: fileSystem)
    fresh = Candidates(room: room, keepsOldest: true)
    rechecks = Candidates(room: max(room / 4, 1), keepsOldest: false)
  }

  func close() { fileSystem.release(directory) }

  /// Reads the next entries. True at the end.
  mutating func step(
    rules: IgnoreRules, marker: [UInt8]?, index: StatIndex, current: (version: String, configuration: String),
    isHeld: ([UInt8]) -> Bool
  ) throws(Errno) -> Bool {
    let entries = try listing.next()
    for entry in entries {
      census.listed += 1
      guard rules.verdict(on: entry.name) == .input else { continue }
      if entry.isSpecial {
        census.special += 1
      } else if isHeld(entry.name) {
        census.inputs += 1
        census.held += 1
      } else {
        examine(entry.name, marker: marker, index: index, current: current)
      }
    }
    return entries.isEmpty
  }

  /// The names to enter, in the order in which they arrived, and those whose result is to be checked.
  mutating func finish() -> (fresh: [Candidate], rechecks: [Candidate]) { (fresh.sorted(), rechecks.sorted()) }

  private mutating func examine(
    _ name: [UInt8], marker: [UInt8]?, index: StatIndex, current: (version: String, configuration: String)
  ) {
    // Gone meanwhile, or not to be looked at: an event tells, or the claim finds out.
    guard let input = try? fileSystem.status(of: name, at: folder.descriptor) else { return }
    guard input.isRegular else {
      census.special += 1
      return
    }
    census.inputs += 1
    if let marker, (try? fileSystem.status(of: name + marker, at: folder.descriptor)) == nil {
      census.unmarked += 1
      return
    }
    let result = ResultName.of(name)
    guard let found = try? fileSystem.status(of: result, at: folder.descriptor) else {
      census.open += 1
      fresh.add(Candidate(name: name, changed: input.changed))
      return
    }
    index.meetResult(result, found)
    if index.contains(StatIndex.entry(name: name, input: input, result: found, current: current)) {
      census.done += 1
    } else {
      census.unverified += 1
      rechecks.add(Candidate(name: name, changed: input.changed))
    }
  }

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
