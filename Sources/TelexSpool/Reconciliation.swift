internal import Glibc

/// Accounts for every entry of the drop folder, without a daemon, a lock, or a write: `telex reconcile`.
///
/// It asks the questions the daemon asks (`IgnoreRules`, `Claiming`, `Ledger`), of each entry once, in the folder's own
/// order, and holds nothing in memory but the counts. A daemon may be at work meanwhile: then an entry is what it was at
/// the moment it was looked at.
package struct Reconciliation {
  package enum Standing: Sendable, Equatable {
    /// Its result is there, of the present engine and configuration.
    case done
    /// Its result is a refusal, with this code.
    case failed(code: String)
    /// Its result is of another engine version or configuration.
    case stale
    case pending(Pending)
    /// A result without its input.
    case orphan
    /// Bears the reserved suffix and is no result of ours.
    case foreign
    /// No input: `pattern`, `marker`, `link`, `folder`, `special`.
    case ignored(why: String)
    /// Can't be told, for this error.
    case unaccounted(Errno)

    /// The word counted in `Summary`.
    package var kind: String {
      switch self {
      case .done: "done"
      case .failed: "failed"
      case .stale: "stale"
      case .pending: "pending"
      case .orphan: "orphan"
      case .foreign: "foreign"
      case .ignored: "ignored"
      case .unaccounted: "unaccounted"
      }
    }
  }

  package enum Pending: String, Sendable {
    /// No result yet.
    case new
    /// Changed since its result.
    case changed
    /// Somebody has it open for writing.
    case writing
    case permission
    /// The sender's marker is missing.
    case marker
    /// Something that isn't ours has its result's name.
    case nameConflict = "name-conflict"
  }

  package struct Entry: Sendable, Equatable {
    package var name: [UInt8]
    package var standing: Standing
    /// Bytes; nil where the entry could not be looked at.
    package var size: Int?
    /// When it last changed, nanoseconds since 1970; nil where the entry could not be looked at.
    package var changed: Int64?
  }

  package struct Summary: Sendable, Equatable {
    /// Number of entries by kind of standing.
    package var counts: [String: Int] = [:]
    package var unaccounted: Int { counts["unaccounted", default: 0] }
  }

  private let configuration: SpoolConfiguration
  private let reader: any ResultReader
  private let fileSystem: any FileSystem

  package init(
    configuration: SpoolConfiguration, reader: any ResultReader, fileSystem: any FileSystem = LinuxFileSystem()
  ) {
    self.configuration = configuration
    self.reader = reader
    self.fileSystem = fileSystem
  }

  /// Calls `visit` for each entry but `.telex` and the results that belong to an input. Throws where the folder itself
  /// can't be read.
  package func run(_ visit: (Entry) -> Void) throws(SpoolError) -> Summary {
    var summary = Summary()
    do throws(Errno) {
      let directory = try fileSystem.open(
        configuration.folder, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY, mode: 0)
      defer { fileSystem.release(directory) }
      let judge = Judge(
        rules: IgnoreRules(patterns: configuration.ignoredPatterns, marker: configuration.marker),
        marker: configuration.marker,
        claiming: Claiming(
          directory: directory, owner: try fileSystem.status(of: directory), fileSystem: fileSystem,
          clock: MachineClock(), sizeLimit: configuration.sizeLimit, ownerPolicy: configuration.ownerPolicy),
        ledger: Ledger(directory: directory, fileSystem: fileSystem, reader: reader, index: StatIndex()),
        directory: directory, fileSystem: fileSystem)
      var listing = Listing(directory: directory, fileSystem: fileSystem)
      while true {
        let entries = try listing.next()
        if entries.isEmpty { break }
        for name in entries.map(\.name) where name != Folder.workspaceName && name != Heartbeat.cookieName {
          guard let entry = judge.entry(name) else { continue }
          summary.counts[entry.standing.kind, default: 0] += 1
          visit(entry)
        }
      }
    } catch {
      let isMissing = error.code == ENOENT || error.code == ENOTDIR
      throw SpoolError(
        isMissing ? .folderMissing : .permission, path: configuration.folder, errno: error,
        message: "the drop folder can't be read: \(error.message)")
    }
    return summary
  }
}

/// Judges one entry after the other.
private struct Judge {
  let rules: IgnoreRules
  let marker: [UInt8]?
  let claiming: Claiming
  let ledger: Ledger
  let directory: Int32
  let fileSystem: any FileSystem

  /// Nil for an entry that has gone meanwhile, or is accounted for by another.
  func entry(_ name: [UInt8]) -> Reconciliation.Entry? {
    let status: FileStatus
    do throws(Errno) {
      status = try fileSystem.status(of: name, at: directory)
    } catch {
      return error.code == ENOENT ? nil : .init(name: name, standing: .unaccounted(error), size: nil, changed: nil)
    }
    let standing: Reconciliation.Standing?
    switch rules.verdict(on: name) {
    case .result: standing = standingOfResult(name)
    case .marker: standing = .ignored(why: "marker")
    case .ignored: standing = .ignored(why: "pattern")
    case .input where status.isSymbolicLink: standing = .ignored(why: "link")
    case .input where status.isDirectory: standing = .ignored(why: "folder")
    case .input where !status.isRegular: standing = .ignored(why: "special")
    case .input: standing = standingOfInput(name, status)
    }
    return standing.map { .init(name: name, standing: $0, size: status.size, changed: status.changed) }
  }

  private func standingOfInput(_ name: [UInt8], _ status: FileStatus) -> Reconciliation.Standing? {
    if let marker, !exists(name + marker) { return .pending(.marker) }
    do throws(Errno) {
      switch try claiming.take(name, settled: status) {
      case .gone: return nil
      case .notAFile: return .ignored(why: "special")
      case .busy, .changing, .undecided: return .pending(.writing)
      case .refused(_, _, let status): return try compare(name, sha256: nil, size: status.size)
      case .taken(let content): return try compare(name, sha256: content.sha256, size: content.bytes.count)
      }
    } catch {
      return Fault(reading: error) == .permission ? .pending(.permission) : .unaccounted(error)
    }
  }

  private func compare(_ name: [UInt8], sha256: String?, size: Int) throws(Errno) -> Reconciliation.Standing {
    let standing = try ledger.standing(of: ResultName.of(name))
    guard case .ours(let identity?, _) = standing else {
      return .pending(standing == .absent ? .new : .nameConflict)
    }
    switch ledger.verdict(standing, name: name, sha256: sha256, size: size) {
    case .done: return identity.rejection.map { .failed(code: $0) } ?? .done
    case .outdated: return .stale
    case .open: return .pending(.changed)
    }
  }

  /// Nil for a result whose input is there, and answers for it.
  private func standingOfResult(_ name: [UInt8]) -> Reconciliation.Standing? {
    do throws(Errno) {
      switch try ledger.standing(of: name) {
      case .absent: return nil
      case .ours(let identity?, _):
        let input = identity.name ?? ResultName.input(of: name)
        return input.map(exists) == true ? nil : .orphan
      case .ours(nil, _), .foreign: return .foreign
      }
    } catch {
      return .unaccounted(error)
    }
  }

  private func exists(_ name: [UInt8]) -> Bool { (try? fileSystem.status(of: name, at: directory)) != nil }
}
